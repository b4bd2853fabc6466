import type { DiskFile, TextEncoding } from '../domain/device.ts'
import { encodeAnsi } from '../protocols/autopilot-csv/ansi.ts'

const ENCODERS: Record<TextEncoding, (text: string) => Uint8Array> = {
  ansi: encodeAnsi,
  'utf-8': (text) => Buffer.from(text, 'utf8'),
  'utf-8-bom': (text) => Buffer.from(`\ufeff${text}`, 'utf8'),
  'utf-16le': (text) => Buffer.from(`\ufeff${text}`, 'utf16le'),
  'utf-16be': (text) => Buffer.from(`\ufeff${text}`, 'utf16le').swap16(),
}

/** What is in a file of the disk. @throws RangeError for a character that its encoding does not have */
export function bytesOf({ json, text, base64, encoding = 'ansi' }: DiskFile): Uint8Array {
  if (base64 !== undefined) return Buffer.from(base64, 'base64')
  return ENCODERS[encoding](text ?? JSON.stringify(json ?? {}, null, 2))
}
