/** How a part of a line looks on a terminal with colours. */
export type Style = 'pass' | 'fail' | 'warn' | 'quiet' | 'strong'

/** A line of output: text alone, or parts with their looks. */
export type Line = string | readonly Part[]
export type Part = string | readonly [style: Style, text: string]

/** @param isOpen what follows stays on the same line */
export type WriteLine = (line: Line, isOpen?: boolean) => void

/** Select Graphic Rendition (ECMA-48, 8.3.117). */
const SGR: Readonly<Record<Style, readonly [on: number, off: number]>> = {
  pass: [32, 39],
  fail: [31, 39],
  warn: [33, 39],
  quiet: [2, 22],
  strong: [1, 22],
}

/** Files and services can hold escape sequences; a terminal would obey them. */
const CONTROLS = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g

export const inert = (text: string): string => text.replace(CONTROLS, '\ufffd')

/** A line as it is written. Text is made inert; the only escape sequences are those of the looks. */
export function rendered(line: Line, hasColours: boolean): string {
  if (typeof line === 'string') return inert(line)
  return line
    .map((part) => {
      if (typeof part === 'string') return inert(part)
      const [style, text] = part
      if (!hasColours || text === '') return inert(text)
      const [on, off] = SGR[style]
      return `\u001b[${on}m${inert(text)}\u001b[${off}m`
    })
    .join('')
}
