import type { PageId } from '../pages.ts'
import type { Cause } from '../windows-codes/windows-code.ts'

/** Kinds of codes, the likeliest one of a bare number first. */
export const FAMILY_TITLES = {
  registration: 'results of a registration with Windows Autopilot (deviceErrorCode, deviceErrorName)',
  lookup: 'answers of the Autopilot service that come without a profile',
  signIn: 'AADSTS numbers of Microsoft Entra',
  windows: 'Windows codes: HRESULTs and what the sign-in page shows',
  event: 'event ids of the Windows event logs',
  system: 'error numbers of the system and results of msiexec, also as 0x8007….',
  http: 'HTTP statuses as Windows codes, 0x8019….',
  syncml: 'SyncML statuses and codes of management agents, 0x87d1….',
  tpm: 'response codes of a TPM 2.0 (TPM_RC), also as 0x8028….',
  page: 'categories, steps and states of the Enrollment Status Page',
  profile: 'values of CloudAssignedOobeConfig, and their bits',
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
