import type { TpmFacts } from '../../domain/device.ts'

/** Infineon firmware that makes weak RSA keys (ROCA), by major number: up to and including a minor one, or a range (3.9 [O]). */
const ROCA: readonly { major: number; from: number; to: number }[] = [
  { major: 4, from: 0, to: 33 },
  { major: 4, from: 40, to: 42 },
  { major: 5, from: 0, to: 61 },
  { major: 6, from: 0, to: 42 },
  { major: 7, from: 0, to: 61 },
  { major: 133, from: 0, to: 32 },
]

/** Major and minor number: the halves of the first firmware word. */
export const firmwareOf = ({ firmware: [word] }: Pick<TpmFacts, 'firmware'>) => ({
  major: word >>> 16,
  minor: word & 0xffff,
})

export const isVulnerable = (vendor: string, { major, minor }: { major: number; minor: number }): boolean =>
  vendor === 'IFX' && ROCA.some((range) => range.major === major && minor >= range.from && minor <= range.to)
