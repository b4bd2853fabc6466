import { spawnSync } from 'node:child_process'
import { encodeHardwareHash, hardwareHashToBase64 } from '../../src/protocols/hardware-hash/encode.ts'
import type { HardwareReport } from '../../src/protocols/hardware-hash/report.ts'
import { soundReport } from '../protocols/hardware-hash/sound-report.ts'
import { PROGRAM } from './program.ts'

export const hashOf = (change: Partial<HardwareReport> = {}) =>
  hardwareHashToBase64(encodeHardwareHash({ ...soundReport(), ...change }))

export const HASH = hashOf()
export const OTHER_UUID = 'aaaaaaaa-4455-4677-8899-aabbccddeeff'
export const BOARD = hashOf({
  smbiosUuid: OTHER_UUID,
  adapters: [{ medium: 9, mac: '02:53:49:4D:09:09', enumerator: 'PCI' }],
})
export const CSV = `Device Serial Number,Windows Product ID,Hardware Hash\r\nSIM-1,,${HASH}\r\nSIM-2,,${BOARD}\r\n`
export const TOTAL = Buffer.from(HASH, 'base64').readUInt16LE(2)
export const TITLE = `3000 bytes, ${TOTAL} of them records, checksum correct`

/** With a pipe as standard input. */
export const piped = (input: string | Uint8Array, ...args: string[]) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [PROGRAM, 'device', ...args], {
    input,
    encoding: 'utf8',
  })
  return { code: status, stdout, stderr }
}
