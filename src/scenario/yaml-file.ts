import * as v from 'valibot'
import {
  type Document,
  isMap,
  isScalar,
  isSeq,
  Lexer,
  LineCounter,
  type Node,
  type Pair,
  parseDocument,
  visit,
} from 'yaml'
import { UserError } from '../domain/trouble.ts'
import { type AnySchema, describeIssue, type Issue, issuesOf, isUnknownKey, type Key } from './schema-issues.ts'

/** Of a file, in bytes. */
export const SIZE_MAX = 256 * 1024
const DEPTH_MAX = 40
const ISSUES_MAX = 8
/** Characters of a line that are shown. */
const FRAME_WIDTH = 120

interface Source {
  /** As the user named it. */
  file: string
  text: string
  document: Document
  lines: LineCounter
}

/**
 * Reads a YAML file against a schema. Everything that is wrong is one {@link UserError}: each issue with file, line and
 * column, the line itself, and the nearest key or value where one is near.
 * Codes: `ERR_YAML_SYNTAX`, `ERR_YAML_TOO_LARGE`, `ERR_FILE_INVALID`.
 */
export function readYaml<Schema extends v.GenericSchema<unknown, unknown>>(
  file: string,
  text: string,
  schema: Schema,
): v.InferOutput<Schema> {
  return readWithLines(file, text, schema).value
}

/** A value of a file, and the lines of its facts by their path: `person.signIn`. */
export interface WithLines<Value> {
  value: Value
  lines: Record<string, number>
}

/** The same as {@link readYaml}, with the lines of the facts. */
export function readWithLines<Schema extends v.GenericSchema<unknown, unknown>>(
  file: string,
  text: string,
  schema: Schema,
): WithLines<v.InferOutput<Schema>> {
  const source = parse(file, text)
  const result = v.safeParse(schema, source.document.toJS({ maxAliasCount: 0 }))
  if (result.success) return { value: result.output, lines: linesOf(source) }
  const issues = issuesOf(result.issues)
    .slice(0, ISSUES_MAX)
    .map((issue) => explain(source, schema, issue))
  const [first, ...rest] = issues
  throw new UserError('ERR_FILE_INVALID', first!.message, [
    ...first!.frame,
    ...rest.flatMap(({ message, frame }) => [message, ...frame]),
  ])
}

export const tooLarge = (file: string): UserError =>
  new UserError('ERR_YAML_TOO_LARGE', `${file}: larger than ${SIZE_MAX / 1024} KiB`)

function parse(file: string, text: string): Source {
  if (text.length > SIZE_MAX) throw tooLarge(file)
  const lines = new LineCounter()
  const tooDeep = deepFlow(text) ?? deepBlock(text)
  if (tooDeep) throw new UserError('ERR_YAML_SYNTAX', `${file}:${tooDeep}: nested more than ${DEPTH_MAX} deep`)
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, uniqueKeys: false, strict: true })
  const refuse = (offset: number, message: string): never => {
    const { line, col } = lines.linePos(offset)
    throw new UserError('ERR_YAML_SYNTAX', `${file}:${line}:${col}: ${message}`, frame(text, line, col, 1))
  }
  const [problem] = [...document.errors, ...document.warnings]
  if (problem) refuse(problem.pos[0], messageOf(problem.message))
  visit(document, {
    // The parser compares each key with each.
    Map: (_, { items }) => {
      const seen = new Set<unknown>()
      for (const { key } of items) {
        if (!isScalar(key)) continue
        if (seen.has(key.value)) refuse(key.range?.[0] ?? 0, 'Map keys must be unique')
        seen.add(key.value)
      }
    },
    // A mapping for a key would be written out as one, and a key of keys of keys takes forever.
    Pair: (_, { key }) => {
      if (!isScalar(key)) refuse(rangeOf(key)?.[0] ?? 0, 'a key must be a plain word')
    },
    Alias: (_, { range, source }) => refuse(range?.[0] ?? 0, `aliases are not supported: *${source}`),
  })
  if (!isMap(document.contents)) refuse(0, `must be "key: value" lines, such as "title: …"`)
  return { file, text, document, lines }
}

/** Some of the parser's messages are for programmers. */
function messageOf(message: string): string {
  if (message.includes('call stack')) return `nested more than ${DEPTH_MAX} deep`
  if (message.includes('multiple documents')) return 'one document in a file, please'
  return message
}

