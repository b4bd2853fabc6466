import * as v from 'valibot'
import { type AutopilotProfile, OOBE_CONFIG, unknownBitsIn } from '../../domain/autopilot.ts'
import { DecodeError } from '../../domain/trouble.ts'
import { decodeAnsi } from '../autopilot-csv/ansi.ts'
import { isRecord, parseJsonObject } from '../json.ts'
import { checked, number, object, optional, text } from '../json-answer.ts'
import { encodeAutopilotProfile } from './profile.ts'

/** What came of reading `AutopilotConfigurationFile.json`. The keys of the refusals are those of the events that Windows logs. */
export type ConfigurationFile =
  | {
      kind: 'profile'
      profile: AutopilotProfile /** Members that no device reads. */
      unread: string[]
      unknownBits: number
    }
  /** Windows does not use it: ordinary OOBE. */
  | { kind: 'refused'; event: 'encoding' | 'parse' | 'correlator'; why: string }
  /** Well written, and Microsoft supports no such file: what Windows does with it is not published. */
  | { kind: 'unsupported'; why: string }

const CODE = 'ERR_CONFIGURATION_FILE_MALFORMED'
const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/** Longer than any text that a profile has; where Windows draws the line is not published. */
const TEXT_MAX = 2_048
const U32_MAX = 0xffff_ffff

const shortText = v.pipe(text, v.maxLength(TEXT_MAX, `has more than ${TEXT_MAX} characters`))
const guid = v.pipe(shortText, v.regex(GUID, 'is not a GUID without braces'))
const bits = v.pipe(
  number,
  v.check((value) => Number.isInteger(value) && value >= 0 && value <= U32_MAX, 'is not a number of 32 bits'),
)
const zeroOrOne = v.picklist([0, 1], 'is not 0 or 1')

/** Members that the documentation of the file calls required (oobe-autopilot-esp.md, 2.5 and 3.1 [D]), and those that it may have. */
const MEMBERS = {
  CloudAssignedTenantId: guid,
  CloudAssignedTenantDomain: v.pipe(shortText, v.minLength(1, 'is empty')),
  CloudAssignedOobeConfig: bits,
  CloudAssignedDomainJoinMethod: zeroOrOne,
  CloudAssignedForcedEnrollment: zeroOrOne,
  CloudAssignedAadServerData: shortText,
  CloudAssignedTenantUpn: optional(shortText),
  CloudAssignedDeviceName: optional(shortText),
  CloudAssignedLanguage: optional(shortText),
  CloudAssignedRegion: optional(shortText),
}

const FILE = object(MEMBERS)

/** Of the exports, and without a meaning for the first boot here. */
const WITHOUT_EFFECT = [
  'Version',
  'Comment_File',
  'ZtdCorrelationId',
  'CloudAssignedAutopilotUpdateDisabled',
  'CloudAssignedAutopilotUpdateTimeout',
]

const SERVER_DATA = object({ ZeroTouchConfig: object({ CloudAssignedTenantUpn: optional(shortText) }) })

/**
 * Reads the bytes of an `AutopilotConfigurationFile.json` as Windows does: ANSI, one profile, the required members. A profile of a file
 * has a correlation id, and no registration. What Windows does with a member that is missing or of another type is not published: the
 * file is not used, which is what the events for it say (8.1 [F]).
 */
export function readConfigurationFile(bytes: Uint8Array): ConfigurationFile {
  const { text: written, trouble } = decodeAnsi(bytes)
  if (trouble) return { kind: 'refused', event: 'encoding', why: trouble.text }
  try {
    return profileIn(parseJsonObject(written, CODE))
  } catch (error) {
    if (error instanceof DecodeError) return { kind: 'refused', event: 'parse', why: error.message }
    throw error
  }
}

function profileIn(members: Record<string, unknown>): ConfigurationFile {
  const json = checked(members, FILE, CODE)
  const tenantUpn = json.CloudAssignedTenantUpn || assignedUserIn(json.CloudAssignedAadServerData)
  const { ZtdCorrelationId: correlator } = members
  if (typeof correlator !== 'string' || !GUID.test(correlator)) {
    const why = `ZtdCorrelationId ${correlator === undefined ? 'is missing' : 'is not a GUID without braces'}`
    return { kind: 'refused', event: 'correlator', why }
  }
  const oobeConfig = json.CloudAssignedOobeConfig
  const mode = unsupportedMode(oobeConfig, json.CloudAssignedDomainJoinMethod)
  if (mode !== undefined) return { kind: 'unsupported', why: mode }
  const known = [...Object.keys(MEMBERS), ...WITHOUT_EFFECT]
  return {
    kind: 'profile',
    profile: {
      tenantId: json.CloudAssignedTenantId.toLowerCase(),
      tenantDomain: json.CloudAssignedTenantDomain,
      tenantUpn,
      oobeConfig,
      deviceName: json.CloudAssignedDeviceName ?? '',
      language: json.CloudAssignedLanguage ?? '',
      region: json.CloudAssignedRegion ?? '',
      forcedEnrollment: json.CloudAssignedForcedEnrollment === 1,
      deploymentProfileName: '',
      ztdRegistrationId: '',
      ztdCorrelationId: correlator.toLowerCase(),
      isExplicit: false,
    },
    unread: Object.keys(members).filter((name) => !known.includes(name)),
    unknownBits: unknownBitsIn(oobeConfig),
  }
}

/** An empty `ZeroTouchConfig` is a blank profile (3.1 [D, F]). */
function assignedUserIn(serverData: string): string {
  const data = parseJsonObject(serverData, CODE)
  if (!isRecord(data.ZeroTouchConfig) || Object.keys(data.ZeroTouchConfig).length === 0) {
    throw new DecodeError(
      CODE,
      'CloudAssignedAadServerData has no ZeroTouchConfig, which makes the profile a blank one',
    )
  }
  return checked(data, SERVER_DATA, CODE).ZeroTouchConfig.CloudAssignedTenantUpn ?? ''
}

/** Only user-driven mode comes from a file, with a join to Microsoft Entra or to Active Directory (2.5 [D]). */
function unsupportedMode(oobeConfig: number, domainJoinMethod: number): string | undefined {
  const attests = OOBE_CONFIG.tpmAttestation | OOBE_CONFIG.deviceAuthentication
  if ((oobeConfig & attests) !== 0) {
    return `CloudAssignedOobeConfig ${oobeConfig} is that of a self-deploying profile (bits 32 and 64): a file is for user-driven mode alone`
  }
  if (domainJoinMethod === 1) {
    return 'CloudAssignedDomainJoinMethod 1 asks for a hybrid join, which oobe-sim does not play from a file'
  }
  return undefined
}

/** Members that the public exporter writes, in its order; those of the service's answer are left out (3.1, 3.2 [F]). */
export function encodeConfigurationFile(profile: AutopilotProfile & { ztdCorrelationId: string }): string {
  const { DeploymentProfileName, IsExplicitProfileAssignment, ZtdRegistrationId, ...members } =
    encodeAutopilotProfile(profile)
  void [DeploymentProfileName, IsExplicitProfileAssignment, ZtdRegistrationId]
  const given = Object.entries(members).filter(([, value]) => value !== '')
  // A file is ASCII: what is beyond it is written as JSON can write it.
  const ascii = JSON.stringify(Object.fromEntries(given), null, 2).replace(
    /[\u0080-\uffff]/g,
    (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
  return `${ascii}\r\n`
}
