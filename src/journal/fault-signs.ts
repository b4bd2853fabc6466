import type { JournalEntry } from '../domain/journal.ts'
import type { Screen } from '../domain/screen.ts'
import { codeOfSyncmlStatus } from '../domain/windows-codes.ts'

/** Everything that a person can read. */
export const readableText = ({ title, body, controls, progress, failure }: Screen): string =>
  [
    title,
    ...body.map(({ text }) => text),
    ...controls.map(({ label }) => label),
    ...(progress?.categories ?? []).flatMap(({ label, status, steps }) => [
      `${label}: ${status}`,
      ...steps.map((step) => `${step.label}: ${step.status}`),
    ]),
    failure?.code ?? '',
    failure?.text ?? '',
  ].join('\n')

/** The sign-in page shows the number of AADSTS alone. */
export const showsCode = (text: string, code: string): boolean =>
  text.toLowerCase().includes(code.replace(/^AADSTS/, '').toLowerCase())

/** The code with which a session ended, or with which a request or a command of the server was answered. */
export function codeIn(entry: JournalEntry): string | undefined {
  switch (entry.kind) {
    case 'session':
      return typeof entry.result === 'object' ? entry.result.code : undefined
    case 'csp':
      return entry.by === 'server' ? codeOfSyncmlStatus(entry.status) : undefined
    case 'response':
      return entry.trouble
    default:
      return undefined
  }
}

/** In the event log, or as {@link codeIn} has it. */
export function logsCode(entry: JournalEntry, code: string): boolean {
  if (entry.kind !== 'log') return codeIn(entry) === code
  const event = /^event (\d+)$/.exec(code)?.[1]
  return event === undefined ? entry.text.includes(code) || String(entry.id) === code : String(entry.id) === event
}
