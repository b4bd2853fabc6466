import type { Guess } from './guess.ts'

/**
 * A text with each guess as a comment above the line of its key; of a key that is inside of a line, above that line. Nothing else of the
 * text is changed.
 */
export function markedText(text: string, guesses: readonly Guess[]): string {
  const lines = text.split('\n')
  const marks = new Map<number, string[]>()
  for (const { path, text: said } of guesses) {
    const at = lineOf(lines, path.split('.'))
    if (at === undefined) continue
    const own = marks.get(at) ?? []
    const comment = `# guessed: ${said.replace(/\s+/g, ' ')}`
    if (!own.includes(comment)) own.push(comment)
    marks.set(at, own)
  }
  return lines
    .flatMap((line, index) => [...(marks.get(index) ?? []).map((mark) => `${/^ */.exec(line)![0]}${mark}`), line])
    .join('\n')
}

/** The line of a key, or of the last key above it that begins a line. Undefined where not even the first one is there. */
function lineOf(lines: readonly string[], keys: readonly string[]): number | undefined {
  let at: number | undefined
  let from = 0
  for (const [depth, key] of keys.entries()) {
    const found = lines.findIndex((line, index) => index >= from && line.startsWith(`${'  '.repeat(depth)}${key}:`))
    const end = lines.findIndex((line, index) => index >= from && depth > 0 && /^\S/.test(line))
    if (found < 0 || (end >= 0 && found > end)) break
    at = found
    from = found + 1
  }
  return at
}
