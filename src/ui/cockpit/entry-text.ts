import type { JournalEntry } from '../../domain/journal.ts'
import type { PrivacyChoices } from '../../domain/privacy.ts'
import { outcomeText } from '../../journal/outcome.ts'
import { stimulusText } from '../../journal/stimulus-text.ts'

/** An entry of a journal in one line. */
export function entryText(entry: JournalEntry): string {
  switch (entry.kind) {
    case 'run':
      return `the run begins: ${entry.spec.title}`
    case 'power':
      return `power ${entry.event}, start ${entry.boot}${entry.reason ? `: ${entry.reason}` : ''}`
    case 'transition':
      return `${entry.machine}: ${entry.from ?? '·'} → ${entry.to ?? 'stays'}  (${entry.event})`
    case 'screen':
      return 'skipped' in entry
        ? `page ${entry.skipped} is skipped: ${entry.why.map(({ fact }) => fact).join(', ')}`
        : `page ${entry.screen.page}: ${entry.screen.title}${entry.isWaiting ? '  (waits for a person)' : ''}`
    case 'stimulus':
      return `${entry.by}: ${stimulusText(entry.stimulus)}`
    case 'choice':
      return `choice ${entry.choice}: ${entry.of[entry.picked]} first`
    case 'network':
      return `network: ${entry.ssid ?? entry.via}, ${entry.isOnline ? 'online' : 'offline'}`
    case 'device':
      return `device ${entry.name}${entry.isJoined ? ', joined' : ''}${entry.managedBy ? `, managed by ${entry.managedBy}` : ''}${switchedOff(entry.privacy)}`
    case 'request':
      return `#${entry.id} → ${entry.operation}  ${entry.method} ${entry.url}`
    case 'response':
      return `#${entry.id} ← ${entry.status ?? entry.trouble ?? 'no answer'}`
    case 'session':
      return `session ${entry.session} ${entry.event}${entry.event === 'begun' ? ` by ${entry.startedBy}` : ''}`
    case 'csp':
      return `${entry.by === 'server' ? 'server' : 'device'}: ${entry.command} ${entry.uri}, ${entry.status}`
    case 'app':
      return `app ${entry.name ?? entry.id}: ${entry.state}`
    case 'tpm':
      return `${entry.command}: ${entry.code === 0 ? 'succeeded' : `0x${entry.code.toString(16)}`}`
    case 'log':
      return `event ${entry.id || ''} ${entry.text}`
    case 'outcome':
      return `the end: ${outcomeText(entry.outcome)}`
    case 'verdict':
      return entry.passed ? 'as expected' : `not as expected: ${entry.failures.join('; ')}`
  }
}

/** The privacy settings that a person has switched off. */
function switchedOff(privacy: PrivacyChoices | undefined): string {
  const off = Object.entries(privacy ?? {}).flatMap(([setting, isOn]) => (isOn ? [] : [setting]))
  return off.length === 0 ? '' : `, switched off: ${off.join(', ')}`
}
