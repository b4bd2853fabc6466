import type { PrivacyChoices, PrivacySetting } from '../../domain/privacy.ts'
import type { RegistryFile, RegistryValue } from './registry-file.ts'

const WINDOWS = 'SOFTWARE\\Microsoft\\Windows\\CurrentVersion'
const MACHINE = `HKEY_LOCAL_MACHINE\\${WINDOWS}`
const USER = `HKEY_CURRENT_USER\\${WINDOWS}`

/** `F`: scripts and tools of the field read and write it. `U`: an assumption. */
type Tag = 'F' | 'U'

interface PrivacyValue {
  key: string
  name: string
  on: RegistryValue
  off: RegistryValue
  /** How sure it is that the switch of Settings has this value. */
  value: Tag
  /** How sure it is that the page of the first boot sets it. */
  setByPage: Tag
}

/** Where Windows keeps what the page of the privacy settings asks. */
const VALUES: Readonly<Record<PrivacySetting, PrivacyValue>> = {
  location: {
    key: `${MACHINE}\\CapabilityAccessManager\\ConsentStore\\location`,
    name: 'Value',
    on: 'Allow',
    off: 'Deny',
    value: 'F',
    setByPage: 'U',
  },
  findMyDevice: {
    key: 'HKEY_LOCAL_MACHINE\\SOFTWARE\\Microsoft\\MdmCommon\\SettingValues',
    name: 'LocationSyncEnabled',
    on: 1,
    off: 0,
    value: 'F',
    setByPage: 'U',
  },
  // 3 is optional diagnostic data, 1 is what is required.
  diagnosticData: {
    key: `${MACHINE}\\Policies\\DataCollection`,
    name: 'AllowTelemetry',
    on: 3,
    off: 1,
    value: 'F',
    setByPage: 'U',
  },
  inking: {
    key: 'HKEY_CURRENT_USER\\SOFTWARE\\Microsoft\\Input\\TIPC',
    name: 'Enabled',
    on: 1,
    off: 0,
    value: 'F',
    setByPage: 'U',
  },
  tailoredExperiences: {
    key: `${USER}\\Privacy`,
    name: 'TailoredExperiencesWithDiagnosticDataEnabled',
    on: 1,
    off: 0,
    value: 'F',
    setByPage: 'U',
  },
  advertisingId: { key: `${USER}\\AdvertisingInfo`, name: 'Enabled', on: 1, off: 0, value: 'F', setByPage: 'U' },
}

/** Where a key of the privacy settings is from; undefined for another key. */
export function privacySource(key: string): string | undefined {
  const row = Object.values(VALUES).find((one) => one.key === key)
  return row && `the value [${row.value}]; that the page of the first boot sets it [${row.setByPage}]`
}

/** What a person has left on and switched off; nothing before the page was accepted. */
export function privacyValues(privacy: PrivacyChoices | undefined, file: RegistryFile): void {
  if (!privacy) return
  for (const [setting, isOn] of Object.entries(privacy) as [PrivacySetting, boolean][]) {
    const { key, name, on, off } = VALUES[setting]
    file.set(key, name, isOn ? on : off)
  }
}
