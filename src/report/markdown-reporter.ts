import { formatDuration } from '../domain/duration.ts'
import { type Collected, collecting, cut } from './collected.ts'
import { reasonLine } from './reason.ts'
import { type Finished, isFlaky, isKnown, type Reporter } from './reporter.ts'
import { againOf } from './sum-up.ts'

const TEXT_MAX = 2_000

/** The counts, each failure, and a table of all. */
export const markdownReporter = (write: (text: string) => void): Reporter =>
  collecting((collected) => write(markdownOf(collected)))

export function markdownOf({ finished, notPlayed, end }: Collected): string {
  const failed = finished.filter(({ passed }) => !passed)
  const flaky = finished.filter(isFlaky)
  const known = finished.filter(isKnown)
  const counts = [
    `${finished.length - failed.length - known.length} passed`,
    `${failed.length} failed`,
    ...(flaky.length > 0 ? [`${flaky.length} flaky`] : []),
    ...(known.length > 0 ? [`${known.length} known`] : []),
    ...(notPlayed.length > 0 ? [`${notPlayed.length} not played`] : []),
  ]
  const seconds = ((end.endedAt - end.startedAt) / 1_000).toFixed(1)
  const rows = finished.map(
    (one) => `| ${signOf(one)} | ${escaped(one.id)} | ${escaped(endOf(one))} | ${formatDuration(one.deviceMs)} |`,
  )
  const skipped = notPlayed.map(
    ({ id, todo }) => `| - | ${escaped(id)} | ${todo === undefined ? 'not played' : escaped(`to do: ${todo}`)} | |`,
  )
  return [
    '## oobe-sim scenarios',
    '',
    `${failed.length > 0 || notPlayed.some(({ todo }) => todo === undefined) ? '❌' : '✅'} **${counts.join(', ')}** in ${seconds} s`,
    ...failed.flatMap((one) => ['', ...failureOf(one)]),
    '',
    '<details><summary>All scenarios</summary>',
    '',
    '| | scenario | end | device time |',
    '| --- | --- | --- | --- |',
    ...rows,
    ...skipped,
    '',
    '</details>',
    '',
  ].join('\n')
}

const signOf = (one: Finished): string => {
  if (isKnown(one)) return '~'
  return one.passed ? '✓' : one.broken ? '!' : '✗'
}

const endOf = (one: Finished): string =>
  isKnown(one) ? `known issue: ${one.knownIssue}` : (one.outcome?.text ?? one.broken?.code ?? '')

function failureOf(one: Finished): string[] {
  const { id, file, title, failures, reason, screen, journal, broken } = one
  const messages = broken ? [`${broken.code}: ${broken.message}`] : failures
  return [
    `### ✗ ${escaped(id)}`,
    '',
    `${escaped(title)} (${escaped(file)})`,
    '',
    ...[...messages, ...reason.map(reasonLine)].map((text) => `- ${escaped(text)}`),
    ...(screen.length > 0 ? [`- page: ${escaped(screen[0]!)}`] : []),
    ...(journal === undefined ? [] : [`- journal: ${code(journal)}`]),
    ...againOf(one).map((command) => `- again: ${code(command)}`),
  ]
}

/** Text that is only text in a line or a cell of GitHub's Markdown: no link, mention, tag, break or table border. */
export const escaped = (text: string): string =>
  cut(text, TEXT_MAX)
    .replace(/[\u0000-\u001f\u007f-\u009f]+/g, ' ')
    .replace(/[\\`*_{}[\]()#+!|~<>&@:]/g, (sign) => `&#${sign.charCodeAt(0)};`)

/** A longer fence than any inside. */
function code(text: string): string {
  const line = text.replace(/[\u0000-\u001f\u007f-\u009f]+/g, ' ').replaceAll('|', '\\|')
  const longest = Math.max(0, ...[...line.matchAll(/`+/g)].map(([run]) => run.length))
  const fence = '`'.repeat(longest + 1)
  return longest > 0 ? `${fence} ${line} ${fence}` : `${fence}${line}${fence}`
}
