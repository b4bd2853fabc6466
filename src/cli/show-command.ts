import { UserError } from '../domain/trouble.ts'
import { toldLines } from '../journal/cause/lines.ts'
import { outcomeOf, outcomeText, requestsText, verdictOf } from '../journal/outcome.ts'
import { type Exchange, exchangesOf } from '../journal/wire.ts'
import { finishedOf } from '../report/finished.ts'
import { htmlReport } from '../report/html/report.ts'
import { harOf } from '../report/wire/har.ts'
import { exchangeLine, readableExchange } from '../report/wire/readable.ts'
import { VERSION } from '../run/version.ts'
import { refuseExisting, writeWhole } from './device/write-new-file.ts'
import { EXIT } from './exit-codes.ts'
import { type OpenedRun, openToRead } from './open-run.ts'
import { parseOptions, refuseWithout } from './options.ts'
import { plainLines } from './plain-lines.ts'
import { print } from './print.ts'
import { viewerParts } from './viewer-parts.ts'

const HELP = `oobe show RUN             a finished run: in a terminal its cockpit, else what was on the screen, and how it ended

  RUN                     a folder below oobe-results/, a path to one, or to a journal.ndjson
  --plain                 what was on the screen, also in a terminal
  --cockpit               the cockpit: states, wire, device, school, timeline, cause
  --wire                  every exchange with the services instead, readable
  --list                  with --wire: one line for each
  --only TEXT             with --wire or --har: those whose number (#12), operation or URL has this text
  --full                  with --wire: certificates, hashes and other long values uncut
  --har FILE              writes the exchanges as an HTTP Archive (HAR 1.2); - is standard output
  --html FILE             one page to look at: film strip, timeline, statecharts, wire, search
  --force                 replaces FILE
  --json                  the pages and the verdict for programs; with --wire the exchanges

Tokens, passwords and keys were masked when the journal was written.

exit: 0, 2 bad usage or no journal, 3 FILE cannot be written, 70 a bug of ours`

export async function showCommand(args: string[]): Promise<number> {
  const { values, positionals } = parseOptions(
    args,
    {
      wire: { type: 'boolean' },
      list: { type: 'boolean' },
      only: { type: 'string' },
      full: { type: 'boolean' },
      har: { type: 'string' },
      html: { type: 'string' },
      force: { type: 'boolean' },
      json: { type: 'boolean' },
      cockpit: { type: 'boolean' },
      plain: { type: 'boolean' },
    },
    'oobe show',
  )
  if (values.help) {
    print(HELP)
    return EXIT.pass
  }
  const [name] = positionals
  if (name === undefined || positionals.length > 1) {
    throw new UserError('ERR_BAD_ARGUMENTS', 'oobe show takes one run', ['oobe show RUN'])
  }
  refuseWithout(values, 'list', 'wire')
  refuseWithout(values, 'full', 'wire')
  refuseWithout(values, 'only', 'wire', 'har')
  refuseWithout(values, 'force', 'har', 'html')
  const chosen = ['wire', 'har', 'html'].filter((option) => Object.hasOwn(values, option))
  if (chosen.length > 1) {
    const options = chosen.map((option) => `--${option}`).join(' and ')
    throw new UserError('ERR_BAD_ARGUMENTS', `${options} are different things`, ['One at a time'])
  }
  if (values.json && values.har !== undefined) {
    throw new UserError('ERR_BAD_ARGUMENTS', '--json goes without --har', ['An archive is JSON already: --har -'])
  }
  const others = [...chosen, ...(values.json ? ['json'] : []), ...(values.plain ? ['plain'] : [])]
  if (values.cockpit && others.length > 0) {
    throw new UserError('ERR_BAD_ARGUMENTS', `--cockpit goes without --${others[0]}`, ['One at a time'])
  }
  const isTerminal = process.stdin.isTTY === true && process.stdout.isTTY === true
  if (values.cockpit && !isTerminal) {
    throw new UserError('ERR_BAD_ARGUMENTS', '--cockpit needs a terminal', ['Without one: "oobe show RUN"'])
  }
  const run = openToRead(name)
  if (isTerminal && others.length === 0) {
    const { showInTerminal } = await import('./show-in-terminal.ts')
    return showInTerminal(run)
  }
  if (values.html !== undefined) return writeHtml(run, values.html, values.force === true)
  if (!values.wire && values.har === undefined) {
    if (values.json) print(JSON.stringify(storyOf(run), undefined, 2))
    else showStory(run)
    return EXIT.pass
  }
  const exchanges = selected(exchangesOf(run.entries), values.only)
  if (values.har !== undefined) return writeHar(run, exchanges, values.har, values.force === true)
  if (values.json) {
    print(JSON.stringify(exchanges, undefined, 2))
    return EXIT.pass
  }
  const isFull = values.full === true
  for (const exchange of exchanges) {
    const lines = values.list ? [exchangeLine(exchange)] : [...readableExchange(exchange, { isFull }), '']
    for (const line of lines) print(line)
  }
  return EXIT.pass
}

