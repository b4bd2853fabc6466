import { stripVTControlCharacters } from 'node:util'
import { renderToString } from 'ink'
import { createElement } from 'react'
import { initialModel, type Size } from './model.ts'
import type { SessionSnapshot } from './session.ts'
import { App } from './views/app.tsx'

/** One frame with its colours, as the terminal would get it when the page opens. */
export function coloredFrameOf(snapshot: SessionSnapshot, size: Size): string {
  const model = initialModel(snapshot, size)
  return renderToString(createElement(App, { snapshot, model, tick: 0 }), { columns: size.columns })
}

/** One frame as plain text: for pictures in documents and for comparing pages. */
export const frameOf = (snapshot: SessionSnapshot, size: Size): string =>
  stripVTControlCharacters(coloredFrameOf(snapshot, size))
