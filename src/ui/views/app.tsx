import { type Frame, frameRows } from '../frame.ts'
import { type Look, PLAIN_LOOK } from '../look/look.ts'
import { Rows } from './rows.tsx'

/** One whole frame, drawn by Ink. */
export function App({ look = PLAIN_LOOK, ...frame }: Frame & { look?: Look }) {
  return <Rows rows={frameRows(frame)} look={look} width={frame.model.size.columns} />
}
