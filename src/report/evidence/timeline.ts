import type { JournalEntry } from '../../domain/journal.ts'
import type { DiskFacts } from './facts.ts'

/** What happened in the first boot, one line each, in the form of `setupact.log`. Its words are ours. */
export function setupTimeline({ entries, timeOf }: DiskFacts): string {
  let page = ''
  return entries
    .flatMap((entry) => {
      const said = lineOf(entry)
      if (said === undefined) return []
      if (entry.kind === 'screen') {
        if (said.text === page) return []
        page = said.text
      }
      const time = timeOf(entry.at).replace('T', ' ').replace(/\..*/, '')
      return [`${time}, ${said.level.padEnd(24)}${said.text.replace(/[\r\n]+/g, ' ')}\r\n`]
    })
    .join('')
}

const LEVELS = { information: 'Info', warning: 'Warning', error: 'Error' } as const

function lineOf(entry: JournalEntry): { level: string; text: string } | undefined {
  switch (entry.kind) {
    case 'power':
      return {
        level: 'Info',
        text: `[power] ${entry.event}${entry.reason ? `: ${entry.reason}` : ''}, start ${entry.boot}`,
      }
    case 'screen':
      return 'screen' in entry ? { level: 'Info', text: `[oobe] page ${entry.screen.page}` } : undefined
    case 'session':
      return { level: 'Info', text: `[mdm] session ${entry.session} ${entry.event}` }
    case 'app':
      return {
        level: entry.state === 'failed' ? 'Error' : 'Info',
        text: `[app] ${entry.name ?? entry.id}: ${entry.state}, attempt ${entry.attempt}`,
      }
    case 'log':
      return entry.level === 'information'
        ? undefined
        : { level: LEVELS[entry.level], text: `[event] ${entry.channel} ${entry.id}: ${entry.text}` }
    default:
      return undefined
  }
}
