import { DECLARED_LENGTH } from '../domain/http.ts'
import type { CspFact, RequestFact, ResponseFact } from '../domain/journal.ts'
import { MASK } from '../domain/secret.ts'
import type { WireBody } from '../domain/wire.ts'
import { KnownSecrets } from './known-secrets.ts'
import { maskedPairs, maskedUrl } from './mask-fields.ts'
import { isSecretNode, maskedXml, withoutValue } from './mask-xml.ts'

/** Fields of JSON whose value lets its holder in, or is what a person or a device proves itself with. */
const FIELDS = [
  ...['access_token', 'refresh_token', 'id_token', 'id_token_hint', 'session_key_jwe', 'device_code', 'user_code'],
  ...[
    'client_secret',
    'client_assertion',
    'assertion',
    'passwd',
    'password',
    'pwd',
    'passphrase',
    'secret',
    'pin',
    'otc',
    'flowToken',
    'sFT',
  ],
].join('|')
/** `code` is a secret in a form or a query (RFC 6749 4.1.2); in JSON it is what errors are called. */
const FORM_FIELDS = `${FIELDS}|code|code_verifier|SAMLResponse|wresult`

const SECRET_HEADER = /^(?:authorization|proxy-authorization|cookie|set-cookie)$|token|secret|credential|api-?key/

/** A text without the hint has nothing for the rule. Each takes linear time: they read text from outside of this program. */
const RULES: readonly (readonly [hint: string, pattern: RegExp, by: string])[] = [
  // Compact JWTs and JWEs, and what is left of one that was cut off: base64url of a JSON object begins so.
  ['eyJ', /(?<![\w-])eyJ[\w-]{12,}(?:\.[\w-]*){0,4}/g, MASK],
  // The same in base64, as a BinarySecurityToken has it (MS-MDE2 3.3.4.1.1.1).
  ['ZXlK', /(?<![A-Za-z0-9+/])ZXlK[A-Za-z0-9+/]{16,}={0,2}/g, MASK],
  ['PRIVATE KEY', /-----BEGIN [A-Z ]*PRIVATE KEY-----[^-]*(?:-----END [A-Z ]*PRIVATE KEY-----)?/g, MASK],
  ['=', new RegExp(`(^|[?&#;])(${FORM_FIELDS})=[^&#\\s"'<>]+`, 'gi'), `$1$2=${MASK}`],
  // A query within a query, encoded once or more often: it ends where its next field begins, encoded as often.
  [
    '%',
    new RegExp(
      `((?:%((?:25)*)(?:3F|26|23|3B)|=)(?:${FORM_FIELDS})%\\2(?:3D))(?=[^&#\\s"'<>])(?!%\\2(?:26|23))[^&#\\s"'<>%]*(?:%(?!\\2(?:26|23))[^&#\\s"'<>%]*)*`,
      'gi',
    ),
    `$1${MASK}`,
  ],
  ['"', new RegExp(`("(?:${FIELDS})"\\s*:\\s*")(?:[^"\\\\]|\\\\.)*`, 'gi'), `$1${MASK}`],
  ['"', new RegExp(`("(?:${FIELDS})"\\s*:\\s*)-?\\d[\\d.eE+-]*`, 'gi'), `$1"${MASK}"`],
  // JSON within a string of JSON.
  ['\\"', new RegExp(`(\\\\"(?:${FIELDS})\\\\"\\s*:\\s*)-?\\d[\\d.eE+-]*`, 'gi'), `$1\\"${MASK}\\"`],
  ['\\"', new RegExp(`(\\\\"(?:${FIELDS})\\\\"\\s*:\\s*\\\\")(?:[^"\\\\]|\\\\[^"])*`, 'gi'), `$1${MASK}`],
]

/** A form that a web page posts for the device. */
const INPUT = /<input\b[^<>]*/gi
const SECRET_INPUT = new RegExp(`\\bname\\s*=\\s*["']?(?:${FORM_FIELDS})(?=["'\\s/]|$)`, 'i')

const VALUE = /\bvalue\s*=\s*(?:"([^"]*)"?|'([^']*)'?|([^\s"'<>]+))/i

