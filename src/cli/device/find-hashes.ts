import { safeText } from '../../domain/safe-text.ts'
import { DecodeError } from '../../domain/trouble.ts'
import { decodeAnsi } from '../../protocols/autopilot-csv/ansi.ts'
import { decodeZip, isZip } from '../../protocols/zip/decode.ts'
import { cleanText } from './clean-text.ts'
import { looksLikeHash, scanText } from './scan-text.ts'

export { looksLikeHash } from './scan-text.ts'

/** A hash in a file, and where it is in there: `line 2`, `CurrentHardwareBlob`; empty when it is all of the file. */
export interface FoundHash {
  place: string
  input: Uint8Array | string
}

/** Four files of registrations; what has more is no such thing. */
const HASHES_MAX = 2000

/** Characters of a place that are kept, for each of all those hashes: of one name, and of a path. */
const NAME_MAX = 40
const PATH_MAX = 80

const LOOKED_FOR =
  'nothing in it looks like a hardware hash: base64 that begins with T0E, T0F, T0G or T0H, in a text, a table, JSON, XML or an archive of logs'

/**
 * Hashes in what people have at hand: base64 text, the bare bytes, a CSV for registering devices in any encoding, JSON
 * or XML with hashes in it (JSON also as base64, which is how `HardwareMismatchRemediationData` comes), an archive of
 * logs, and any other text that holds one: a property list of PowerShell, a mail, a table, a settings file.
 *
 * @throws DecodeError `ERR_HASH_NONE` when there is none, `ERR_HASH_MANY`, `ERR_HASH_JSON`, `ERR_ZIP_…`
 */
export function findHashes(bytes: Uint8Array): FoundHash[] {
  if (bytes[0] === 0x4f && bytes[1] === 0x41) return [{ place: '', input: bytes }]
  const found = isZip(bytes) ? inArchive(bytes) : inText(decodeAnsi(bytes).text)
  if (found.length === 0) throw new DecodeError('ERR_HASH_NONE', LOOKED_FOR)
  if (found.length <= HASHES_MAX) return found
  throw new DecodeError('ERR_HASH_MANY', `it holds ${found.length} hashes, and may hold ${HASHES_MAX}`)
}

function inArchive(bytes: Uint8Array): FoundHash[] {
  const files = decodeZip(bytes, (name) => /\.(csv|json)$/i.test(name))
  return files.flatMap(({ name, bytes: content }) => {
    const { text } = decodeAnsi(content)
    const found = /\.json$/i.test(name) ? inJson(text) : scanText(text)
    const shown = safeText(name, PATH_MAX)
    return found.map(({ place, input }) => ({ place: [shown, place].filter(Boolean).join(', '), input }))
  })
}

function inText(given: string): FoundHash[] {
  const text = given.replace(/^\ufeff/, '').trim()
  if (/^[{[]/.test(text)) return inJson(text)
  if (/^(eyJ|ew|W3s)/.test(text)) {
    const json = Buffer.from(text, 'base64').toString('utf8').trim()
    if (/^[{[]/.test(json)) return inJson(json)
  }
  // A break is no element that holds a hash.
  const inElements = text.startsWith('<') && !/<br\b/i.test(text) ? inXml(cleanText(text)) : []
  if (inElements.length > 0) return inElements
  const found = scanText(text)
  if (found.length > 0) return found
  // Base64 of something else, and a damaged beginning: its decoder says what is wrong.
  return text !== '' && (/^[A-Za-z0-9+/=\s]+$/.test(text) || !/\s/.test(text)) ? [{ place: '', input: text }] : []
}

/** Every text in it that holds a hash, by its path. JSON that cannot be read is searched as any text. */
function inJson(text: string): FoundHash[] {
  let root: unknown
  try {
    root = JSON.parse(text)
  } catch (error) {
    const found = scanText(text)
    if (found.length > 0) return found
    throw new DecodeError('ERR_HASH_JSON', `the JSON cannot be read: ${(error as Error).message}`)
  }
  const found: FoundHash[] = []
  const left: Member[] = [{ name: '', value: root }]
  for (let next = left.pop(); next !== undefined; next = left.pop()) {
    const { value } = next
    if (typeof value === 'string') found.push(...inMember(next, value))
    else if (typeof value === 'object' && value !== null)
      for (const member of membersOf(next, value).reverse()) left.push(member)
  }
  return found
}

/** A text that is a hash, or a longer one in which hashes are. */
function inMember(member: Member, value: string): FoundHash[] {
  const path = pathOf(member)
  return scanText(value).map(({ place, input }) => ({ place: [path, place].filter(Boolean).join(', '), input }))
}

interface Member {
  name: string
  value: unknown
  /** Left out where the member is all of the JSON. */
  parent?: Member
}

/** Those that may lead to a hash; the last is taken first. */
function membersOf(parent: Member, value: object): Member[] {
  const members: Member[] = []
  for (const [name, member] of Object.entries(value)) {
    const isText = typeof member === 'string'
    if (isText ? member.includes('T0') : typeof member === 'object') members.push({ name, value: member, parent })
  }
  return members
}

/** Its names from the outermost on; of a long path the end. Only as much is looked at as is shown. */
function pathOf(member: Member): string {
  let path = ''
  for (let at: Member = member; at.parent !== undefined; at = at.parent) {
    if (path.length > PATH_MAX) return `…${path.slice(-PATH_MAX)}`
    const name = safeText(at.name, NAME_MAX)
    path = path === '' ? name : `${name}.${path}`
  }
  return path
}

/** Every element whose text begins like a hash, by its name. */
const inXml = (text: string): FoundHash[] =>
  [...text.matchAll(/<([\w:.-]+)(?:\s[^<>]*)?>\s*(T0[E-H][^<]*)/g)].flatMap(([, name, content]) => {
    const input = content!.trim()
    return looksLikeHash(input) ? [{ place: safeText(name!, NAME_MAX), input }] : []
  })
