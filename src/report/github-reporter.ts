import { type Collected, collecting, cut } from './collected.ts'
import { markdownOf } from './markdown-reporter.ts'
import { reasonLine } from './reason.ts'
import { type Finished, isFlaky, isKnown, type Reporter } from './reporter.ts'

/** GitHub shows so many of one kind for a step, and takes a job summary up to 1 MiB. */
const ANNOTATIONS_MAX = 10
const SUMMARY_MAX = 1_000_000
const TEXT_MAX = 4_000

/**
 * Annotations as workflow commands, and the report in Markdown for the summary of the job.
 *
 * @param write one line of standard output
 * @param summarize appends to the summary; left out where there is none
 */
export const githubReporter = (write: (line: string) => void, summarize?: (markdown: string) => void): Reporter =>
  collecting((collected) => {
    for (const line of annotationsOf(collected)) write(line)
    summarize?.(shortened(markdownOf(collected)))
  })

function annotationsOf({ finished }: Collected): string[] {
  const failed = finished.filter(({ passed }) => !passed)
  const shown = failed.length > ANNOTATIONS_MAX ? failed.slice(0, ANNOTATIONS_MAX - 1) : failed
  const left = failed.length - shown.length
  return [
    ...shown.map((one) => command('error', { file: one.file, title: one.id }, messageOf(one))),
    ...(left > 0
      ? [command('error', { title: `${left} more scenarios failed` }, 'They are in the summary of the job.')]
      : []),
    ...finished
      .filter(isKnown)
      .slice(0, ANNOTATIONS_MAX)
      .map((one) => command('notice', { file: one.file, title: one.id }, `known issue: ${one.knownIssue}`)),
    ...finished
      .filter(isFlaky)
      .slice(0, ANNOTATIONS_MAX)
      .map((one) => command('warning', { file: one.file, title: one.id }, 'flaky: it passed when it was played again')),
  ]
}

const messageOf = ({ failures, reason, screen, broken }: Finished): string =>
  [
    ...(broken ? [`${broken.code}: ${broken.message}`] : failures),
    ...reason.map(reasonLine),
    ...(screen.length > 0 ? [`page: ${screen[0]!}`] : []),
  ].join('\n')

/** Its own signs are encoded, so that no text of a scenario or a service becomes a command. */
function command(name: string, properties: Readonly<Record<string, string>>, message: string): string {
  const list = Object.entries(properties).map(([key, value]) => `${key}=${encoded(value).replace(/[:,]/g, percent)}`)
  return `::${name} ${list.join(',')}::${encoded(cut(message, TEXT_MAX))}`
}

const percent = (sign: string): string => `%${sign.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`
const encoded = (text: string): string => text.replace(/[%\r\n]/g, percent)

function shortened(markdown: string): string {
  if (Buffer.byteLength(markdown) <= SUMMARY_MAX) return markdown
  const lines: string[] = []
  let bytes = 0
  for (const line of markdown.split('\n')) {
    bytes += Buffer.byteLength(line) + 1
    if (bytes > SUMMARY_MAX) break
    lines.push(line)
  }
  return [...lines, '', '(cut: the summary of a job holds no more)', ''].join('\n')
}

/** Text of others in the output of a job: a line of it that GitHub would take for a command is none. */
export const withoutCommands = (text: string): string =>
  text.replace(/^(\s*):(?=:)/gm, '$1: ').replaceAll('##[', '## [')