function maskedInput(tag: string, secrets: KnownSecrets): string {
  const [, quoted, single, bare] = VALUE.exec(tag) ?? []
  const value = quoted ?? single ?? bare ?? ''
  return SECRET_INPUT.test(tag) || secrets.has(value) ? withoutValue(tag) : tag
}

const maskedPlain = (text: string): string =>
  RULES.reduce((out, [hint, pattern, by]) => (out.includes(hint) ? out.replace(pattern, by) : out), text)

/** What is nested deeper in documents is masked completely: no real document nests so, and reading further takes time. */
const NESTED_MAX = 6
/** What every rule for documents looks for, be it in an element, an attribute, an address, or escaped within a text. */
const NAMES_A_SECRET =
  /password|pwd|passphrase|secret|keyMaterial|presharedkey|privatekey|pfxcertblob|authdata|challenge|productkey|checkapplicability|newpinvalue|NextNonce|BinarySecurityToken|Cred\b|<input|CDATA|&(?:amp;)*(?:lt;|quot;|#(?!xF000;|x[DA9];|1[03];|9;))/i
const MARKUP = /<|&(?:amp;)*(?:lt;|quot;|#)/

/** The text of a message without passwords, tokens and keys: each is masked by what it is called, and by its value where it is known. */
export const maskedText = (text: string, secrets: KnownSecrets = NONE): string =>
  secrets.mask(maskedAt(0, text, secrets))

const NONE = new KnownSecrets()

function maskedAt(level: number, text: string, secrets: KnownSecrets): string {
  const plain = maskedPlain(text)
  if (!MARKUP.test(plain)) return plain
  if (!NAMES_A_SECRET.test(plain)) return plain
  if (level > NESTED_MAX) return MASK
  const inputs = plain.replace(INPUT, (tag) => maskedInput(tag, secrets))
  return maskedXml(inputs, (inner) => maskedAt(level + 1, inner, secrets))
}

/** Most headers of most messages: what they say is of no use to a thief. */
const HARMLESS = new Set([
  ...['accept', 'accept-charset', 'cache-control', 'client-request-id', 'content-length', 'content-type', 'date'],
  ...['user-agent', 'vary', DECLARED_LENGTH],
])

function maskedHeaders(headers: Record<string, string>, secrets: KnownSecrets): Record<string, string> {
  const out: Record<string, string> = {}
  for (const name in headers) {
    const value = headers[name]!
    out[name] = HARMLESS.has(name) ? value : maskedHeader(name, value, secrets)
  }
  return out
}

function maskedHeader(name: string, value: string, secrets: KnownSecrets): string {
  if (SECRET_HEADER.test(name)) {
    const [, scheme] = /^(Bearer|Basic|Digest|Negotiate) /i.exec(value) ?? []
    return scheme ? `${scheme} ${MASK}` : MASK
  }
  return secrets.mask(maskedPlain(name === 'location' ? maskedUrl(value, secrets) : value))
}

const FORM = /^application\/x-www-form-urlencoded\b/i

function maskedBody(body: WireBody, type: string, secrets: KnownSecrets): WireBody {
  const masked = (text: string): string => maskedText(FORM.test(type) ? maskedPairs(text, secrets) : text, secrets)
  if (typeof body === 'string') return masked(body)
  return 'beginning' in body ? { ...body, beginning: masked(body.beginning) } : body
}

/** An exchange as it may be written: headers, query and body without what lets a reader in. */
export function maskedExchange<Fact extends RequestFact | ResponseFact>(fact: Fact, secrets: KnownSecrets): Fact {
  const { headers, body } = fact
  return {
    ...fact,
    ...('url' in fact ? { url: secrets.mask(maskedPlain(maskedUrl(fact.url, secrets))) } : {}),
    ...(headers ? { headers: maskedHeaders(headers, secrets) } : {}),
    ...(body === undefined ? {} : { body: maskedBody(body, headers?.['content-type'] ?? '', secrets) }),
  }
}

/** What a command wrote to the tree, as it may be written. */
export function maskedNode(fact: CspFact, secrets: KnownSecrets): CspFact {
  if (fact.value === undefined) return fact
  return { ...fact, value: isSecretNode(fact.uri) ? MASK : maskedText(fact.value, secrets) }
}
