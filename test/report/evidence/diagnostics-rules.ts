/**
 * The rules of the community's diagnostics script, re-implemented from its documentation (oobe-autopilot-esp.md, 8.4; fidelity notes on
 * its inputs): they know nothing of a journal, and read what lies in a folder.
 */
export interface Folder {
  [name: string]: Uint8Array
}

type Keys = Map<string, Map<string, string | number>>

const text = (bytes: Uint8Array | undefined): string => new TextDecoder().decode(bytes ?? new Uint8Array())

/** A registry export of version 5: UTF-16, little endian, with its mark. */
export function readReg(bytes: Uint8Array): Keys {
  const decoded = new TextDecoder('utf-16le', { ignoreBOM: true }).decode(bytes)
  if (!decoded.startsWith('\ufeffWindows Registry Editor Version 5.00\r\n')) throw new Error('no registry export')
  const keys: Keys = new Map()
  let values = new Map<string, string | number>()
  for (const line of decoded.split('\r\n').slice(1)) {
    const key = /^\[(HKEY_[^\]]+)\]$/.exec(line)?.[1]
    if (key !== undefined) {
      values = new Map()
      keys.set(key, values)
      continue
    }
    const [, name, word, quoted] = /^"((?:[^"\\]|\\.)*)"=(?:dword:([0-9a-f]{8})|"((?:[^"\\]|\\.)*)")$/.exec(line) ?? []
    if (name === undefined) {
      if (line !== '') throw new Error(`no line of a registry export: ${line}`)
      continue
    }
    const plain = (value: string) => value.replace(/\\(.)/g, '$1')
    values.set(plain(name), word === undefined ? plain(quoted!) : Number.parseInt(word, 16))
  }
  return keys
}

export interface ReadEvent {
  id: number
  time: string
  data: string[]
  message: string
}

/** Events of a channel as wevtutil prints them. */
export const readEvents = (xml: string): ReadEvent[] =>
  [...xml.matchAll(/<Event xmlns="[^"]+">(.*?)<\/Event>/gs)].map(([, event]) => ({
    id: Number(/<EventID>(\d+)</.exec(event!)![1]),
    time: /SystemTime="([^"]+)"/.exec(event!)![1]!,
    data: [...event!.matchAll(/<Data Name="\w+"(?:>(.*?)<\/Data>|\/>)/gs)].map(([, value]) => value ?? ''),
    message: /<Message>(.*?)<\/Message>/s.exec(event!)?.[1] ?? '',
  }))

const MICROSOFT = 'HKEY_LOCAL_MACHINE\\SOFTWARE\\Microsoft'
const TRACKING = `${MICROSOFT}\\Windows\\Autopilot\\EnrollmentStatusTracking\\ESPTrackingInfo\\Diagnostics`

const below = (keys: Keys, prefix: string): [string, Map<string, string | number>][] =>
  [...keys].filter(([key]) => key.startsWith(`${prefix}\\`))

/** Each moment of a list of ESPTrackingInfo, in time. */
const moments = (keys: Keys, list: string) =>
  below(keys, `${TRACKING}\\${list}`)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, values]) => ({ time: key.slice(key.lastIndexOf('\\') + 1), values }))

const MSI_STATES: Readonly<Record<number, string>> = {
  10: 'Initialized',
  20: 'Download In Progress',
  40: 'Download Completed',
  50: 'Enforcement In Progress',
  60: 'Enforcement Failed',
  70: 'Enforcement Completed',
}
const SIDECAR_STATES: Readonly<Record<number, string>> = {
  1: 'Not Installed',
  2: 'Downloading / Installing',
  3: 'Success',
  4: 'Error',
}
const SHOWN = [72, 100, 107, 109, 110, 111, 1905, 1906, 1920, 1922, 1924]

