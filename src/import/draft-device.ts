import type { DeviceDefinition, DiskFile } from '../domain/device.ts'
import type { TenantDefinition } from '../domain/tenant.ts'
import { buildParts, EDITION_NAMES, type Edition } from '../domain/windows-versions.ts'
import { PROFILE_PATH } from '../protocols/autopilot/disk-file.ts'
import { loadDeviceFile, namesOf } from '../scenario/library.ts'
import { deploysItself, isPreProvisioned, isPrepared } from './ending.ts'
import type { Guess, Plain } from './guess.ts'
import type { Incident } from './incident.ts'

export interface DraftedDevice {
  use: string
  with: Plain
  edition: string
  /** On a cable: a device that deploys itself asks for no network then. */
  isWired: boolean
  guesses: Guess[]
}

/** `EditionID` of the registry, where it is not the name of the edition. */
const EDITION_IDS: Readonly<Record<string, Edition>> = {
  CloudEdition: 'SE',
  Core: 'Home',
  Professional: 'Pro',
  ProfessionalEducation: 'Pro Education',
}

const editionIn = (text: string | undefined): Edition | undefined =>
  text === undefined ? undefined : (EDITION_IDS[text] ?? EDITION_NAMES.find((name) => name === text))

/** A shipped device that is most like the one of the incident: identities are its own. */
export function draftedDevice(incident: Incident, school: TenantDefinition): DraftedDevice {
  const { manufacturer, model, build, hasTpm } = incident.device
  const edition = editionIn(incident.device.edition)
  const registered = new Set(school.devices.map(({ device }) => device))
  const needsCable = deploysItself(incident) || isPreProvisioned(incident)
  const known = namesOf('device').map(loadDeviceFile)
  const score = (device: DeviceDefinition): number =>
    (same(device.smbios.productName, model) ? 16 : 0) +
    (same(device.smbios.manufacturer, manufacturer) ? 4 : 0) +
    (edition === undefined || device.windows.edition === edition ? 8 : 0) +
    ((hasTpm ?? true) === (device.tpm !== undefined) ? 2 : 0) +
    (device.tpm === undefined || device.tpm.version === '2.0' ? 1 : 0) +
    (!needsCable || hasCable(device) ? 1 : 0) +
    (registered.has(device.id) === !isPrepared(incident) ? 32 : 0) +
    (device.id === USUAL ? 0.5 : 0)
  const best = known.toSorted((a, b) => score(b) - score(a) || a.id.localeCompare(b.id))[0]!
  const isModel = same(best.smbios.productName, model)
  const windows = {
    ...(edition !== undefined && edition !== best.windows.edition ? { edition } : {}),
    // Its revision follows from the updates.
    ...(build !== undefined && isOtherVersion(build, best) ? { build } : {}),
  }
  const isWithoutTpm = hasTpm === false && best.tpm !== undefined
  return {
    use: best.id,
    with: {
      ...(Object.keys(windows).length === 0 ? {} : { windows }),
      ...(isWithoutTpm ? { tpm: null } : {}),
      ...(incident.isProfileOfFile ? { disk: { files: [profileFile(incident, school)] } } : {}),
    },
    edition: edition ?? best.windows.edition,
    isWired: (needsCable && hasCable(best)) || !best.adapters.some(({ kind }) => kind === 'wifi'),
    guesses: [
      ...(isModel
        ? []
        : [
            {
              path: 'device',
              text:
                model === undefined
                  ? 'no file says which model it was'
                  : 'no shipped device is of this model: one that is like it',
            },
          ]),
      { path: 'network', text: 'no file says how the device was connected' },
    ],
  }
}

/** The file of the incident, with the school's own identities: its bits count, and whether it gives a name. */
function profileFile({ profile = {} }: Incident, { tenantId, domain }: TenantDefinition): DiskFile {
  const zeroOrOne = (name: string): number => (Number(profile[name]) === 1 ? 1 : 0)
  const template = profile.CloudAssignedDeviceName
  const macro = typeof template === 'string' ? /%(SERIAL|RAND:\d{1,2})%/.exec(template)?.[0] : undefined
  return {
    path: PROFILE_PATH,
    json: {
      CloudAssignedTenantId: tenantId,
      CloudAssignedTenantDomain: domain,
      CloudAssignedOobeConfig: Number(profile.CloudAssignedOobeConfig) || 0,
      CloudAssignedDomainJoinMethod: zeroOrOne('CloudAssignedDomainJoinMethod'),
      CloudAssignedForcedEnrollment: zeroOrOne('CloudAssignedForcedEnrollment'),
      CloudAssignedAadServerData: JSON.stringify({ ZeroTouchConfig: { CloudAssignedTenantDomain: domain } }),
      ...(macro === undefined ? {} : { CloudAssignedDeviceName: `SIM-${macro}` }),
      ZtdCorrelationId: '00000000-0000-4000-8000-000000000001',
    },
  }
}

const isOtherVersion = (build: string, { windows }: DeviceDefinition): boolean =>
  /^10\.0\.\d{5}\.\d{1,5}$/.test(build) && buildParts(build).number !== buildParts(windows.build).number

const USUAL = 'surface-laptop-se'

const same = (a: string, b: string | undefined): boolean => b !== undefined && a.toLowerCase() === b.toLowerCase()

const hasCable = ({ adapters }: DeviceDefinition): boolean => adapters.some(({ kind }) => kind === 'ethernet')
