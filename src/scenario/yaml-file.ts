import * as v from 'valibot'
import { type Document, isMap, isScalar, isSeq, LineCounter, type Node, type Pair, parseDocument, visit } from 'yaml'
import { UserError } from '../domain/trouble.ts'
import { nearest } from './nearest.ts'

const SIZE_MAX = 256 * 1024
const DEPTH_MAX = 40
const ISSUES_MAX = 8
/** Characters of a line that are shown. */
const FRAME_WIDTH = 120
/** Characters of a key or a value that a message repeats. */
const QUOTED_MAX = 80

type AnySchema = v.GenericSchema<unknown, unknown>
type Key = string | number

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
  const source = parse(file, text)
  const result = v.safeParse(schema, source.document.toJS({ maxAliasCount: 0 }))
  if (result.success) return result.output
  const issues = flatten(result.issues)
    .slice(0, ISSUES_MAX)
    .map((issue) => explain(source, schema, issue))
  const [first, ...rest] = issues
  throw new UserError('ERR_FILE_INVALID', first!.message, [
    ...first!.frame,
    ...rest.flatMap(({ message, frame }) => [message, ...frame]),
  ])
}

function parse(file: string, text: string): Source {
  if (text.length > SIZE_MAX) throw new UserError('ERR_YAML_TOO_LARGE', `${file}: larger than ${SIZE_MAX / 1024} KiB`)
  const lines = new LineCounter()
  const tooDeep = depthOf(text)
  if (tooDeep) throw new UserError('ERR_YAML_SYNTAX', `${file}:${tooDeep}: nested more than ${DEPTH_MAX} deep`)
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, uniqueKeys: true, strict: true })
  const refuse = (offset: number, message: string): never => {
    const { line, col } = lines.linePos(offset)
    throw new UserError('ERR_YAML_SYNTAX', `${file}:${line}:${col}: ${message}`, frame(text, line, col, 1))
  }
  const [problem] = [...document.errors, ...document.warnings]
  if (problem) refuse(problem.pos[0], messageOf(problem.message))
  visit(document, {
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

/** A cheap look before the parser: a line that opens more flow collections than any real file. */
function depthOf(text: string): number | undefined {
  let depth = 0
  let line = 1
  for (const char of text) {
    if (char === '\n') line++
    else if (char === '[' || char === '{') depth++
    else if (char === ']' || char === '}') depth--
    if (depth > DEPTH_MAX) return line
  }
  return undefined
}

interface Issue {
  issue: v.BaseIssue<unknown>
  path: Key[]
}

/** The issues of a union's best option count, not the union's own. Their paths begin at the union. */
function flatten(issues: readonly v.BaseIssue<unknown>[], above: Key[] = []): Issue[] {
  return issues.flatMap((issue) => {
    const path = [...above, ...(issue.path ?? []).map((item) => item.key as Key)]
    return issue.issues && issue.issues.length > 0 ? deepest(flatten(issue.issues, path)) : [{ issue, path }]
  })
}

function deepest(issues: readonly Issue[]): Issue[] {
  const most = Math.max(...issues.map(({ path }) => path.length))
  return issues.filter(({ path }) => path.length === most)
}

const quoted = (text: unknown): string => {
  const whole = String(text)
  return whole.length > QUOTED_MAX ? `${whole.slice(0, QUOTED_MAX)}…` : whole
}

function explain(source: Source, schema: AnySchema, { issue, path }: Issue) {
  const isUnknownKey = issue.type === 'strict_object' && issue.expected === 'never'
  const isMissingKey = issue.type === 'strict_object' && !isUnknownKey
  const at = locate(source, path, isUnknownKey)
  const where = `${source.file}:${at.line}:${at.column}`
  const name = path.map(quoted).join('.') || 'the file'
  const wrong = issue.message.replace(/(?<=received ).*$/s, quoted)
  const parent = isUnknownKey ? schemaAt(schema, path.slice(0, -1)) : undefined
  const message = isUnknownKey
    ? `${where}: ${name}: unknown key "${quoted(path.at(-1))}"${suggest(quoted(path.at(-1)), keysOf(parent))}`
    : isMissingKey
      ? `${where}: ${name} is missing`
      : `${where}: ${name}: ${wrong}${suggest(quoted(issue.input), optionsOf(issue.expected))}`
  return { message, frame: frame(source.text, at.line, at.column, at.length) }
}

const suggest = (given: string, candidates: readonly string[]): string => {
  const near = nearest(given, candidates)
  return near === undefined ? '' : `. Did you mean "${near}"?`
}

/** `("a" | "b")` as valibot writes what it expected. */
const optionsOf = (expected: string | null): string[] =>
  [...(expected ?? '').matchAll(/"([^"]+)"/g)].map(([, option]) => option!)

const keysOf = (schema: AnySchema | undefined): string[] => {
  const { entries } = unwrapped(schema) as { entries?: Record<string, unknown> }
  return entries ? Object.keys(entries) : []
}

function unwrapped(schema: unknown): Record<string, unknown> {
  let current = schema as Record<string, unknown> | undefined
  for (;;) {
    if (!current) return {}
    if (current.wrapped) current = current.wrapped as Record<string, unknown>
    else if (Array.isArray(current.pipe)) current = { ...(current.pipe[0] as Record<string, unknown>), pipe: undefined }
    else return current
  }
}

/** The schema that a path leads to; in a union the first option that has the key. */
function schemaAt(schema: AnySchema, path: readonly Key[]): AnySchema | undefined {
  const { entries, item, value, options } = unwrapped(schema) as {
    entries?: Record<string, AnySchema>
    item?: AnySchema
    value?: AnySchema
    options?: AnySchema[]
  }
  const [key, ...rest] = path
  if (Array.isArray(options)) {
    const objects = options.filter((option) => keysOf(option).length > 0)
    if (key === undefined) return objects[0]
    return objects.map((option) => schemaAt(option, path)).find((found) => found !== undefined)
  }
  if (key === undefined) return schema
  const next = entries?.[String(key)] ?? item ?? (typeof value === 'object' ? value : undefined)
  return next && schemaAt(next, rest)
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
