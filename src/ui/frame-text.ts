import { frameRows } from './frame.ts'
import { initialModel, type Size } from './model.ts'
import { writtenOut } from './rows/right-to-left.ts'
import type { Row } from './rows/row.ts'
import type { SessionSnapshot } from './session.ts'

/** One frame as plain text, as the page opens: for documents and for comparing pages. */
export const frameOf = (snapshot: SessionSnapshot, size: Size): string =>
  frameRows({ snapshot, model: initialModel(snapshot, size), tick: 0 })
    .map(textOfRow)
    .join('\n')

export const textOfRow = (row: Row): string => row.map(writtenOut).join('').trimEnd()
