import { isDeepStrictEqual } from 'node:util'
import { Document, isMap, isScalar, isSeq, type Node, parseDocument, type YAMLMap, type YAMLSeq } from 'yaml'
import { UserError } from '../domain/trouble.ts'
import type { Key } from './schema-issues.ts'

type Plain = Record<string, unknown>

/** A part of the text, and what takes its place. */
interface Splice {
  from: number
  to: number
  text: string
}

/**
 * Changes of a YAML text that leave all else as it is written: comments, blanks, quotes. Each is made in the text at the place that the
 * parser names, and the result is read again: it has to be the old value with this one change.
 * Code `ERR_YAML_LAYOUT` for a text that cannot be changed in this way.
 */
export const withKey = (text: string, path: readonly Key[], key: string, value: string): string =>
  changed(text, [...path, key], spliceOfKey(text, path, key, value), (root) => {
    ;(at(root, path) as Plain)[key] = value
  })

/** Puts an item behind the others of a list of the file; the list is made where there is none. */
export const withItem = (text: string, path: readonly Key[], item: Plain | string): string =>
  changed(text, path, spliceOfItem(text, path, item), (root) => {
    const above = at(root, path.slice(0, -1)) as Plain
    above[String(path.at(-1))] = [...((at(root, path) as unknown[] | null | undefined) ?? []), item]
  })

/** Takes an item out of a list, with the comment on its line. */
export const withoutItem = (text: string, path: readonly Key[], index: number): string =>
  changed(text, [...path, index], spliceWithout(text, path, index), (root) => {
    ;(at(root, path) as unknown[]).splice(index, 1)
  })

const parsed = (text: string) => parseDocument(text, { prettyErrors: false, uniqueKeys: false, strict: true })

const at = (root: unknown, path: readonly Key[]): unknown =>
  path.reduce<unknown>((value, key) => (value as Plain | undefined)?.[key], root)

function changed(
  text: string,
  path: readonly Key[],
  splice: Splice | undefined,
  edit: (root: unknown) => void,
): string {
  const expected: unknown = parsed(text).toJS({ maxAliasCount: 0 })
  edit(expected)
  if (splice) {
    const result = text.slice(0, splice.from) + splice.text + text.slice(splice.to)
    const read = parsed(result)
    if (read.errors.length === 0 && isDeepStrictEqual(read.toJS({ maxAliasCount: 0 }), expected)) return result
  }
  throw new UserError(
    'ERR_YAML_LAYOUT',
    `"${path.join('.')}" cannot be changed in the way that this file is laid out`,
    ['nothing was written: change it by hand, or write the list with one item a line'],
  )
}

/** As the item is written in one line: `{ device: x, groupTag: Y }`. */
function inOneLine(value: Plain | string): string {
  const document = new Document(value)
  if (isMap(document.contents)) document.contents.flow = true
  return document.toString({ lineWidth: 0, flowCollectionPadding: true }).trim()
}

/** In a flow, and alone in its line: a text that would end the flow gets its quotes. */
const scalarText = (value: string): string => inOneLine({ v: value }).slice('{ v: '.length, -' }'.length)

function spliceOfKey(text: string, path: readonly Key[], key: string, value: string): Splice | undefined {
  const map = parsed(text).getIn(path, true)
  if (!isMap(map)) return undefined
  const pair = map.items.find((item) => isScalar(item.key) && item.key.value === key)
  const written = scalarText(value)
  if (pair) {
    const [from, to] = rangeOf(pair.value) ?? [0, 0]
    const [, keyEnd] = rangeOf(pair.key) ?? [0, 0]
    if (to > from) return { from, to, text: written }
    const colon = text.indexOf(':', keyEnd)
    return { from: colon + 1, to: colon + 1, text: ` ${written}` }
  }
  const last = lastOf(map)
  if (!last) return undefined
  const end = contentEnd(text, last)
  if (map.flow) return { from: end, to: end, text: `, ${key}: ${written}` }
  const first = rangeOf(map.items[0]!.key)![0]
  const line = lineEnd(text, end)
  return { from: line, to: line, text: `${eolOf(text)}${blanksBefore(text, first)}${key}: ${written}` }
}

