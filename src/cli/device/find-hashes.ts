import { safeText } from '../../domain/safe-text.ts'
import { DecodeError } from '../../domain/trouble.ts'
import { decodeAnsi } from '../../protocols/autopilot-csv/ansi.ts'
import { decodeZip, isZip } from '../../protocols/zip/decode.ts'

/** A hash in a file, and where it is in there: `line 2`, `CurrentHardwareBlob`; empty when it is all of the file. */
export interface FoundHash {
  place: string
  input: Uint8Array | string
}

/** How every hash begins: "OA" in base64. */
const BEGINS_HASH = /^T0[E-H]/

/** Four files of registrations; what has more is no such thing. */
const HASHES_MAX = 2000

/** Characters of a place that are kept, for each of all those hashes: of one name, and of a path. */
const NAME_MAX = 40
const PATH_MAX = 80

/** Of the column that holds it. */
const HEADER = /^hardware ?hash$/i

export const looksLikeHash = (text: string): boolean => BEGINS_HASH.test(text) && text.length >= 12

/**
 * Hashes in what people have at hand: base64 text, the bare bytes, a CSV for registering devices in any encoding, JSON
 * or XML with hashes in it (JSON also as base64, which is how `HardwareMismatchRemediationData` comes), an archive of
 * logs.
 *
 * @throws DecodeError `ERR_HASH_NONE` when there is none, `ERR_HASH_MANY`, `ERR_HASH_JSON`, `ERR_ZIP_…`
 */
export function findHashes(bytes: Uint8Array): FoundHash[] {
  if (bytes[0] === 0x4f && bytes[1] === 0x41) return [{ place: '', input: bytes }]
  const found = isZip(bytes) ? inArchive(bytes) : inText(decodeAnsi(bytes).text)
  if (found.length === 0) throw new DecodeError('ERR_HASH_NONE', 'nothing in it looks like a hardware hash')
  if (found.length <= HASHES_MAX) return found
  throw new DecodeError('ERR_HASH_MANY', `it holds ${found.length} hashes, and may hold ${HASHES_MAX}`)
}

function inArchive(bytes: Uint8Array): FoundHash[] {
  const files = decodeZip(bytes, (name) => /\.(csv|json)$/i.test(name))
  return files.flatMap(({ name, bytes: content }) => {
    const { text } = decodeAnsi(content)
    const found = /\.json$/i.test(name) ? inJson(text) : inLines(text)
    const shown = safeText(name, PATH_MAX)
    return found.map(({ place, input }) => ({ place: [shown, place].filter(Boolean).join(', '), input }))
  })
}

function inText(given: string): FoundHash[] {
  const text = given.trim()
  if (/^[{[]/.test(text)) return inJson(text)
  if (/^(eyJ|ew|W3s)/.test(text)) {
    const json = Buffer.from(text, 'base64').toString('utf8').trim()
    if (/^[{[]/.test(json)) return inJson(json)
  }
  if (text.startsWith('<')) return inXml(text)
  if (/[,;\t"]/.test(text) || HEADER.test(/^.*/.exec(text)![0].trim())) return inLines(text)
  const lines = text.split(/\r\n|\n|\r/).filter((line) => line.trim() !== '')
  if (lines.length > 1 && lines.every((line) => looksLikeHash(line.trim()))) return inLines(text)
  return text === '' ? [] : [{ place: '', input: text }]
}

/** Every text in it that begins like a hash, by its path. */
function inJson(text: string): FoundHash[] {
  let root: unknown
  try {
    root = JSON.parse(text)
  } catch (error) {
    throw new DecodeError('ERR_HASH_JSON', `the JSON cannot be read: ${(error as Error).message}`)
  }
  const found: FoundHash[] = []
  const left: Member[] = [{ name: '', value: root }]
  for (let next = left.pop(); next !== undefined; next = left.pop()) {
    const { value } = next
    if (typeof value === 'string') found.push({ place: pathOf(next), input: value })
    else if (typeof value === 'object' && value !== null)
      for (const member of membersOf(next, value).reverse()) left.push(member)
  }
  return found
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
    if (isText ? looksLikeHash(member) : typeof member === 'object') members.push({ name, value: member, parent })
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
  [...text.matchAll(/<([\w:.-]+)(?:\s[^<>]*)?>\s*(T0[E-H][^<]*)/g)].flatMap(([, name, content]) =>
    looksLikeHash(content!) ? [{ place: safeText(name!, NAME_MAX), input: content!.trim() }] : [],
  )

/** Rows of a table: the column that is called so, else whatever begins like a hash. */
function inLines(text: string): FoundHash[] {
  let column = -1
  return text.split(/\r\n|\n|\r/).flatMap((line, index): FoundHash[] => {
    const fields = line.split(/[,;\t]/).map((field) => field.trim().replace(/^"(.*)"$/, '$1'))
    const header = fields.findIndex((field) => HEADER.test(field))
    if (header >= 0) {
      column = header
      return []
    }
    const named = fields[column]
    const hashes = named ? [named] : fields.filter(looksLikeHash)
    const [first] = fields
    const device = first && !looksLikeHash(first) ? ` (${safeText(first, NAME_MAX)})` : ''
    return hashes.map((input) => ({ place: `line ${index + 1}${device}`, input }))
  })
}
