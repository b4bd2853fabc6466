/** What the page of a failed join or enrolment says to a code: the key of its sentence in `src/texts`. */
export type PageSentence =
  | 'communication'
  | 'authentication'
  | 'notAuthorized'
  | 'certificate'
  | 'inProgress'
  | 'alreadyEnrolled'
  | 'tooMany'
  | 'notSupported'
  | 'notAccepted'
  | 'maintenance'
  | 'licence'
  | 'wrongConfiguration'
  | 'termsOfUse'
  | 'notTrusted'
  | 'restartNeeded'
  | 'invalidCertificate'

/** Microsoft's table of enrolment error codes (oobe-autopilot-esp.md, 4.10 [D]): 35 codes, and one without a number, for terms that are not accepted. */
const CODES: Readonly<Record<Exclude<PageSentence, 'termsOfUse'>, readonly string[]>> = {
  communication: [
    ...['0x80180001', '0x80180005', '0x80180006', '0x80180008', '0x80180010'],
    ...['0x801c0001', '0x801c0006', '0x801c000c', '0x801c0012'],
  ],
  authentication: [
    ...['0x80180002', '0x80180007', '0x8018000e', '0x8018000f'],
    ...['0x801c0002', '0x801c0011', '0x801c0013', '0x801c0014'],
  ],
  notAuthorized: ['0x80180003', '0x801c0003'],
  certificate: ['0x80180004', '0x8018000d', '0x80180012'],
  inProgress: ['0x80180009'],
  alreadyEnrolled: ['0x8018000a'],
  tooMany: ['0x80180013', '0x801c000e'],
  notSupported: ['0x80180014', '0x80180015'],
  notAccepted: ['0x80180016'],
  maintenance: ['0x80180017'],
  licence: ['0x80180018'],
  wrongConfiguration: ['0x80180019'],
  notTrusted: ['0x801c000b'],
  restartNeeded: ['0x801c000f'],
  invalidCertificate: ['0x801c0010'],
}

const BY_CODE: ReadonlyMap<string, PageSentence> = new Map(
  (Object.entries(CODES) as [PageSentence, readonly string[]][]).flatMap(([sentence, codes]) =>
    codes.map((code) => [code, sentence] as const),
  ),
)

/** Undefined for a code that is in no table of Microsoft's: nothing is known of what the page says then. */
export const pageSentence = (code: string): PageSentence | undefined => BY_CODE.get(code.toLowerCase())

export const SENTENCED_CODES: readonly string[] = [...BY_CODE.keys()]