function spliceOfItem(text: string, path: readonly Key[], item: Plain | string): Splice | undefined {
  const document = parsed(text)
  const written = typeof item === 'string' ? scalarText(item) : inOneLine(item)
  const list = document.getIn(path, true)
  const eol = eolOf(text)
  if (isSeq(list) && list.items.length > 0) {
    const last = list.items.at(-1) as Node
    const end = contentEnd(text, last)
    if (list.flow) return { from: end, to: end, text: `, ${written}` }
    const dash = dashBefore(text, last)
    const line = lineEnd(text, end)
    return { from: line, to: line, text: `${eol}${blanksBefore(text, dash)}- ${written}` }
  }
  if (isSeq(list) && list.flow) return { from: list.range![0], to: list.range![1], text: `[${written}]` }
  // A list that is not there is made at the end of the file.
  if (list === undefined && path.length === 1) {
    const ending = text.endsWith('\n') || text === '' ? '' : eol
    return { from: text.length, to: text.length, text: `${ending}${path[0]}:${eol}  - ${written}${eol}` }
  }
  return undefined
}

function spliceWithout(text: string, path: readonly Key[], index: number): Splice | undefined {
  const list = parsed(text).getIn(path, true)
  if (!isSeq(list)) return undefined
  const item = list.items[index] as Node
  const end = contentEnd(text, item)
  const isOnly = list.items.length === 1
  if (list.flow) {
    if (isOnly) return { from: list.range![0], to: list.range![1], text: '[]' }
    const next = list.items[index + 1] as Node | undefined
    if (next) return { from: item.range![0], to: next.range![0], text: '' }
    return { from: contentEnd(text, list.items[index - 1] as Node), to: end, text: '' }
  }
  const dash = dashBefore(text, item)
  const from = dash - blanksBefore(text, dash).length
  const to = lineEnd(text, end)
  if (!isOnly) return { from, to: Math.min(text.length, to + eolOf(text).length), text: '' }
  const colon = text.slice(0, dash).trimEnd().length
  // A comment between the two stays.
  return text[colon - 1] === ':'
    ? { from: colon, to, text: ' []' }
    : { from, to, text: `${blanksBefore(text, dash) || '  '}[]` }
}

const rangeOf = (node: unknown): [number, number] | undefined => {
  const range = (node as Node | null | undefined)?.range
  return range ? [range[0], range[1]] : undefined
}

const lastOf = (collection: YAMLMap | YAMLSeq): Node | undefined => {
  const last = collection.items.at(-1) as { value?: Node; key?: Node } | undefined
  return (last?.value?.range ? last.value : last?.key) as Node | undefined
}

/** Where what is written of a node ends: a block reaches to the line after it, comments included. */
function contentEnd(text: string, node: Node): number {
  if ((isMap(node) || isSeq(node)) && !node.flow) {
    const last = isMap(node) ? lastOf(node) : (node.items.at(-1) as Node | undefined)
    if (last) return contentEnd(text, last)
  }
  const [from, to] = rangeOf(node) ?? [0, 0]
  return from + text.slice(from, to).trimEnd().length
}

const lineEnd = (text: string, from: number): number => {
  const end = text.indexOf('\n', from)
  if (end < 0) return text.length
  return text[end - 1] === '\r' ? end - 1 : end
}

const dashBefore = (text: string, node: Node): number => text.lastIndexOf('-', node.range![0] - 1)

/** What keeps a line below the one of this place in its column. */
function blanksBefore(text: string, from: number): string {
  const line = text.slice(text.lastIndexOf('\n', from - 1) + 1, from)
  return ' '.repeat(line.length)
}

const eolOf = (text: string): string => (text.includes('\r\n') ? '\r\n' : '\n')
