import { EVENTS } from '../../domain/events.ts'
import { CERTAINTY, certaintyOf } from '../../domain/explanations/certainty.ts'
import { channelFile } from './event-xml.ts'
import type { DiskFacts } from './facts.ts'
import { registryOf } from './registry.ts'
import { privacySource } from './registry-privacy.ts'

export type Certainty = 'documented' | 'observed' | 'assumed'

interface ManifestFile {
  name: string
  bytes: number
  kind: string
  about: string
  certainty: Certainty
  source: string
}

/** Keys of the registry by how they begin, the most exact first. */
const KEYS: readonly [begins: RegExp, certainty: Certainty, source: string][] = [
  [/\\Diagnostics\\Autopilot/, 'documented', 'oobe-autopilot-esp.md, 3.5 [D]'],
  [/\\AutopilotPolicyCache/, 'observed', 'oobe-autopilot-esp.md, 3.5 [F]'],
  [/\\AutopilotSettings/, 'observed', 'oobe-autopilot-esp.md, 4.4 [F]'],
  [/\\NodeCache\\/, 'assumed', 'the numbers of its nodes'],
  [/\\Enrollments\\[^\\]+\\FirstSync/, 'observed', 'oobe-autopilot-esp.md, 4.3 [F, M]'],
  [/\\Enrollments\\/, 'observed', 'oobe-autopilot-esp.md, 4.3 [F, M]'],
  [
    /\\EnrollmentStatusTracking\\ESPTrackingInfo/,
    'observed',
    'oobe-autopilot-esp.md, 4.3 [S, M]; times of its keys by ours',
  ],
  [/\\EnrollmentStatusTracking\\/, 'observed', 'oobe-autopilot-esp.md, 4.3 [S, M]'],
  [/\\PolicyManager\\/, 'documented', 'mdm-protocols.md, 3'],
  [/\\EnterpriseDesktopAppManagement\\/, 'observed', 'mdm-protocols.md, 3.2'],
  [/\\OfficeCSP\\/, 'observed', 'oobe-autopilot-esp.md, 4.6 [F]'],
  [/\\IntuneManagementExtension\\/, 'assumed', 'the names of its values'],
  [/\\CloudDomainJoin\\/, 'observed', 'oobe-autopilot-esp.md, 3.5 [F]'],
  [/\\Setup\\State$/, 'documented', 'Microsoft: Windows Setup States; the moment at which it is complete is assumed'],
  [/./, 'documented', 'Windows, general knowledge'],
]

/** What is in the files of a run's evidence, with how sure each kind of line is. */
export function manifestOf(facts: DiskFacts, files: readonly ManifestFile[]): string {
  const { spec, timeOf, endedAt } = facts
  const events = eventParts(facts)
  const withParts = files.map((file) => {
    if (file.kind === 'registry') return { ...file, keys: keyParts(facts) }
    const own = file.kind === 'events' ? events.get(file.name.replace(/^.*\/|\.\w+$/g, '')) : undefined
    return own ? { ...file, events: own } : file
  })
  return `${JSON.stringify(
    {
      about: 'Evidence of a simulated first boot. Every line is read off the journal of the run.',
      product: spec?.product,
      scenario: spec?.scenario,
      seed: spec?.seed,
      deviceTime: timeOf(endedAt),
      files: withParts,
      notWritten: [
        '.evtx: no library that is kept writes it; the event logs are XML and JSON lines',
        'ETL traces, LicensingDiag.cab, TpmHliInfo_Output.txt; of Delivery Optimization only the totals',
      ],
    },
    undefined,
    2,
  )}\n`
}

/** The events that were logged, by the file of their channel. */
function eventParts({ events }: DiskFacts): Map<string, object[]> {
  const parts = new Map<string, Map<string, object>>()
  for (const { channel, id, event } of events) {
    if (id === 0 || event === undefined) continue
    const file = channelFile(channel)
    const own = parts.get(file) ?? new Map<string, object>()
    const { source, sentence } = EVENTS[event]
    own.set(event, {
      id,
      event,
      certainty: tagged(/\[([A-Z])\]$/.exec(source)?.[1]),
      sentence: tagged(sentence),
      source: `oobe-autopilot-esp.md, ${source}`,
    })
    parts.set(file, own)
  }
  return new Map([...parts].map(([file, own]) => [file, [...own.values()]]))
}

const tagged = (tag: string | undefined): Certainty => (tag === undefined ? 'observed' : (CERTAINTY[tag] ?? 'assumed'))

const keyParts = (facts: DiskFacts): object[] =>
  registryOf(facts).keys.map((key) => {
    const privacy = privacySource(key)
    // As sure as the less sure of the two: their tags are at the end of the source.
    if (privacy !== undefined) return { key, certainty: certaintyOf(privacy), source: privacy }
    const [, certainty, source] = KEYS.find(([begins]) => begins.test(key))!
    return { key, certainty, source }
  })
