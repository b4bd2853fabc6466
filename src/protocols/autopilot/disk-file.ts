import type { DiskFacts, DiskFile, TextEncoding } from '../../domain/device.ts'
import { encodeAnsi } from '../autopilot-csv/ansi.ts'

/** Where Windows looks for a profile on its disk, and for what (oobe-autopilot-esp.md, 2.5 [D]). */
export const PROFILE_FOLDER = 'C:\\Windows\\Provisioning\\Autopilot'
export const PROFILE_FILE = 'AutopilotConfigurationFile.json'
export const PROFILE_PATH = `${PROFILE_FOLDER}\\${PROFILE_FILE}`

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

/** Upper and lower case are alike in Windows. */
export const isSamePath = (one: string, other: string): boolean => one.toLowerCase() === other.toLowerCase()

/** The file that has its name and its place; `sysprep /generalize` deletes it. */
export const profileFileIn = ({ files = [], isGeneralized = false }: Partial<DiskFacts>): DiskFile | undefined =>
  isGeneralized ? undefined : files.find(({ path }) => isSamePath(path, PROFILE_PATH))
