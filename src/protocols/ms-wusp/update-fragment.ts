import { isInstallTime } from '../../domain/duration.ts'
import { DecodeError } from '../../domain/trouble.ts'
import { attribute, child, filledTextOf, type XmlElement } from '../xml/element.ts'
import { parseXml } from '../xml/read.ts'
import { element, joinXml, leaf, type XmlChild } from '../xml/write.ts'

const MALFORMED = 'ERR_WUSP_UPDATE_MALFORMED'

/** An update as its core fragment describes it: a small part of what Windows Update's metadata can say. */
export interface AvailableUpdate {
  /** `critical` is the zero-day package and drivers, `quality` the monthly security update. */
  kind: 'critical' | 'quality'
  updateId: string
  title: string
  /** Virtual seconds; the real metadata has no such thing. */
  installSeconds: number
  needsRestart: boolean
  /** The third part of the builds that it is for; left out: for all. */
  version?: number | undefined
  /** The fourth part of the build after it: it is for those below. */
  revision?: number | undefined
}

const WINDOWS_KEY = 'SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion'

/** `IsInstallable` of the applicability rules, as far as builds go. */
const rulesOf = ({ version, revision }: AvailableUpdate): XmlChild =>
  version === undefined
    ? undefined
    : element(
        'ApplicabilityRules',
        {},
        element(
          'IsInstallable',
          {},
          element('WindowsVersion', { Comparison: 'EqualTo', BuildNumber: String(version) }),
          revision === undefined
            ? undefined
            : element('RegDword', {
                Key: 'HKEY_LOCAL_MACHINE',
                Subkey: WINDOWS_KEY,
                Value: 'UBR',
                Comparison: 'LessThan',
                Data: String(revision),
              }),
        ),
      )

/** Core fragment of an update ([MS-WUSP] 2.2.2.2.4, UpdateInfo/Xml). The stand-in's seconds are an attribute of ours. */
export function encodeUpdateFragment(update: AvailableUpdate): string {
  const kind = update.kind === 'critical' ? 'CriticalUpdates' : 'SecurityUpdates'
  return joinXml(
    element(
      'Update',
      {},
      element('UpdateIdentity', { UpdateID: update.updateId, RevisionNumber: '1' }),
      element('Properties', {
        UpdateType: 'Software',
        Classification: kind,
        SimulatedSeconds: String(update.installSeconds),
      }),
      leaf('Title', update.title),
      element('InstallationBehavior', {
        RebootBehavior: update.needsRestart ? 'AlwaysRequiresReboot' : 'NeverReboots',
      }),
      rulesOf(update),
    ),
  )
}

function secondsOf(text: string): number {
  const seconds = /^[\d.e+-]{1,30}$/i.test(text) ? Number(text) : Number.NaN
  if (isInstallTime(seconds)) return seconds
  throw new DecodeError(MALFORMED, 'SimulatedSeconds is no number of seconds')
}

function numberOf(rule: XmlElement | undefined, name: string): number | undefined {
  const written = rule && attribute(rule, name)
  if (written === undefined) return undefined
  if (/^\d{1,9}$/.test(written)) return Number(written)
  throw new DecodeError(MALFORMED, `${name} is no number`)
}

/** @throws DecodeError `ERR_WUSP_UPDATE_MALFORMED` */
export function decodeUpdateFragment(xml: string): AvailableUpdate {
  const root = parseXml(xml)
  const identity = child(root, 'UpdateIdentity')
  const properties = child(root, 'Properties')
  const behavior = child(root, 'InstallationBehavior')
  if (!identity || !properties) throw new DecodeError(MALFORMED, 'the update has no identity or no properties')
  const rules = child(child(root, 'ApplicabilityRules'), 'IsInstallable')
  return {
    version: numberOf(child(rules, 'WindowsVersion'), 'BuildNumber'),
    revision: numberOf(child(rules, 'RegDword'), 'Data'),
    kind: attribute(properties, 'Classification') === 'CriticalUpdates' ? 'critical' : 'quality',
    updateId: attribute(identity, 'UpdateID') ?? '',
    title: filledTextOf(root, 'Title') ?? '',
    installSeconds: secondsOf(attribute(properties, 'SimulatedSeconds') ?? '60'),
    needsRestart: attribute(behavior, 'RebootBehavior') === 'AlwaysRequiresReboot',
  }
}
