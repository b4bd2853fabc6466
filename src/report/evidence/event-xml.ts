import type { JournalEntry, LogFact } from '../../domain/journal.ts'
import { element, joinXml, leaf, type Xml } from '../../protocols/xml/write.ts'

const SCHEMA = 'http://schemas.microsoft.com/win/2004/08/events/event'

/** Numbers of the levels that Windows writes. */
const LEVELS: Readonly<Record<LogFact['level'], string>> = { error: '2', warning: '3', information: '4' }

export type LoggedEvent = LogFact & { at: number }

/** Events of channels of Windows: lines of a log file and notes of ours have no id, and are in no channel. */
export const eventsIn = (journal: readonly JournalEntry[]): LoggedEvent[] =>
  journal.flatMap((entry) => (entry.kind === 'log' && entry.id !== 0 ? [entry] : []))

/** `Microsoft-Windows-Shell-Core/Operational` in the name of its file: in lower case, with a dash. */
export const channelFile = (channel: string): string => channel.replace('/', '-').toLowerCase()

/**
 * The events of one channel as `wevtutil query-events /format:xml /element:Events` prints them.
 *
 * @param startsAt ISO 8601, of the device clock at virtual time 0
 */
export function eventXml(events: readonly LoggedEvent[], startsAt: string, computer: string): string {
  const started = Date.parse(startsAt)
  return `${element('Events', {}, ...events.map((event, index) => eventOf(event, index + 1, started, computer)))}\n`
}

function eventOf(
  { channel, id, level, text, at, data }: LoggedEvent,
  record: number,
  started: number,
  computer: string,
): Xml {
  const system = element(
    'System',
    {},
    element('Provider', { Name: channel.split('/')[0] }),
    leaf('EventID', String(id)),
    leaf('Level', LEVELS[level]),
    element('TimeCreated', { SystemTime: new Date(started + at).toISOString() }),
    leaf('EventRecordID', String(record)),
    leaf('Channel', channel),
    leaf('Computer', computer),
  )
  const fields = Object.entries(data ?? {}).map(([name, value]) => leaf('Data', value, { Name: name }))
  const rendering = element('RenderingInfo', { Culture: 'en-US' }, leaf('Message', text))
  return element('Event', { xmlns: SCHEMA }, joinXml(system, element('EventData', {}, ...fields), rendering))
}
