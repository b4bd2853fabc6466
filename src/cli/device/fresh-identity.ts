import type { DiskFacts } from '../../domain/device.ts'
import type { Chance } from '../../ports/chance.ts'

/** What tells one device from another. All of it says that it is synthetic, and none is one of a shipped device's. */
export interface Identity {
  serialNumber: string
  uuid: string
  productKeyId: string
  productKeyPartNumber: string
  /** 64 hexadecimal digits. */
  endorsementSeed: string
  /** In the form that such a disk has; a virtual disk has none. */
  diskSerialNumber: string
  /** The MAC address of the adapter at this place. */
  macAt: (index: number) => string
}

/** The same chance gives the same identity, whatever becomes of its parts. */
export function freshIdentity(chance: Chance, disk: DiskFacts): Identity {
  // The shipped devices have the lower half.
  const firstMac = 0x8000 + chance.integer(0x7000)
  return {
    serialNumber: `SIM-${letters(chance, 4)}-${digits(chance, 6)}`,
    uuid: uuidOf(chance),
    productKeyId: `33${digits(chance, 11)}`,
    productKeyPartNumber: `[XX]X00-${digits(chance, 5)}`,
    endorsementSeed: hexOf(chance, 32),
    diskSerialNumber: diskSerialLike(disk, chance),
    macAt: (index) => `02:53:49:4D:${hexByte((firstMac + index) >> 8)}:${hexByte((firstMac + index) & 0xff)}`,
  }
}

const LETTERS = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789'

const letters = (chance: Chance, length: number): string =>
  Array.from({ length }, () => LETTERS[chance.integer(LETTERS.length)]!).join('')

const digits = (chance: Chance, length: number): string =>
  Array.from({ length }, () => String(chance.integer(10))).join('')

const hexOf = (chance: Chance, bytes: number): string => Buffer.from(chance.bytes(bytes)).toString('hex')

const hexByte = (byte: number): string => byte.toString(16).padStart(2, '0').toUpperCase()

/** Version 4 in its form; its first four bytes are `SIM` and a zero. */
function uuidOf(chance: Chance): string {
  const hex = hexOf(chance, 12)
  const variant = '89ab'[chance.integer(4)]!
  return `53494d00-${hex.slice(0, 4)}-4${hex.slice(4, 7)}-${variant}${hex.slice(7, 10)}-${hex.slice(10, 22)}`
}

function diskSerialLike({ bus, serialNumber }: DiskFacts, chance: Chance): string {
  const number = digits(chance, 8)
  if (serialNumber === '') return ''
  // NVMe reports an EUI-64, of which `53494D` is `SIM` again.
  return bus === 'nvme'
    ? `5349_4D${number.slice(0, 2)}_${number.slice(2, 6)}_${number.slice(6)}00.`
    : `SIM-${bus.toUpperCase()}-${number}`
}
