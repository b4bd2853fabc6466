import { formatDuration } from '../domain/duration.ts'
import { safeText } from '../domain/safe-text.ts'
import { UserError } from '../domain/trouble.ts'
import type { Cause } from '../journal/cause/cause.ts'
import { causeOf } from '../journal/cause/cause-of.ts'
import { endText, factText, injectedText } from '../journal/cause/lines.ts'
import { outcomeOf, outcomeText, verdictOf } from '../journal/outcome.ts'
import { diagnosticsOf } from '../report/evidence/diagnostics.ts'
import { diskFacts } from '../report/evidence/facts.ts'
import { wrap } from '../ui/text-width.ts'
import { EXIT } from './exit-codes.ts'
import { explain } from './explain/likeliest.ts'
import { type OpenedRun, openToRead } from './open-run.ts'
import { parseOptions } from './options.ts'
import { print } from './print.ts'

const HELP = `oobe diagnose RUN   why a run failed: what broke, what decided it, what is behind it, what to try

  RUN                 the folder of a run, its journal, or its name in oobe-results
  --json              the same for programs

Of a run that ended well it says what failed on its way. Then comes the device, in the order of the community's diagnostics script:
profile, status page, hardware, phases with their apps, timeline. "oobe evidence RUN" writes the files.

exit: 0, 2 bad usage or no journal, 70 a bug of ours`

export function diagnoseCommand(args: string[]): number {
  const { values, positionals } = parseOptions(args, { json: { type: 'boolean' } }, 'oobe diagnose')
  if (values.help) {
    print(HELP)
    return EXIT.pass
  }
  const [name] = positionals
  if (name === undefined || positionals.length > 1) {
    throw new UserError('ERR_BAD_ARGUMENTS', 'oobe diagnose takes one run', ['oobe diagnose RUN'])
  }
  const run = openToRead(name)
  const cause = causeOf(run.entries, { run: name, explain })
  if (values.json) print(JSON.stringify(cause ?? null, undefined, 2))
  else for (const line of told(run, cause)) print(line)
  return EXIT.pass
}

function told({ spec, entries }: OpenedRun, cause: Cause | undefined): string[] {
  const outcome = outcomeOf(entries)
  const verdict = verdictOf(entries)
  const mark = verdict ? (verdict.passed ? '✓ ' : '✗ ') : ''
  const head = `${mark}${spec.scenario}: ${outcome ? outcomeText(outcome) : 'the journal ends before the run did'}`
  const failures = verdict?.failures ?? []
  return [
    ...wrapped('', head),
    ...section('what was expected', failures),
    ...(cause ? sectionsOf(cause) : ['', 'Nothing failed in this run.']),
    ...diagnosticsOf(diskFacts(entries)).flatMap(([title, lines]) =>
      section(
        title.toUpperCase(),
        lines.map((line) => safeText(line)),
      ),
    ),
  ]
}

function sectionsOf(cause: Cause): string[] {
  const { sentence, end, at, page, step, code, explained, before, followed, fact, injected, next } = cause
  return [
    ...section('what broke before', before),
    ...section('what broke', [
      `${sentence}, at ${formatDuration(at)}${endText(end)}`,
      ...(page ? [`page: ${page.id}${page.text === '' ? '' : `: "${safeText(page.text)}"`}`] : []),
      ...(step ? [`step: ${safeText(`${step.category}: ${step.label} (${step.status})`)}`] : []),
      ...(code === undefined ? [] : [`code: ${code}`]),
    ]),
    ...section('what decided it', decided(cause)),
    ...section('what is behind it', [...(fact ? [factText(fact)] : []), ...(injected ? [injectedText(injected)] : [])]),
    ...section('what the code means', explained ? [explained.why, `what to do: ${explained.help}`] : []),
    ...section('what followed', followed),
    ...section(
      'what to try next',
      next.filter((command) => !command.startsWith('oobe diagnose ')),
    ),
  ]
}

function decided({ app, exchange, csp, logged }: Cause): string[] {
  return [
    ...(app?.exitCode === undefined
      ? []
      : [`the installer of "${safeText(app.name)}" ended with the exit code ${app.exitCode}`]),
    ...(exchange
      ? [
          `exchange #${exchange.id}, ${exchange.operation}: ${exchange.status === undefined ? (exchange.trouble ?? 'no answer yet') : `HTTP ${exchange.status}`}`,
        ]
      : []),
    ...(csp ? [`management tree: ${safeText(`${csp.uri} is ${csp.value}`)}, at ${formatDuration(csp.at)}`] : []),
    ...(logged
      ? [
          `event log: ${safeText(`${logged.channel}${logged.id === 0 ? '' : ` ${logged.id}`}: ${logged.text}`)}, at ${formatDuration(logged.at)}`,
        ]
      : []),
  ]
}

const WIDTH = 100

const section = (title: string, lines: readonly string[]): string[] =>
  lines.length === 0 ? [] : ['', title, ...lines.flatMap((line) => wrapped('  ', line))]

function wrapped(indent: string, text: string): string[] {
  return wrap(text, WIDTH - indent.length).map((line, index) => indent + (index === 0 ? '' : '  ') + line)
}