/** What the script would print, by its inputs. */
export function diagnose(folder: Folder) {
  const keys = readReg(folder['MdmDiagReport_RegistryDump.reg']!)
  const profile = folder['AutopilotDDSZTDFile.json'] ? JSON.parse(text(folder['AutopilotDDSZTDFile.json'])) : undefined
  const csvName = Object.keys(folder).find((name) => name.endsWith('.csv'))
  const autopilot = keys.get(`${MICROSOFT}\\Provisioning\\Diagnostics\\Autopilot`)
  const cache = keys.get(`${MICROSOFT}\\Provisioning\\AutopilotPolicyCache`)
  const enrollment = [...keys].find(
    ([key, values]) => /\\Enrollments\\[0-9A-F-]{36}$/i.test(key) && values.get('EnrollmentType') === 6,
  )
  const firstSync = enrollment && keys.get(`${enrollment[0]}\\FirstSync`)
  const mdm = Object.keys(folder).find((name) => name.endsWith('enterprise-diagnostics-provider-admin.xml'))
  return {
    profileFile: profile,
    hash: csvName ? text(folder[csvName]).split('\r\n')[1]?.split(',') : undefined,
    autopilot: autopilot && Object.fromEntries(autopilot),
    correlations: Object.fromEntries(
      keys.get(`${MICROSOFT}\\Provisioning\\Diagnostics\\Autopilot\\EstablishedCorrelations`) ?? [],
    ),
    policyCache: cache && {
      isAvailable: cache.get('ProfileAvailable') === 1,
      json: cache.has('PolicyJsonCache') ? JSON.parse(String(cache.get('PolicyJsonCache'))) : undefined,
    },
    enrollment: enrollment && Object.fromEntries(enrollment[1]),
    statusPage: firstSync && {
      isDeviceOn: firstSync.get('SkipDeviceStatusPage') === 0,
      isUserOn: firstSync.get('SkipUserStatusPage') === 0,
      timeout: firstSync.get('SyncFailureTimeout'),
      allowsReset: (Number(firstSync.get('BlockInStatusPage')) & 1) !== 0,
      allowsRetry: (Number(firstSync.get('BlockInStatusPage')) & 2) !== 0,
      allowsContinue: (Number(firstSync.get('BlockInStatusPage')) & 4) !== 0,
    },
    policies: moments(keys, 'ExpectedPolicies').flatMap(({ values }) => [...values.keys()]),
    networkProfiles: moments(keys, 'ExpectedNetworkProfiles').flatMap(({ values }) => [...values.keys()]),
    msiSteps: moments(keys, 'ExpectedMSIAppPackages').flatMap(({ values }) =>
      [...values.values()].map((value) => MSI_STATES[Number(value)]),
    ),
    sidecar: moments(keys, 'Sidecar').flatMap(({ values }) =>
      [...values].map(([name, value]) => `${name}: ${SIDECAR_STATES[Number(value)]}`),
    ),
    msi: below(keys, `${MICROSOFT}\\EnterpriseDesktopAppManagement`).map(([, values]) => [
      values.get('Name') ?? values.get('ProductCode'),
      MSI_STATES[Number(values.get('Status'))],
    ]),
    exitCodes: below(keys, `${MICROSOFT}\\IntuneManagementExtension\\Win32Apps`).map(([key, values]) => [
      key.slice(key.lastIndexOf('\\') + 1),
      values.get('ExitCode'),
    ]),
    processedPolicies: below(keys, `${MICROSOFT}\\Provisioning\\NodeCache`).map(([, values]) => [
      values.get('NodeUri'),
      values.get('ExpectedValue'),
    ]),
    windows: Object.fromEntries(keys.get(`${MICROSOFT}\\Windows NT\\CurrentVersion`) ?? []),
    join: below(keys, 'HKEY_LOCAL_MACHINE\\SYSTEM\\CurrentControlSet\\Control\\CloudDomainJoin\\JoinInfo').map(
      ([, values]) => Object.fromEntries(values),
    ),
    delivery: Object.fromEntries(
      [...text(folder['DeliveryOptimization.txt']).matchAll(/^(\w+) +: (.*?)\r?$/gm)].map(([, name, value]) => [
        name,
        value,
      ]),
    ),
    timeline: mdm ? readEvents(text(folder[mdm])).filter(({ id }) => SHOWN.includes(id)) : [],
  }
}
