import { DecodeError } from '../../domain/trouble.ts'
import type { WireBody } from '../../domain/wire.ts'
import { mediaTypeOf, type WireMessage } from '../../journal/wire.ts'
import { attribute, parseXml, textOf, type XmlElement } from '../../protocols/xml/read.ts'
import { shallowJson } from './json.ts'
import { isVolatileField, isVolatileHeader } from './volatile.ts'

/**
 * What a message says, a line for each thing: two messages that mean the same have the same lines, whatever their
 * prefixes, declarations, indentation and order of headers are. Volatile fields are left out.
 */
export function comparableMessage(message: WireMessage): string[] {
  const headers = Object.entries(message.headers)
    .filter(([name]) => !isVolatileHeader(name))
    .map(([name, value]) => `${name}: ${comparableHeader(name, value)}`)
    .sort()
  return [...headers, ...comparableBody(message.body, mediaTypeOf(message))]
}

function comparableHeader(name: string, value: string): string {
  if (name === 'content-type' || name === 'accept')
    return value
      .toLowerCase()
      .replace(/(?<!\s)\s*([;,])\s*/g, '$1')
      .replace(/"/g, '')
  return name === 'location' ? comparableUrl(value) : value
}

/** A URL by what it asks: where a service lives is its own affair. */
export function comparableUrl(url: string): string {
  if (!URL.canParse(url)) return url
  const fields = [...new URL(url).searchParams].filter(([name]) => !isVolatileField(name))
  return fields.length === 0
    ? 'an address'
    : `an address with ${fields.map(([name, value]) => `${name}=${value}`).join(' ')}`
}

function comparableBody(body: WireBody | undefined, mediaType: string): string[] {
  if (body === undefined) return []
  if (typeof body !== 'string') return [JSON.stringify(body)]
  return comparableText(body.replace(/^\ufeff/, '').trim(), mediaType)
}

function comparableText(text: string, mediaType: string): string[] {
  if (text.startsWith('<') && mediaType !== 'text/html') {
    const root = xmlOf(text)
    if (root)
      return root.local === 'wap-provisioningdoc' ? xmlLines(root, '', undefined).sort() : xmlLines(root, '', undefined)
  }
  if (/^[[{]/.test(text)) {
    const value = shallowJson(text)
    if (value !== undefined) return jsonLines(value, '').sort()
  }
  if (mediaType === 'application/x-www-form-urlencoded') return formLines(text)
  return text
    .replace(/"(\w+)":"[^"]*"/g, (field, name: string) => (isVolatileField(name) ? `"${name}"` : field))
    .replace(/name="(\w+)" value="[^"]*"/g, (field, name: string) => (isVolatileField(name) ? `name="${name}"` : field))
    .split(/\r?\n/)
}

function xmlOf(text: string): XmlElement | undefined {
  try {
    return parseXml(text, { tolerateUndeclaredPrefix: true })
  } catch (error) {
    if (error instanceof DecodeError) return undefined
    throw error
  }
}

/** What tells an element from its brothers of the same name: its type, its name, or the node that an item is about. */
function keyOf(element: XmlElement): string | undefined {
  switch (element.local) {
    case 'characteristic':
      return attribute(element, 'type')
    case 'parm':
      return attribute(element, 'name')
    case 'ContextItem':
      return attribute(element, 'Name')
    case 'Item':
      return textOf(element, 'Target', 'LocURI') ?? textOf(element, 'Source', 'LocURI')
    default:
      return undefined
  }
}

function xmlLines(element: XmlElement, above: string, parentUri: string | undefined): string[] {
  const key = keyOf(element)
  if (isVolatileField(element.local) || (key !== undefined && isVolatileField(key))) return []
  const step = key === undefined ? element.local : `${element.local}[${key.replace(THUMBPRINT, 'a thumbprint')}]`
  const path = above === '' ? step : `${above}/${step}`
  const lines = element.uri === parentUri ? [] : [`${path} is of ${element.uri || 'no namespace'}`]
  for (const { local, value } of sorted(element.attributes)) {
    if (value !== key && !isVolatileField(local)) lines.push(`${path}@${local} = ${comparableValue(value.trim())}`)
  }
  const text = element.text.trim()
  const inner = text === '' ? undefined : documentIn(text)
  if (inner) {
    for (const line of comparableText(inner, '')) lines.push(`${element.local} › ${line}`)
  } else if (text !== '') {
    lines.push(
      `${path} = ${isPublicToken(element, text) ? 'a certificate or a request for one' : comparableValue(text)}`,
    )
  } else if (element.children.length === 0) lines.push(`${path} is empty`)
  for (const child of element.children) {
    for (const line of xmlLines(child, path, element.uri)) lines.push(line)
  }
  return lines
}

/** The SHA-1 of a certificate, as its store calls it. */
const THUMBPRINT = /^[0-9A-Fa-f]{40}$/

/** Hosts of names that look like addresses. */
const NAMES =
  /^https?:\/\/(?:schemas\.(?:microsoft\.com|xmlsoap\.org)|docs\.oasis-open\.org|www\.w3\.org|www\.microsoft\.com)\//

const comparableValue = (text: string): string =>
  /^https?:\/\/\S+$/.test(text) && !NAMES.test(text) ? comparableUrl(text) : text

const sorted = (attributes: XmlElement['attributes']) => attributes.toSorted((a, b) => (a.local < b.local ? -1 : 1))

/** DER in base64 begins so. */
const isPublicToken = ({ local }: XmlElement, text: string): boolean =>
  local === 'BinarySecurityToken' && text.startsWith('MII')

/** A document in an element's text: as it is, or in base64. */
function documentIn(text: string): string | undefined {
  if (/^<[\w?]/.test(text)) return text
  const bare = text.replace(/\s+/g, '')
  if (!/^(?:PHdhcC|PD94bW)[A-Za-z0-9+/]+={0,2}$/.test(bare)) return undefined
  return Buffer.from(bare, 'base64').toString()
}

function jsonLines(value: unknown, path: string): string[] {
  if (typeof value !== 'object' || value === null)
    return [`${path} = ${typeof value === 'string' ? comparableValue(value) : JSON.stringify(value)}`]
  const entries = Object.entries(value).filter(([name]) => Array.isArray(value) || !isVolatileField(name))
  if (entries.length === 0) return [`${path} is empty`]
  return entries.flatMap(([name, one]) => jsonLines(one, path === '' ? name : `${path}/${name}`))
}

function formLines(text: string): string[] {
  return [...new URLSearchParams(text)]
    .filter(([name]) => !isVolatileField(name))
    .map(([name, value]) => `${name} = ${value}`)
    .sort()
}
