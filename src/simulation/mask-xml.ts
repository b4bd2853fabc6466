import { MASK } from '../domain/secret.ts'

/** Elements whose text is a secret, whatever their namespace: WS-Security, WLAN profiles, OMA DM nonces, answer files. */
const SECRET_ELEMENTS = new Set(['Password', 'keyMaterial', 'NextNonce'])
const SECRET_PARMS = /\bname\s*=\s*(["'])(?:AAUTHSECRET|AAUTHDATA)\1/
/** The last segment of nodes that hold a secret. */
const SECRET_NODE = /(?:password|pwd|passphrase|secret|presharedkey|privatekey|pfxcertblob|authdata|challenge)$/i

/** A CDATA section, a tag, or what stands between them, down to a stray bracket. An unclosed one reaches to the end. */
const TOKENS = /<!\[CDATA\[[\s\S]*?(?:\]\]>|$)|<[^<>]*(?:>|$)|[^<]+|</g
const NAME = /^<(\/?)(?:[^\s:/<>]+:)?([^\s:/<>]+)/
/** Documents within a document are escaped. */
const ESCAPED = /(&lt;(?:[\w-]+:)?(?:Password|keyMaterial)(?:\s[^&<>]*)?&gt;)[^&<>]*/g
const ESCAPED_END = /&lt;\/(?:[\w-]+:)?(?:Password|keyMaterial)&gt;/

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
    if (local === undefined || token.startsWith('<!')) {
      if (element === 'LocURI') isSecretItem ||= isSecretNode(token)
      if (element === 'Data' && token.trim() !== '') dataOfItem.push(out.length)
      const isSecret = SECRET_ELEMENTS.has(element) || (element === 'Data' && isCredential)
      out.push(isSecret && token.trim() !== '' ? MASK : maskedText(element, token, whole))
      continue
    }
    const isEnd = slash === '/'
    if (local === 'Cred') isCredential = !isEnd
    if (local === 'Item') endItem()
    element = isEnd || token.endsWith('/>') ? '' : local
    out.push(SECRET_PARMS.test(token) ? withoutValue(token) : token)
  }
  endItem()
  return out.join('')
}

const withoutValue = (tag: string): string => tag.replace(/(\bvalue\s*=\s*)(?:"[^"]*"?|'[^']*'?)/, `$1"${MASK}"`)

function maskedText(element: string, text: string, whole: (text: string) => string): string {
  if (element === 'BinarySecurityToken') return maskedToken(text, whole)
  return text.includes('&lt;') ? maskedEnds(text.replace(ESCAPED, `$1${MASK}`)) : text
}

/** What stands before an end whose beginning came in an earlier message: the object was sent in chunks. */
function maskedEnds(text: string): string {
  const end = ESCAPED_END.exec(text)
  if (!end || text.slice(0, end.index).includes('&lt;')) return text
  return MASK + text.slice(end.index)
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
