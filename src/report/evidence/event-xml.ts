import type { LogFact } from '../../domain/journal.ts'
import { element, joinXml, leaf, type Xml } from '../../protocols/xml/write.ts'
import type { At, DiskFacts } from './facts.ts'

const SCHEMA = 'http://schemas.microsoft.com/win/2004/08/events/event'

/** Numbers of the levels that Windows writes. */
const LEVELS: Readonly<Record<LogFact['level'], string>> = { error: '2', warning: '3', information: '4' }

/** Channels of Windows, in order: lines of a log file and notes of ours have no id, and are in no channel. */
export const channelsOf = ({ events }: DiskFacts): string[] =>
  [...new Set(events.flatMap(({ channel, id }) => (id === 0 ? [] : [channel])))].sort()

const eventsOf = ({ events }: DiskFacts, channel: string): At<LogFact>[] =>
  events.filter((event) => event.channel === channel)

/** `Microsoft-Windows-Shell-Core/Operational` in the name of its file: in lower case, with a dash. */
export const channelFile = (channel: string): string => channel.replace(/[^\w.-]/g, '-').toLowerCase()

/** The events of one channel as `wevtutil query-events /format:xml /element:Events` prints them. */
export function eventXml(facts: DiskFacts, channel: string): string {
  const computer = facts.device?.name ?? ''
  const events = eventsOf(facts, channel).map((event, index) => eventOf(event, index + 1, facts.timeOf, computer))
  return `${element('Events', {}, ...events)}\n`
}

/** The same, one event a line, for programs that read JSON. */
export function eventLines(facts: DiskFacts, channel: string): string {
  const computer = facts.device?.name ?? ''
  return eventsOf(facts, channel)
    .map(
      ({ id, level, text, data, at }, index) =>
        `${JSON.stringify({
          TimeCreated: facts.timeOf(at),
          Id: id,
          LevelDisplayName: `${level.charAt(0).toUpperCase()}${level.slice(1)}`,
          ProviderName: channel.split('/')[0],
          LogName: channel,
          RecordId: index + 1,
          MachineName: computer,
          Properties: Object.values(data ?? {}),
          EventData: data ?? {},
          Message: text,
        })}\n`,
    )
    .join('')
}

function eventOf(
  { channel, id, level, text, at, data }: At<LogFact>,
  record: number,
  timeOf: DiskFacts['timeOf'],
  computer: string,
): Xml {
  const system = element(
    'System',
    {},
    element('Provider', { Name: channel.split('/')[0] }),
    leaf('EventID', String(id)),
    leaf('Level', LEVELS[level]),
    element('TimeCreated', { SystemTime: timeOf(at) }),
    leaf('EventRecordID', String(record)),
    leaf('Channel', channel),
    leaf('Computer', computer),
  )
  const fields = Object.entries(data ?? {}).map(([name, value]) => leaf('Data', value, { Name: name }))
  const rendering = element('RenderingInfo', { Culture: 'en-US' }, leaf('Message', text))
  return element('Event', { xmlns: SCHEMA }, joinXml(system, element('EventData', {}, ...fields), rendering))
}
