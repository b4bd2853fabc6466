import { isRecord } from '../../protocols/json.ts'
import type { ConfigurationPolicy, PolicySetting } from './configuration-policy.ts'

/** Definition ids are in lower case: nodes whose spelling their documentation has, by what comes after the root. */
const SPELLINGS: readonly string[] = [
  'BitLocker/RequireDeviceEncryption',
  'BitLocker/AllowStandardUserEncryption',
  'BitLocker/AllowWarningForOtherDiskEncryption',
  'Policy/Config/Browser/AllowDoNotTrack',
  'Policy/Config/Connectivity/AllowBluetooth',
  'Policy/Config/DeviceLock/AllowSimpleDevicePassword',
  'Policy/Config/DeviceLock/AlphanumericDevicePasswordRequired',
  'Policy/Config/DeviceLock/DevicePasswordEnabled',
  'Policy/Config/DeviceLock/DevicePasswordExpiration',
  'Policy/Config/DeviceLock/DevicePasswordHistory',
  'Policy/Config/DeviceLock/MaxDevicePasswordFailedAttempts',
  'Policy/Config/DeviceLock/MaxInactivityTimeDeviceLock',
  'Policy/Config/DeviceLock/MinDevicePasswordComplexCharacters',
  'Policy/Config/DeviceLock/MinDevicePasswordLength',
  'Policy/Config/Education/AllowGraphingCalculator',
  'Policy/Config/Education/IsEducationEnvironment',
  'Policy/Config/Education/PreventAddingNewPrinters',
  'Policy/Config/Experience/AllowCortana',
  'Policy/Config/Experience/AllowManualMDMUnenrollment',
  'Policy/Config/Privacy/LetAppsAccessCamera',
  'Policy/Config/System/AllowTelemetry',
  'Policy/Config/Update/AllowAutoUpdate',
]

const BY_ID = new Map(SPELLINGS.map((path) => [path.toLowerCase().replaceAll('/', '_'), path]))

const ID = /^(device|user)_vendor_msft_(.+)$/
/** Area and name; areas of ADMX files have an underscore, and what a program brought has a tilde: those are not plain values. */
const POLICY = /^policy_config_(?!admx_)([a-z0-9]+)_([a-z0-9_]+)$/

/**
 * The node that a setting of the catalogue is about: its id is the path with underscores. Undefined where no rule is known.
 * Windows takes the name of a policy in any letter case: an assumption. An id that the table does not have gives a path in lower case.
 */
export function nodeOf(definitionId: string): { scope: 'device' | 'user'; uri: string } | undefined {
  const [, scope, rest] = ID.exec(definitionId) ?? []
  if (scope === undefined || rest === undefined) return undefined
  const [, area, name] = POLICY.exec(rest) ?? []
  const path = BY_ID.get(rest) ?? (area === undefined ? undefined : `Policy/Config/${area}/${name}`)
  if (path === undefined) return undefined
  const isUser = scope === 'user'
  return { scope: isUser ? 'user' : 'device', uri: `${isUser ? './User' : './Device'}/Vendor/MSFT/${path}` }
}

/** What a setting writes: a choice, or one number or text. Undefined for groups and lists, and for a choice that has more below it. */
function writtenBy(instance: Readonly<Record<string, unknown>>, definitionId: string): string | undefined {
  const { choiceSettingValue: choice, simpleSettingValue: simple } = instance
  if (isRecord(choice)) {
    const { value, children } = choice
    const prefix = `${definitionId}_`
    if (typeof value !== 'string' || !value.startsWith(prefix)) return undefined
    return Array.isArray(children) && children.length > 0 ? undefined : value.slice(prefix.length)
  }
  const value = isRecord(simple) ? simple.value : undefined
  return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined
}

const formatOf = (value: string, isText: boolean): PolicySetting['format'] => {
  if (isText) return 'chr'
  if (/^-?\d+$/.test(value)) return 'int'
  return /^(true|false)$/.test(value) ? 'bool' : 'chr'
}

/** A setting as a device gets it; undefined for one that is not sent. */
export function settingOf(policy: string, setting: Readonly<Record<string, unknown>>): PolicySetting | undefined {
  const { settingInstance: instance } = setting
  if (!isRecord(instance) || typeof instance.settingDefinitionId !== 'string') return undefined
  const node = nodeOf(instance.settingDefinitionId)
  const value = writtenBy(instance, instance.settingDefinitionId)
  if (!node || value === undefined) return undefined
  const { simpleSettingValue: simple } = instance
  const isText = isRecord(simple) && typeof simple.value === 'string'
  return { ...node, value, format: formatOf(value, isText), policy }
}

/** Whether any device can get it: Windows, and managed by MDM. */
const isForDevices = ({ platforms, technologies }: ConfigurationPolicy): boolean =>
  platforms.split(',').includes('windows10') && technologies.split(',').includes('mdm')

export const settingsOf = (policy: ConfigurationPolicy): PolicySetting[] =>
  isForDevices(policy) ? policy.settings.flatMap((setting) => settingOf(policy.id, setting) ?? []) : []
