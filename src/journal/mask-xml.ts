import { MASK } from '../domain/secret.ts'

/** Elements whose text is a secret, whatever their namespace: WS-Security, WLAN profiles, OMA DM nonces, answer files. */
const SECRET_ELEMENTS = new Set(['Password', 'AdministratorPassword', 'keyMaterial', 'NextNonce'])
const SECRET_PARMS = /\bname\s*=\s*["']?(?:AAUTHSECRET|AAUTHDATA)(?=["'\s/>]|$)/
/** The last segment of nodes that hold a secret. */
const SECRET_NODE =
  /(?:password|pwd|passphrase|secret|presharedkey|privatekey|pfxcertblob|authdata|challenge|productkey|checkapplicability|newpinvalue)$/i

/** A CDATA section, a tag, or what is between them, down to a stray bracket. An unclosed one reaches to the end. */
const TOKENS = /<!\[CDATA\[[\s\S]*?(?:\]\]>|$)|<[^<>]*(?:>|$)|[^<]+|</g
const NAME = /^<(\/?)(?:[^\s:/<>]+:)?([^\s:/<>]+)/
const CDATA = /^<!\[CDATA\[([\s\S]*?)(\]\]>)?$/
/** What is escaped in a text, however often. */
const ESCAPED = /&(?:amp;)*(?:lt;|quot;|#)/
const ENTITY = /&(?:lt|gt|quot|apos|amp|#\d{1,7}|#[xX][0-9a-fA-F]{1,6});/g
const QUOTED = /"[^"]*"|'[^']*'/g

const DER_SEQUENCE = 0x30

/** Whether the node of this address holds a secret. */
export const isSecretNode = (uri: string): boolean => SECRET_NODE.test(uri.trim())

/**
 * A document, or the beginning of one, with its secrets masked. It reads tags and no structure, in linear time, so that
 * what is no XML at all is masked as well.
 *
 * @param whole masks a document that was found inside this one
 */
export function maskedXml(xml: string, whole: (text: string) => string): string {
  const out: string[] = []
  let element = ''
  /** The secret element that is open: answer files have the secret in a `Value` of it. */
  let secret = ''
  let isFirstTag = true
  let isCredential = false
  let isSecretItem = false
  let dataOfItem: number[] = []
  const endItem = () => {
    if (isSecretItem) for (const at of dataOfItem) out[at] = MASK
    isSecretItem = false
    dataOfItem = []
  }
  for (const [token] of xml.matchAll(TOKENS)) {
    const [, slash, local] = NAME.exec(token) ?? []
    if (local === undefined || token.startsWith('<!') || token.startsWith('<?')) {
      if (element === 'LocURI') isSecretItem ||= isSecretNode(CDATA.exec(token)?.[1] ?? token)
      if (element === 'Data' && token.trim() !== '') dataOfItem.push(out.length)
      const isSecret =
        SECRET_ELEMENTS.has(element) ||
        (element === 'Data' && isCredential) ||
        (secret !== '' && (element === 'Value' || element === ''))
      out.push(isSecret && token.trim() !== '' ? MASK : maskedText(element, token, whole))
      continue
    }
    const isEnd = slash === '/'
    const isEmpty = token.endsWith('/>')
    if (SECRET_ELEMENTS.has(local)) {
      // The beginning came in an earlier message: the object was sent in chunks.
      if (isEnd && isFirstTag) for (const [at, text] of out.entries()) if (text.trim() !== '') out[at] = MASK
      secret = isEnd || isEmpty ? '' : local
    }
    isFirstTag = false
    if (local === 'Cred') isCredential = !isEnd
    if (local === 'Item') endItem()
    element = isEnd || isEmpty ? '' : local
    out.push(SECRET_PARMS.test(token) ? withoutValue(token) : maskedTag(token, whole))
  }
  endItem()
  return out.join('')
}

/** A tag with another value for each attribute of this name, quoted or not. */
export const withoutValue = (tag: string): string =>
  tag.replace(/(\bvalue\s*=\s*)(?:"[^"]*"?|'[^']*'?|[^\s"'<>][^\s<>]*)/gi, `$1"${MASK}"`)

const maskedTag = (tag: string, whole: (text: string) => string): string =>
  ESCAPED.test(tag)
    ? tag.replace(QUOTED, (value) => value[0] + maskedEscaped(value.slice(1, -1), whole) + value[0])
    : tag

function maskedText(element: string, text: string, whole: (text: string) => string): string {
  const [, inner, end = ''] = CDATA.exec(text) ?? []
  if (element === 'BinarySecurityToken') {
    return inner === undefined ? maskedToken(text, whole) : `<![CDATA[${maskedToken(inner, whole)}${end}`
  }
  if (inner !== undefined) return `<![CDATA[${whole(inner)}${end}`
  return maskedEscaped(text, whole)
}

/** A text that may hold a document, escaped: it is written anew only where something in it had to be masked. */
function maskedEscaped(text: string, whole: (text: string) => string): string {
  if (!ESCAPED.test(text)) return text
  const plain = text.replace(ENTITY, characterOf)
  const masked = whole(plain)
  return masked === plain ? text : escapedAs(text, masked)
}

const NAMED: Record<string, string> = { '&lt;': '<', '&gt;': '>', '&quot;': '"', '&apos;': "'", '&amp;': '&' }

/** The character that is meant; what means none stays as it is. */
function characterOf(entity: string): string {
  const named = NAMED[entity]
  if (named !== undefined) return named
  const code = /^&#x/i.test(entity) ? Number.parseInt(entity.slice(3), 16) : Number.parseInt(entity.slice(2), 10)
  return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : entity
}

const ESCAPES = [
  ['&gt;', '>'],
  ['&quot;', '"'],
  ['&apos;', "'"],
  ['&#xD;', '\r'],
  ['&#xA;', '\n'],
] as const

/** The text escaped, where the other text had been: what stood plain in that stays plain. */
function escapedAs(before: string, text: string): string {
  let out = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
  for (const [entity, character] of ESCAPES) {
    if (!before.includes(character)) out = out.replaceAll(character, entity)
  }
  return out
}

/**
 * A security token of a kind that is public (requests and certificates, in DER) stays; a provisioning document is masked
 * inside its base64, whole or in lines; anything else is what the device proves itself with.
 */
function maskedToken(text: string, whole: (text: string) => string): string {
  const bare = text.replace(/&#x?[dDaA0-9]+;|\s+/g, '')
  const bytes = /^[A-Za-z0-9+/]+={0,2}$/.test(bare) ? Buffer.from(bare, 'base64') : undefined
  if (bare === '' || bytes?.[0] === DER_SEQUENCE) return text
  if (!bytes?.includes('<')) return MASK
  const document = bytes.toString()
  const masked = whole(document)
  return masked === document ? text : Buffer.from(masked).toString('base64')
}
