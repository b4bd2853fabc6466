import * as v from 'valibot'
import {
  type Document,
  isMap,
  isPair,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  type Pair,
  parseDocument,
  visit,
} from 'yaml'
import { UserError } from '../domain/trouble.ts'
import { maskSecrets } from './mask-secrets.ts'
import { type AnySchema, describeIssue, type Issue, issuesOf, isUnknownKey, type Key } from './schema-issues.ts'
import { DEPTH_MAX, tooDeepAt } from './yaml-depth.ts'

/** Of a file, in bytes. */
export const SIZE_MAX = 256 * 1024
const ISSUES_MAX = 8
/** Characters of a line that are shown. */
const FRAME_WIDTH = 120

interface Source {
  /** As the user named it. */
  file: string
  /** Its text as messages show it: without its secrets. */
  masked: () => string
  document: Document
  lines: LineCounter
}

/**
 * Reads a YAML file against a schema. Everything that is wrong is one {@link UserError}: each issue with file, line and
 * column, the line itself, and the nearest key or value where one is near.
 * Secrets in those lines are dots. Codes: `ERR_YAML_SYNTAX`, `ERR_YAML_TOO_LARGE`, `ERR_FILE_INVALID`.
 */
export function readYaml<Schema extends v.GenericSchema<unknown, unknown>>(
  file: string,
  text: string,
  schema: Schema,
): v.InferOutput<Schema> {
  return readWithLines(file, text, schema, 0).value
}

/** A value of a file, and the lines of its facts by their path: `person.signIn`. */
export interface WithLines<Value> {
  value: Value
  lines: Record<string, number>
}

/** How deep lines are kept: everywhere, or by the path of a fact. */
type Depth = number | ((path: string) => number)

/** The same as {@link readYaml}, with the lines of the facts. @param depth facts deeper than this are found by the line of what holds them */
export function readWithLines<Schema extends v.GenericSchema<unknown, unknown>>(
  file: string,
  text: string,
  schema: Schema,
  depth: Depth,
): WithLines<v.InferOutput<Schema>> {
  const source = parse(file, text)
  const result = v.safeParse(schema, source.document.toJS({ maxAliasCount: 0 }), { abortPipeEarly: true })
  if (result.success) return { value: result.output, lines: linesOf(source, depth) }
  const issues = issuesOf(result.issues)
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
  const tooDeep = tooDeepAt(text)
  if (tooDeep) throw nestedTooDeep(`${file}:${tooDeep}`)
  const lines = new LineCounter()
  let document: Document
  try {
    document = parseDocument(text, { lineCounter: lines, prettyErrors: false, uniqueKeys: false, strict: true })
  } catch (error) {
    // Whatever form of nesting the look before has missed.
    if (error instanceof RangeError) throw nestedTooDeep(file)
    throw error
  }
  const masked = once(() => maskSecrets(text, document))
  const refuse = (offset: number, message: string, code = 'ERR_YAML_SYNTAX', length = 1): never => {
    const { line, col } = lines.linePos(offset)
    const shown = masked().message(message)
    throw new UserError(code, `${file}:${line}:${col}: ${shown}`, frame(masked().text, line, col, length))
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
    Pair: (_, { key }, path) => {
      if (!isScalar(key)) return refuse(rangeOf(key)?.[0] ?? 0, 'a key must be a plain word')
      const name = String(key.value)
      if (!RESERVED.has(name)) return
      const above = path.flatMap((node) => (isPair(node) && isScalar(node.key) ? [String(node.key.value)] : []))
      const message = `${[...above, name].join('.')}: unknown key "${name}"`
      refuse(key.range?.[0] ?? 0, message, 'ERR_FILE_INVALID', name.length)
    },
    Alias: (_, { range, source }) => refuse(range?.[0] ?? 0, `aliases are not supported: *${source}`),
  })
  if (!isMap(document.contents)) refuse(0, `must be "key: value" lines, such as "title: …"`)
  return { file, document, lines, masked: () => masked().text }
}

/** Keys that every object has in the language that this is written in: as free names, such as a header's, they would get lost. */
const RESERVED = new Set(['__proto__', 'constructor', 'prototype'])

const nestedTooDeep = (place: string): UserError =>
  new UserError('ERR_YAML_SYNTAX', `${place}: nested more than ${DEPTH_MAX} deep`)

function once<Value>(make: () => Value): () => Value {
  let made: { value: Value } | undefined
  return () => {
    made ??= { value: make() }
    return made.value
  }
}

/** Some of the parser's messages are for programmers. */
function messageOf(message: string): string {
  if (message.includes('call stack')) return `nested more than ${DEPTH_MAX} deep`
  if (message.includes('multiple documents')) return 'one document in a file, please'
  return message
}

/** What a file says of itself is no fact of a run. */
const OF_THE_FILE = 'provenance'

function linesOf({ document, lines }: Source, depthMax: Depth): Record<string, number> {
  const found: Record<string, number> = {}
  const visitNode = (node: unknown, path: string, depth: number): void => {
    if (path === OF_THE_FILE) return
    const inner = isMap(node)
      ? node.items.map(({ key, value }) => ({ name: String((key as { value?: unknown }).value), key, value }))
      : isSeq(node)
        ? node.items.map((value, index) => ({ name: String(index), key: value, value }))
        : []
    for (const { name, key, value } of inner) {
      const at = path === '' ? name : `${path}.${name}`
      found[at] = lines.linePos(rangeOf(key)?.[0] ?? 0).line
      if (depth < (typeof depthMax === 'number' ? depthMax : depthMax(at))) visitNode(value, at, depth + 1)
    }
  }
  visitNode(document.contents, '', 1)
  return found
}

/** Where a path of a valid file is, for errors that are found later. */
export function placeIn(file: string, text: string, path: readonly Key[], wantsKey = false) {
  const source = parse(file, text)
  const at = locate(source, path, wantsKey)
  return { at: `${file}:${at.line}:${at.column}`, frame: frame(source.masked(), at.line, at.column, at.length) }
}

function explain(source: Source, schema: AnySchema, issue: Issue) {
  const at = locate(source, issue.path, isUnknownKey(issue))
  return {
    message: `${source.file}:${at.line}:${at.column}: ${describeIssue(schema, issue)}`,
    frame: frame(source.masked(), at.line, at.column, at.length),
  }
}

/** Where a path is in the file; the nearest parent for something that is missing. */
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
