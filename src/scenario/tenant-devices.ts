import { isDeepStrictEqual } from 'node:util'
import { Document, isMap, isScalar, isSeq, type Node, type Pair, parseDocument, type YAMLSeq } from 'yaml'
import { UserError } from '../domain/trouble.ts'

/** What a tenant's file says of a registered device. */
export interface RegisteredEntry {
  device: string
  groupTag?: string
}

/**
 * The text of a tenant's file with one more registered device. Nothing else of it changes: its comments and its layout stay.
 * Code `ERR_NOT_EDITABLE` for a file in which there is no place for it, with the lines to write by hand.
 */
export function withRegisteredDevice(file: string, text: string, entry: RegisteredEntry): string {
  const edited = insert(text, entry)
  if (edited !== undefined && isRight(text, edited, entry)) return edited
  throw new UserError('ERR_NOT_EDITABLE', `${file}: there is no place for a registered device. Nothing is written`, [
    'Write it by hand, below "devices:":',
    `  - ${inFlow(entry)}`,
  ])
}

function insert(text: string, entry: RegisteredEntry): string | undefined {
  const end = text.includes('\r\n') ? '\r\n' : '\n'
  const { contents } = parseDocument(text)
  if (!isMap(contents)) return undefined
  const pair = contents.items.find(({ key }) => isScalar(key) && key.value === 'devices') as
    | Pair<Node, Node>
    | undefined
  if (pair === undefined) {
    const isEnded = text === '' || text.endsWith('\n')
    return `${text}${isEnded ? '' : end}devices:${end}  - ${inFlow(entry)}${end}`
  }
  const { key, value } = pair
  if (isSeq(value) && value.items.length > 0) {
    return value.flow ? intoFlow(text, value, entry) : intoBlock(text, value, entry, end)
  }
  // "devices:", "devices: []", with a comment behind it or not.
  const keyEnd = key.range![1]
  const valueEnd = isSeq(value) ? value.range![1] : keyEnd + 1
  const lineEnd = endOfLine(text, valueEnd)
  const behind = text.slice(valueEnd, lineEnd).trimEnd()
  return `${text.slice(0, keyEnd)}:${behind}${end}  - ${inFlow(entry)}${text.slice(lineEnd) || end}`
}

/** Below the last one, as far to the right as the first. */
function intoBlock(text: string, { items }: YAMLSeq, entry: RegisteredEntry, end: string): string | undefined {
  const [first, last] = [items[0], items.at(-1)] as [Node, Node]
  const start = first.range![0]
  const before = text.slice(text.lastIndexOf('\n', start - 1) + 1, start)
  const [dash] = /^ *-[ \t]+/.exec(before) ?? []
  if (dash === undefined) return undefined
  const valueEnd = last.range![1]
  const at = text[valueEnd - 1] === '\n' ? valueEnd : endOfLine(text, valueEnd)
  const line = `${dash}${inFlow(entry)}`
  return text[at - 1] === '\n'
    ? `${text.slice(0, at)}${line}${end}${text.slice(at)}`
    : `${text.slice(0, at)}${end}${line}${text.slice(at) || end}`
}

function intoFlow(text: string, { items }: YAMLSeq, entry: RegisteredEntry): string {
  const at = (items.at(-1) as Node).range![1]
  return `${text.slice(0, at)}, ${inFlow(entry)}${text.slice(at)}`
}

/** Without the end itself. */
function endOfLine(text: string, from: number): number {
  const at = text.indexOf('\n', from)
  if (at < 0) return text.length
  return text[at - 1] === '\r' ? at - 1 : at
}

function inFlow(entry: RegisteredEntry): string {
  const document = new Document(entry)
  ;(document.contents as unknown as { flow: boolean }).flow = true
  return document.toString({ lineWidth: 0, singleQuote: true }).trim()
}

/** The edited file says what the other one did, and the one device more. */
function isRight(text: string, edited: string, entry: RegisteredEntry): boolean {
  const [before, after] = [text, edited].map((yaml) => {
    const document = parseDocument(yaml)
    return document.errors.length === 0 ? (document.toJS({ maxAliasCount: 0 }) as Record<string, unknown>) : undefined
  })
  if (!before || !after) return false
  const devices = [...((before.devices as unknown[] | null | undefined) ?? []), entry]
  return (
    isDeepStrictEqual({ ...after, devices: undefined }, { ...before, devices: undefined }) &&
    isDeepStrictEqual(after.devices, devices)
  )
}