/** What the lexer puts before the text of a plain or a block scalar. */
const SCALAR_MARK = '\u001f'

/**
 * Looks before the parser, which calls itself for each level until the process has no stack left: where a file opens
 * more flow collections than any real one, or indents more often. The lexer does not, and knows what is a bracket and
 * what is text.
 */
function deepFlow(text: string): string | undefined {
  let depth = 0
  let line = 1
  let isScalarText = false
  for (const lexeme of new Lexer().lex(text)) {
    if (!isScalarText) {
      if (lexeme === '[' || lexeme === '{') depth++
      else if (lexeme === ']' || lexeme === '}') depth--
      if (depth > DEPTH_MAX) return String(line)
    }
    isScalarText = lexeme === SCALAR_MARK
    line += lexeme.split('\n').length - 1
  }
  return undefined
}

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

/** Facts deeper than this are found by the line of what holds them. */
const LINES_DEPTH = 3

function linesOf({ document, lines }: Source): Record<string, number> {
  const found: Record<string, number> = {}
  const visitNode = (node: unknown, path: string, depth: number): void => {
    const inner = isMap(node)
      ? node.items.map(({ key, value }) => ({ name: String((key as { value?: unknown }).value), key, value }))
      : isSeq(node)
        ? node.items.map((value, index) => ({ name: String(index), key: value, value }))
        : []
    for (const { name, key, value } of inner) {
      const at = path === '' ? name : `${path}.${name}`
      found[at] = lines.linePos(rangeOf(key)?.[0] ?? 0).line
      if (depth < LINES_DEPTH) visitNode(value, at, depth + 1)
    }
  }
  visitNode(document.contents, '', 1)
  return found
}

/** Where a path of a good file stands, for what only shows later. */
export function placeIn(file: string, text: string, path: readonly Key[], wantsKey = false) {
  const at = locate(parse(file, text), path, wantsKey)
  return { at: `${file}:${at.line}:${at.column}`, frame: frame(text, at.line, at.column, at.length) }
}

function explain(source: Source, schema: AnySchema, issue: Issue) {
  const at = locate(source, issue.path, isUnknownKey(issue))
  return {
    message: `${source.file}:${at.line}:${at.column}: ${describeIssue(schema, issue)}`,
    frame: frame(source.text, at.line, at.column, at.length),
  }
}

/** Where a path stands in the file; the nearest parent for something that is missing. */
function locate({ document, lines }: Source, path: readonly Key[], wantsKey: boolean) {
  let node: unknown = document.contents
  let range = rangeOf(node)
  for (const [index, key] of path.entries()) {
    const isLast = index === path.length - 1
    if (isMap(node)) {
      const pair = node.items.find((item) => isScalar(item.key) && String(item.key.value) === String(key)) as
        | Pair
        | undefined
      if (!pair) break
      range = isLast && wantsKey ? rangeOf(pair.key) : (rangeOf(pair.value) ?? rangeOf(pair.key))
      node = pair.value
    } else if (isSeq(node)) {
      node = node.items[Number(key)]
      range = rangeOf(node) ?? range
    } else break
  }
  const [start, end] = range ?? [0, 1]
  const { line, col } = lines.linePos(start)
  return { line: line || 1, column: col || 1, length: Math.max(1, end - start) }
}

const rangeOf = (node: unknown): [number, number] | undefined => {
  const range = (node as Node | null | undefined)?.range
  return range ? [range[0], range[1]] : undefined
}

function frame(text: string, line: number, column: number, length: number): string[] {
  const all = text.split('\n')
  const width = String(line + 1).length + 2
  // Of a line as long as a file, the part around the place.
  const from = column > FRAME_WIDTH ? column - Math.floor(FRAME_WIDTH / 2) : 0
  const part = (n: number) => (all[n - 1] ?? '').slice(from, from + FRAME_WIDTH)
  const numbered = (n: number) => `${(n === line ? '>' : ' ') + String(n).padStart(width)} | ${part(n)}`
  const indent = column - 1 - from
  const marks = '^'.repeat(Math.max(1, Math.min(length, part(line).length - indent)))
  return [
    ...(line > 1 ? [numbered(line - 1)] : []),
    numbered(line),
    `${' '.repeat(width + 1)} | ${' '.repeat(indent)}${marks}`,
  ]
}
