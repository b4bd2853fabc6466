/** A service of the endpoints that gives endorsement certificates. */
export type CertificateService = 'ekIntel' | 'ekAmd' | 'ekQualcomm'

/** A maker of TPMs, by its TCG vendor id (device-identity.md, 3.8 and 3.3). */
export interface TpmVendor {
  id: string
  name: string
  /** TPM_PT_MANUFACTURER: the id as a big-endian word, with the padding of this vendor. */
  word: number
  /** What its certificates call its chips. [O] of IFX and NTC, made up else. */
  model: string
  /** Where it gives the certificate of a firmware TPM to a device that asks with the key. */
  certificateService?: CertificateService
}

export const TPM_VENDORS: readonly TpmVendor[] = [
  { id: 'INTC', name: 'Intel', word: 0x494e_5443, model: 'PTT', certificateService: 'ekIntel' },
  { id: 'AMD', name: 'AMD', word: 0x414d_4400, model: 'fTPM', certificateService: 'ekAmd' },
  { id: 'QCOM', name: 'Qualcomm', word: 0x5143_4f4d, model: 'fTPM', certificateService: 'ekQualcomm' },
  { id: 'MSFT', name: 'Microsoft', word: 0x4d53_4654, model: 'vTPM' },
  { id: 'IFX', name: 'Infineon', word: 0x4946_5800, model: 'SLB9670' },
  { id: 'NTC', name: 'Nuvoton', word: 0x4e54_4300, model: 'NPCT75x' },
  { id: 'STM', name: 'STMicroelectronics', word: 0x5354_4d20, model: 'ST33' },
  { id: 'NTZ', name: 'Nationz', word: 0x4e54_5a00, model: 'Z32H330' },
  { id: 'ATML', name: 'Atmel', word: 0x4154_4d4c, model: 'AT97SC' },
  { id: 'GOOG', name: 'Google', word: 0x474f_4f47, model: 'Titan' },
  { id: 'IBM', name: 'IBM', word: 0x4942_4d00, model: 'swtpm' },
]

/** The vendor of an id, in either case. One that is not in the table is padded with zeros, as most are. */
export function tpmVendor(id: string): TpmVendor {
  const known = TPM_VENDORS.find((vendor) => vendor.id === id.toUpperCase())
  if (known) return known
  const word = [...id.padEnd(4, '\0')].reduce((sum, letter) => sum * 256 + letter.charCodeAt(0), 0)
  return { id, name: id, word, model: 'TPM 2.0' }
}

/** `id:49465800`: how certificates write four bytes (TCG EK Credential Profile, 3.2.9). */
export const tcgId = (word: number): string => `id:${(word >>> 0).toString(16).toUpperCase().padStart(8, '0')}`

/** From what a simulated vendor derives the keys of its authorities. */
export const vendorKeySeed = (id: string): string => `tpm-vendor:${id}`

/** Labels of those keys. Certificates of the unlisted one are sound, but the attestation service was never told of it. */
export const VENDOR_KEY = { root: 'ek-root', issuing: 'ek-issuing', unlisted: 'ek-issuing-unlisted' } as const
