// Shows that adding half of something does not compile: each change below leaves out a part, and the type checker has to name it.
// The tree itself is not touched: the changes are made in a copy. Only the files that have to be found are checked again.
import { cpSync, mkdtempSync, readFileSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { API } from 'typescript/unstable/sync'

const root = fileURLToPath(new URL('..', import.meta.url))

/** What is half done, the edits that do it, and the files in which the type checker has to find it. */
const HALVES = [
  {
    what: 'an effect of events without its file',
    edits: [['src/domain/event-words.ts', '  hang: true\n', '  hang: true\n  flood: true\n']],
    found: ['src/events/event-kinds.ts'],
  },
  {
    what: 'an event file without its undoing',
    edits: [['src/events/cable.ts', /\n {2}undo: .*\n/, '\n']],
    found: ['src/events/cable.ts'],
  },
  {
    what: 'an event file without its words',
    edits: [['src/events/hang.ts', /\n {2}words: .*\n/, '\n']],
    found: ['src/events/hang.ts'],
  },
  {
    what: 'a kind of expectation without its file',
    edits: [
      [
        'src/domain/expectations.ts',
        '  boots: { boots?: Times | undefined }\n',
        '  boots: { boots?: Times | undefined }\n  weather: { weather?: string | undefined }\n',
      ],
    ],
    found: ['src/scenario/expect/expectations.ts'],
  },
  {
    what: 'a matcher without its kind of expectation',
    edits: [
      [
        'src/domain/expectation-matchers.ts',
        '  /** The device started so often. */',
        '  toHaveWeather(weather: string): Result\n  /** The device started so often. */',
      ],
    ],
    found: ['src/domain/expectation-matchers.ts'],
  },
  {
    what: 'a kind of expectation without its matcher',
    edits: [['src/domain/expectation-matchers.ts', "  toHaveBoots: 'boots',\n", '']],
    found: ['src/domain/expectation-matchers.ts', 'src/scenario/expect/boots.ts'],
  },
  {
    what: 'a stimulus that nothing carries out, writes or reads',
    edits: [['src/domain/stimulus.ts', "  | { kind: 'push' }", "  | { kind: 'push' }\n  | { kind: 'earthquake' }"]],
    found: ['src/run/stimuli.ts', 'src/run/recorded-stimulus.ts', 'src/journal/stimulus-text.ts'],
  },
  {
    what: 'an HTTP directive that no exchange follows',
    edits: [['src/ports/http.ts', "  | { effect: 'drop' }", "  | { effect: 'drop' }\n  | { effect: 'truncate' }"]],
    found: ['src/ports/exchanges.ts'],
  },
  {
    what: 'a kind of journal entry that is neither described nor masked',
    edits: [
      ['src/domain/journal.ts', '  | VerdictFact\n', '  | VerdictFact\n  | WeatherFact\n'],
      [
        'src/domain/journal.ts',
        'export interface PowerFact',
        "export interface WeatherFact {\n  kind: 'weather'\n}\n\nexport interface PowerFact",
      ],
    ],
    found: ['src/domain/journal.ts', 'src/journal/mask-fact.ts', 'src/journal/schema.ts'],
  },
  {
    what: 'an event of the Windows event log without a line in the table',
    edits: [['src/domain/windows-events/management.ts', '  mdmEnrollSucceeded:', '  mdmEnrolled:']],
    found: ['src/actors/enrollment.ts'],
  },
  {
    what: 'a field in the sentence of an event that its caller does not give',
    edits: [
      ['src/domain/windows-events/others.ts', "'update scan failed: {code}'", "'update scan of {kind} failed: {code}'"],
    ],
    found: ['src/actors/updates.ts'],
  },
  {
    what: 'an answer of the lookup whose event has another id',
    edits: [['src/domain/windows-events/autopilot.ts', "error('autopilot', 809,", "error('autopilot', 810,"]],
    found: ['src/domain/autopilot.ts'],
  },
  {
    what: 'an answer of the lookup without an event, an outcome, a name and what to do',
    edits: [['src/domain/autopilot.ts', "export type LookupCode = '807'", "export type LookupCode = '806' | '807'"]],
    found: ['src/domain/autopilot.ts', 'machines/pages/autopilot-profile.ts', 'src/domain/explanations/autopilot.ts'],
  },
  {
    what: 'a Windows code without a line in the table',
    edits: [['src/domain/windows-codes/management.ts', '  hashMismatch:', '  digestMismatch:']],
    found: ['src/service/content/download.ts'],
  },
  {
    what: 'a Windows code without what to do about it',
    edits: [['src/domain/explanations/windows-help.ts', '  hashMismatch:', '  digestMismatch:']],
    found: ['src/domain/explanations/windows-help.ts'],
  },
  {
    what: 'a refusal of the mocked Entra whose number is not explained',
    edits: [['src/domain/explanations/aadsts.ts', '  50173:', '  50174:']],
    found: ['src/mock-service/entra/issue-tokens.ts'],
  },
  {
    what: 'an outcome without a final state, that no plan follows',
    edits: [
      [
        'machines/pages/region.ts',
        "{ kind: 'chosen'; region: string } |",
        "{ kind: 'chosen'; region: string } | { kind: 'postponed' } |",
      ],
    ],
    found: ['machines/pages/region.ts', 'machines/oobe/start-plan.ts'],
  },
  {
    what: 'a page without a statechart and a screen',
    edits: [['src/domain/pages.ts', '  welcome: {', "  backup: { step: 'S24', machine: 'backup' },\n  welcome: {"]],
    found: ['machines/oobe/charts.ts', 'src/screens/screen-of.ts'],
  },
  {
    what: 'a step that leads to one that no plan has',
    edits: [['machines/oobe/plans.ts', "leads: { attested: 'deviceJoin'", "leads: { attested: 'devicejoin'"]],
    found: ['machines/oobe/plans.ts'],
  },
  {
    what: 'a screen of a state that its statechart does not have',
    edits: [['src/screens/second-keyboard.ts', "case 'offering':", "case 'ofering':"]],
    found: ['src/screens/second-keyboard.ts'],
  },
  {
    what: 'a text that gets another value than its screen puts in',
    edits: [['src/texts/en.ts', "said('Connecting to {ssid}'", "said('Connecting to {name}'"]],
    found: ['src/screens/network.ts'],
  },
  {
    what: 'a statechart that runs an actor by another name',
    edits: [['machines/pages/naming.ts', "src: 'expandTemplate'", "src: 'expandTemplates'"]],
    found: ['machines/pages/naming.ts'],
  },
  {
    what: 'a statechart without samples',
    edits: [['machines/samples-index.ts', '  session: sessionSamples,\n', '']],
    found: ['machines/samples-index.ts'],
  },
  {
    what: 'samples without an end of an actor',
    edits: [['machines/pages/welcome.samples.ts', '    createSession: [undefined],\n', '']],
    found: ['machines/pages/welcome.samples.ts'],
  },
]

const copy = realpathSync(mkdtempSync(join(tmpdir(), 'oobe-half-done-')))
const compiler = new API({ cwd: copy })
let isWhole = true
try {
  for (const name of ['src', 'machines', 'package.json', 'tsconfig.json']) {
    cpSync(join(root, name), join(copy, name), { recursive: true })
  }
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'))
  const { program } = compiler.updateSnapshot({ openProjects: [join(copy, 'tsconfig.json')] }).getProjects()[0]
  const before = program.getSemanticDiagnostics()
  if (before.length > 0)
    throw new Error(`the tree itself does not compile:\n${before.map(({ text }) => text).join('\n')}`)
  for (const half of HALVES) isWhole = shows(half) && isWhole
} finally {
  compiler.close()
  rmSync(copy, { recursive: true, force: true })
}
process.exitCode = isWhole ? 0 : 1

function shows({ what, edits, found }) {
  const kept = new Map(edits.map(([file]) => [file, readFileSync(join(copy, file), 'utf8')]))
  for (const [file, from, to] of edits) {
    const text = readFileSync(join(copy, file), 'utf8')
    const changed = text.replace(from, to)
    if (changed === text) throw new Error(`${file} has no "${from}": the edit for "${what}" is out of date`)
    writeFileSync(join(copy, file), changed)
  }
  const program = programAfter([...kept.keys()])
  const missed = found.filter((file) => program.getSemanticDiagnostics(join(copy, file)).length === 0)
  for (const [file, text] of kept) writeFileSync(join(copy, file), text)
  programAfter([...kept.keys()])
  console.log(missed.length === 0 ? `does not compile: ${what}` : `COMPILES in ${missed.join(', ')}: ${what}`)
  return missed.length === 0
}

/** The whole, once these files were written. */
function programAfter(files) {
  const changed = files.map((file) => join(copy, file))
  return compiler.updateSnapshot({ fileChanges: { changed } }).getProjects()[0].program
}
