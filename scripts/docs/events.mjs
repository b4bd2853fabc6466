import { table } from './table.mjs'

/** docs/events.md: every event that the device logs. */
export function eventsPage(events, channels) {
  const all = Object.entries(events)
  const of = (channel) => all.filter(([, event]) => event.channel === channel)
  return `${[
    '<!-- Written by "npm run docs" from src/domain/events.ts. Do not edit. -->',
    '',
    '# Events',
    '',
    `What the device writes to the Windows event log, in a journal the entries of the kind \`log\`: ${all.length} events in ${Object.keys(channels).length} channels.`,
    '`{name}` is a field of the sentence. A source is a section of `docs/sources/oobe-autopilot-esp.md`; the letter says how sure',
    'the id is ([docs/pages.md](pages.md) has the kinds): [U] is assumed. The sentences are ours.',
    '',
    ...Object.entries(channels).flatMap(([channel, name]) => [
      `## ${name}`,
      '',
      table(
        ['id', 'level', 'sentence', 'event', 'source'],
        of(channel).map(([key, { id, level, text, source }]) => [id, level, `\`${text}\``, `\`${key}\``, source]),
      ),
      '',
    ]),
  ]
    .join('\n')
    .trimEnd()}\n`
}
