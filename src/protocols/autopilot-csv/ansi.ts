/**
 * ANSI, as the rules of the import call it: Windows-1252 (device-identity.md section 2.1 [D]). Its characters from 0x80
 * to 0x9F; the rest is Latin-1. Node 20 decodes this encoding as Latin-1, so the table is ours.
 */
const HIGH = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ'

/** Bytes that Windows-1252 does not define. */
const UNDEFINED = [0x81, 0x8d, 0x8f, 0x90, 0x9d]

const fromBytes = (bytes: Uint8Array): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
    .toString('latin1')
    .replace(/[\x80-\x9f]/g, (char) => HIGH[char.charCodeAt(0) - 0x80]!)

export interface DecodedText {
  text: string
  /** When the bytes are not ANSI: what they are, and which character of the text shows it. */
  trouble?: { at: number; text: string; hint: string }
}

const HINT = 'Save it as ANSI, in Notepad for example; Excel and PowerShell 5.1 write other encodings'

/** The text of a file; one in another encoding that can be told is read all the same, with its trouble. */
export function decodeAnsi(bytes: Uint8Array): DecodedText {
  const other = otherEncoding(bytes)
  if (other !== undefined) {
    const text = new TextDecoder(other.label).decode(bytes)
    return { text, trouble: { at: 0, text: `the file is ${other.name}, not ANSI`, hint: HINT } }
  }
  const first = bytes.findIndex((byte) => byte >= 0x80)
  if (first < 0) return { text: fromBytes(bytes) }
  const utf8 = decodeUtf8(bytes)
  if (utf8 !== undefined) {
    const text = `byte ${first} begins a character of UTF-8, and the file must be ANSI`
    return { text: utf8, trouble: { at: first, text, hint: HINT } }
  }
  const bad = Math.min(...UNDEFINED.map((byte) => bytes.indexOf(byte)).filter((at) => at >= 0))
  const text = fromBytes(bytes)
  if (bad === Number.POSITIVE_INFINITY) return { text }
  const code = `0x${bytes[bad]!.toString(16)}`
  return { text, trouble: { at: bad, text: `byte ${bad} is ${code}, which ANSI does not define`, hint: HINT } }
}

function otherEncoding(bytes: Uint8Array): { label: string; name: string } | undefined {
  const [one, two, three] = bytes
  if (one === 0xef && two === 0xbb && three === 0xbf) return { label: 'utf-8', name: 'UTF-8 with a byte order mark' }
  if (one === 0xff && two === 0xfe) return { label: 'utf-16le', name: 'UTF-16 (little-endian)' }
  if (one === 0xfe && two === 0xff) return { label: 'utf-16be', name: 'UTF-16 (big-endian)' }
  if (bytes.length < 2) return undefined
  if (two === 0 && one !== 0) return { label: 'utf-16le', name: 'UTF-16 (little-endian) without a byte order mark' }
  if (one === 0 && two !== 0) return { label: 'utf-16be', name: 'UTF-16 (big-endian) without a byte order mark' }
  return undefined
}

function decodeUtf8(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return undefined
  }
}

/** @throws RangeError for a character that ANSI does not have */
export function encodeAnsi(text: string): Uint8Array {
  const latin1 = text.replace(/[^\0-\x7f\xa0-\xff]/gu, (char) => {
    const index = HIGH.indexOf(char)
    if (index < 0 || UNDEFINED.includes(index + 0x80)) {
      throw new RangeError(`${JSON.stringify(char)} is not in ANSI (Windows-1252)`)
    }
    return String.fromCharCode(index + 0x80)
  })
  return new Uint8Array(Buffer.from(latin1, 'latin1'))
}
