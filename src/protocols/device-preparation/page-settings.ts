import { decodeAnswer, flag, number, object, optional, text } from '../json-answer.ts'

/** `PageSettings` of the DevicePreparation CSP: members as a device keeps them (oobe-autopilot-esp.md, 2.8 [F]). */
export interface PageSettings {
  AgentDownloadTimeoutSeconds: number
  PageTimeoutSeconds: number
  ErrorMessage: string
  AllowSkipOnFailure: boolean
  AllowDiagnostics: boolean
}

/** What a member says that is not there (2.8 [F]). */
export const DEFAULT_PAGE_SETTINGS: PageSettings = {
  AgentDownloadTimeoutSeconds: 1_800,
  PageTimeoutSeconds: 3_600,
  ErrorMessage: '',
  AllowSkipOnFailure: false,
  AllowDiagnostics: false,
}

const CODE = 'ERR_PAGE_SETTINGS_MALFORMED'

const SETTINGS = object({
  AgentDownloadTimeoutSeconds: optional(number),
  PageTimeoutSeconds: optional(number),
  ErrorMessage: optional(text),
  AllowSkipOnFailure: flag,
  AllowDiagnostics: flag,
})

export const encodePageSettings = (settings: PageSettings): string => JSON.stringify(settings)

/** A time that is no time is the default. @throws DecodeError `ERR_PAGE_SETTINGS_MALFORMED` */
export function decodePageSettings(input: string): PageSettings {
  const {
    AgentDownloadTimeoutSeconds,
    PageTimeoutSeconds,
    ErrorMessage = '',
    ...switches
  } = decodeAnswer(input, SETTINGS, CODE)
  const { AgentDownloadTimeoutSeconds: agent, PageTimeoutSeconds: page } = DEFAULT_PAGE_SETTINGS
  return {
    AgentDownloadTimeoutSeconds: timeOr(agent, AgentDownloadTimeoutSeconds),
    PageTimeoutSeconds: timeOr(page, PageTimeoutSeconds),
    ErrorMessage,
    ...switches,
  }
}

/** A year is longer than any deployment. */
const SECONDS_MAX = 31_536_000

const timeOr = (fallback: number, seconds: number | undefined): number =>
  seconds !== undefined && seconds > 0 && seconds <= SECONDS_MAX ? seconds : fallback
