import type { PageId } from '../pages.ts'
import type { Cause } from '../windows-codes/windows-code.ts'

/** Kinds of codes, the likeliest one of a bare number first: what one is, and what all are. */
export const FAMILY_TITLES = {
  registration: {
    one: 'result of a registration',
    all: 'results of a registration with Windows Autopilot: deviceErrorCode, deviceErrorName',
  },
  lookup: {
    one: 'answer of the Autopilot service',
    all: 'answers of the Autopilot service that come without a profile',
  },
  signIn: { one: 'Microsoft Entra', all: 'AADSTS numbers of Microsoft Entra' },
  windows: { one: 'Windows code', all: 'Windows codes: HRESULTs, and what the sign-in page shows' },
  event: { one: 'event of a Windows event log', all: 'event ids of the Windows event logs that a device writes' },
  system: { one: 'error of the system', all: 'error numbers of the system and results of msiexec, also as 0x8007…' },
  http: { one: 'HTTP status', all: 'HTTP statuses as Windows codes, 0x8019…' },
  syncml: { one: 'management', all: 'SyncML statuses and codes of management agents, 0x87d1…' },
  tpm: { one: 'response of a TPM 2.0', all: 'response codes of a TPM 2.0, also as 0x8028…' },
  page: { one: 'Enrollment Status Page', all: 'categories, steps and states of the Enrollment Status Page' },
  profile: { one: 'bits of a profile', all: 'values of CloudAssignedOobeConfig, and their bits' },
} as const

export type FamilyId = keyof typeof FAMILY_TITLES

/** What a code means to a person who meets it. */
export interface Explanation {
  family: FamilyId
  /** As it is written most often. */
  code: string
  /** Other words for it that a person may have before them. */
  also?: readonly string[]
  /** Several where it means something else in another place. */
  causes: readonly [Cause, ...Cause[]]
  /** The pages on which it can appear; none where a person sees it elsewhere. */
  pages: readonly PageId[]
  /** Where else it is seen: a portal, a log. */
  seen?: string
  /** What to do. */
  help: string
}

/** What to do about a code, and the pages on which it can appear where its group does not say. */
export interface Help {
  help: string
  pages?: readonly PageId[]
}
