import { DecodeError } from '../../domain/trouble.ts'
import { bodyText, type Exchange, mediaTypeOf, type WireMessage } from '../../journal/wire.ts'
import { parseXml, type XmlElement } from '../../protocols/xml/read.ts'
import { type Found, valuesIn } from './near.ts'

/** Values in the body of a message, by their paths: JSON, XML (elements and attributes by their local names), or a form. */
export function bodyFields(message: Pick<WireMessage, 'headers' | 'body'>): Found[] {
  const text = bodyText(message.body)?.trim()
  if (text === undefined || text === '') return []
  const type = mediaTypeOf(message)
  if (type === 'application/x-www-form-urlencoded') return [...new URLSearchParams(text)]
  if (text.startsWith('<')) return xmlFields(text)
  if (/^[{["]/.test(text)) return jsonFields(text)
  return [['body', text]]
}

/** Values of the query: a field of a request as well. */
export const queryFields = (url: string): Found[] => (URL.canParse(url) ? [...new URL(url).searchParams] : [])

function jsonFields(text: string): Found[] {
  try {
    return valuesIn(JSON.parse(text))
  } catch {
    return [['body', text]]
  }
}

function xmlFields(text: string): Found[] {
  try {
    return elementFields(parseXml(text), '')
  } catch (error) {
    // A message that was cut or spoiled has the fields that it has: none that can be read.
    if (error instanceof DecodeError) return [['body', text]]
    throw error
  }
}

function elementFields(element: XmlElement, above: string): Found[] {
  const path = above === '' ? element.local : `${above}.${element.local}`
  const text = element.text.trim()
  return [
    ...(text !== '' || element.children.length === 0 ? [[path, text] as const] : []),
    ...element.attributes.map(({ local, value }) => [`${path}.${local}`, value] as const),
    ...element.children.flatMap((child) => elementFields(child, path)),
  ]
}

/** Whether an operation is meant: a session's message by its number, or all of them without it. */
export const operationsOf = ({ operation }: Pick<Exchange, 'operation'>): string[] => [
  operation,
  operation.replace(/ session \d+ message \d+$/, ' session'),
  operation.replace(/ message \d+$/, ''),
]
