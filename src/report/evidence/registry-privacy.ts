import type { PrivacyChoices, PrivacySetting } from '../../domain/privacy.ts'
import type { RegistryFile, RegistryValue } from './registry-file.ts'

const WINDOWS = 'SOFTWARE\\Microsoft\\Windows\\CurrentVersion'
const MACHINE = `HKEY_LOCAL_MACHINE\\${WINDOWS}`
const USER = `HKEY_CURRENT_USER\\${WINDOWS}`

interface PrivacyValue {
  key: string
  name: string
  on: RegistryValue
  off: RegistryValue
}

/**
 * Where Windows keeps what the page of the privacy settings asks. The values are those that the switches of Settings set, as the field
 * reads them [F]; that the page of the first boot sets the same ones is an assumption [U].
 */
const VALUES: Readonly<Record<PrivacySetting, PrivacyValue>> = {
  location: {
    key: `${MACHINE}\\CapabilityAccessManager\\ConsentStore\\location`,
    name: 'Value',
    on: 'Allow',
    off: 'Deny',
  },
  findMyDevice: {
    key: 'HKEY_LOCAL_MACHINE\\SOFTWARE\\Microsoft\\MdmCommon\\SettingValues',
    name: 'LocationSyncEnabled',
    on: 1,
    off: 0,
  },
  // 3 is optional diagnostic data, 1 is what is required.
  diagnosticData: { key: `${MACHINE}\\Policies\\DataCollection`, name: 'AllowTelemetry', on: 3, off: 1 },
  inking: { key: 'HKEY_CURRENT_USER\\SOFTWARE\\Microsoft\\Input\\TIPC', name: 'Enabled', on: 1, off: 0 },
  tailoredExperiences: {
    key: `${USER}\\Privacy`,
    name: 'TailoredExperiencesWithDiagnosticDataEnabled',
    on: 1,
    off: 0,
  },
  advertisingId: { key: `${USER}\\AdvertisingInfo`, name: 'Enabled', on: 1, off: 0 },
}

/** What a person has left on and switched off; nothing before the page was accepted. */
export function privacyValues(privacy: PrivacyChoices | undefined, file: RegistryFile): void {
  if (!privacy) return
  for (const [setting, isOn] of Object.entries(privacy) as [PrivacySetting, boolean][]) {
    const { key, name, on, off } = VALUES[setting]
    file.set(key, name, isOn ? on : off)
  }
}
