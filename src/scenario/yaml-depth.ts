import { Lexer } from 'yaml'

/** Levels of a file; no real one has a tenth of them. */
export const DEPTH_MAX = 40

/**
 * Where a file is nested deeper than any real one: `line` or `line:column`. It is looked at before the parser, which calls
 * itself for each level until the process has no stack left.
 */
export const tooDeepAt = (text: string): string | undefined => deepFlow(text) ?? deepBlock(text)

/** What the lexer puts before the text of a plain or a block scalar. */
const SCALAR_MARK = '\u001f'

/** Brackets and braces that are open, or `a: b: c: …` in them. The lexer knows what is a sign and what is text. */
function deepFlow(text: string): string | undefined {
  if (!mayBeDeep(text)) return undefined
  let depth = 0
  let pairs = 0
  let line = 1
  let isScalarText = false
  for (const lexeme of new Lexer().lex(text)) {
    if (!isScalarText) {
      if (lexeme === '[' || lexeme === '{') depth++
      else if (lexeme === ']' || lexeme === '}') depth--
      // A value that has a value again: the parser takes each for one level more.
      if (lexeme === ':' && depth > 0) pairs++
      else if (/^[[\]{},]$/.test(lexeme)) pairs = 0
      if (depth > DEPTH_MAX || pairs > DEPTH_MAX) return String(line)
    }
    isScalarText = lexeme === SCALAR_MARK
    line += lexeme.split('\n').length - 1
  }
  return undefined
}

/** Signs that are text count too, so most files need no lexer. */
function mayBeDeep(text: string): boolean {
  const opening = countOf(text, /[[{]/g)
  return opening > DEPTH_MAX || (opening > 0 && countOf(text, /:/g) > DEPTH_MAX)
}

const countOf = (text: string, signs: RegExp): number => text.match(signs)?.length ?? 0

/** Columns of the blocks that are open: each `-`, `?` and `:` at the beginning of a line opens one, and so does its content. */
function deepBlock(text: string): string | undefined {
  const open: number[] = []
  for (const [index, line] of text.split('\n').entries()) {
    let column = indentOf(line, 0)
    while (column < line.length && line[column] !== '#') {
      while (open.length > 0 && open.at(-1)! >= column) open.pop()
      open.push(column)
      if (open.length > DEPTH_MAX) return `${index + 1}:${column + 1}`
      const isIndicator = '-?:'.includes(line[column]!) && ' \t'.includes(line[column + 1] ?? ' ')
      if (!isIndicator) break
      column = indentOf(line, column + 1)
    }
  }
  return undefined
}

const indentOf = (line: string, from: number): number => {
  let column = from
  while (line[column] === ' ' || line[column] === '\t') column++
  return column
}