/** The run for programs: screens by the time at which they came, and the verdict where there is one. */
function storyOf({ spec, entries, name }: OpenedRun) {
  const { scenario, device, tenant, seed, startsAt } = spec
  const screens = entries.flatMap((entry) =>
    entry.kind === 'screen' && 'screen' in entry ? [{ at: entry.at, ...entry.screen }] : [],
  )
  const about = { scenario, device: device.id, tenant: tenant.id, seed, startsAt }
  const verdict = verdictOf(entries)
  return { run: name, ...about, screens, outcome: outcomeOf(entries) ?? null, verdict: verdict ?? null }
}

function showStory({ spec, entries, name }: OpenedRun): void {
  const { scenario, device, tenant, seed, startsAt } = spec
  print(`${scenario}: device ${device.id}, tenant ${tenant.id}, seed ${seed}, ${startsAt}`)
  const show = plainLines(print)
  for (const entry of entries) show(JSON.stringify(entry))
  const verdict = verdictOf(entries)
  const outcome = outcomeOf(entries)
  if (!verdict || !outcome) {
    print('The journal ends before the run did.')
    return
  }
  const asked = requestsText(verdict.service)
  print(`${verdict.passed ? '✓' : '✗'} ${outcomeText(outcome)}${asked ? `  [${asked}]` : ''}`)
  for (const failure of verdict.failures) print(`    ${failure}`)
  for (const line of toldLines(entries, name)) print(`    why: ${line}`)
}

function selected(exchanges: Exchange[], only: string | undefined): Exchange[] {
  if (only === undefined) return exchanges
  const wanted = only.toLowerCase()
  const found = exchanges.filter(({ id, operation, url }) =>
    wanted.startsWith('#') ? wanted === `#${id}` : `${operation} ${url}`.toLowerCase().includes(wanted),
  )
  if (found.length > 0) return found
  const operations = [...new Set(exchanges.map(({ operation }) => operation))]
  throw new UserError('ERR_NOT_FOUND', `no exchange of this run has "${only}"`, [
    operations.length > 0 ? `There are: ${operations.join(', ')}` : 'The run had none at all.',
  ])
}

function writeHtml({ spec, entries, path, name }: OpenedRun, file: string, mayReplace: boolean): number {
  const about = { id: name, file: spec.scenario, title: spec.title }
  const finished = finishedOf(about, { realMs: 0, path, journal: entries })
  const html = htmlReport([{ finished, entries }], viewerParts(), VERSION)
  if (file === '-') {
    process.stdout.write(html)
    return EXIT.pass
  }
  refuseExisting(file, file, mayReplace)
  writeWhole(file, html)
  print(`${file}: ${Math.ceil(html.length / 1024)} kB. Open it in a browser`)
  return EXIT.pass
}

function writeHar({ spec }: OpenedRun, exchanges: Exchange[], file: string, mayReplace: boolean): number {
  const text = `${JSON.stringify(harOf(exchanges, Date.parse(spec.startsAt), VERSION), null, 2)}\n`
  if (file === '-') {
    process.stdout.write(text)
    return EXIT.pass
  }
  refuseExisting(file, file, mayReplace)
  writeWhole(file, text)
  print(`${file}: ${exchanges.length} exchanges`)
  return EXIT.pass
}
