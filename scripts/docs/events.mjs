import { table } from './table.mjs'

const SAID_BY = { D: 'documented', F: 'observed', U: 'ours' }

/** docs/events.md: every event that the device logs. */
export function eventsPage(events, channels) {
  const all = Object.entries(events)
  const of = (channel) => all.filter(([, event]) => event.channel === channel)
  return `${[
    '<!-- Written by "npm run docs" from src/domain/windows-events. Do not edit. -->',
    '',
    '# Events',
    '',
    `What the device writes to the Windows event log, in a journal the entries of the kind \`log\`: ${all.length} events in ${Object.keys(channels).length} channels.`,
    '`{name}` is a field of the sentence: in the journal and in an exported log the fields are the data of the event, in this order.',
    'A source is a section of `docs/sources/oobe-autopilot-esp.md`; the letter behind it says how sure the id is',
    '([docs/pages.md](pages.md) has the kinds): [U] is assumed. The next column says who has the sentence: **documented**, a page of',
    'Microsoft; **observed**, a record of a real device or a message table of Windows; **ours**, we wrote it.',
    '',
    'Two of the channels are no channels of Windows, and their lines have no id: the log file of the management extension, and notes of',
    'ours for what Windows logs with no public id.',
    '',
    ...Object.entries(channels).flatMap(([channel, name]) => [
      `## ${name}`,
      '',
      table(
        ['id', 'level', 'sentence', 'event', 'source', 'said by'],
        of(channel).map(([key, { id, level, text, source, sentence }]) => [
          id === 0 ? '' : id,
          level,
          `\`${text}\``,
          `\`${key}\``,
          source,
          SAID_BY[sentence],
        ]),
      ),
      '',
    ]),
  ]
    .join('\n')
    .trimEnd()}\n`
}
