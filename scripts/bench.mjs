// Measures the product and prints a Markdown table: see --help. Alternates what it compares, takes medians, and fails on no number
// that it was not given a limit for.
import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { HELP, readArguments } from './bench/arguments.mjs'
import { bundle } from './bench/bundle.mjs'
import { compare } from './bench/compare.mjs'
import { alternate, ENV, median, time } from './bench/measure.mjs'
import {
  causeRows,
  enrolmentRows,
  identityRows,
  importRows,
  parkedRows,
  reportRows,
  servedRows,
  travelRows,
  xmlRows,
} from './bench/rows.mjs'
import { measureRunner, runnerRows } from './bench/runner.mjs'
import { atLeast, atMost, ms, rate, row, seconds } from './bench/table.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))
const asked = readArguments(process.argv.slice(2))
if (typeof asked === 'string') {
  console.error(`${asked}\n\n${HELP}`)
  process.exit(2)
}
if (asked.isHelp) {
  console.log(HELP)
  process.exit(0)
}
if (asked.compare !== undefined) {
  try {
    process.exit((await compare(root, asked)) ? 0 : 4)
  } catch (error) {
    console.error(error.message)
    process.exit(3)
  }
}

const { isQuick } = asked
const ROUNDS = isQuick ? 5 : 15
const HUNDRED_ROUNDS = isQuick ? 1 : 3
const HUNDRED = 100
const PARKED = String(asked.parked)
const SCENARIO = 'surface-wifi-happy-path'
const SIZE = { columns: 80, rows: 24 }

const node = process.execPath
const oobe = join(root, 'dist/oobe.js')
const out = mkdtempSync(join(tmpdir(), 'oobe-bench-'))
// Below the repository, since the program looks for devices and scenarios above itself.
const bundles = join(root, 'node_modules/.cache/oobe-bench')

try {
  execFileSync(node, [join(root, 'scripts/build.mjs')], { stdio: 'inherit', env: ENV })
  await bundle(root, bundles)
  const starts = measureStarts()
  const frames = measureFrames()
  const hundreds = measureHundreds()
  const identity = { hash: script('hardware-hash'), tpm: script('tpm') }
  const enrolment = script('enrolment', oobe, out, isQuick ? '5' : '20')
  // As a process of a fleet is started.
  const parked = scriptWith(['--max-semi-space-size=4'], 'parked', PARKED)
  const served = script('served', oobe, out, String(asked.served), isQuick ? '20' : '100')
  const sweep = measureSweep()
  const races = measureRaces()
  const hang = measureHang()
  const runner = measureRunner({ root, oobe, out }, isQuick)
  print({
    starts,
    frames,
    hundreds,
    sweep,
    races,
    hang,
    runner,
    parked,
    served,
    identity,
    enrolment,
    xml: script('xml'),
    cause: script('cause'),
    travel: script('travel', isQuick ? '3' : '9'),
    report: script('report', '100', join(root, 'dist/report-viewer.txt'), join(root, 'dist/report-charts.json')),
    imported: measureImport(),
    size: packageSize(),
  })
} finally {
  rmSync(out, { recursive: true, force: true })
  rmSync(bundles, { recursive: true, force: true })
}

/** From the start of a process to its exit. */
function measureStarts() {
  const run = ['run', SCENARIO, '--out', out]
  return alternate(ROUNDS, {
    floor: () => time(['-e', '0']),
    msw: () => time([oobe, ...run]),
    direct: () => time([oobe, ...run, '--transport', 'direct']),
    help: () => time([oobe, '--help']),
  })
}

/** What a terminal gets to see, in a real pseudo-terminal. Null where there is no Python to drive one. */
function measureFrames() {
  const hello = join(bundles, 'ink-hello.js')
  const cases = [
    { name: 'floor', argv: [node, '-e', 'process.stdout.write("word")'], until: ['word'] },
    { name: 'hello', argv: [node, hello], until: ['Hello'] },
    { name: 'oobe', argv: [node, oobe, '--seed', '1', '--out', out], until: ['Just a moment', 'country or region'] },
    {
      name: 'instant',
      argv: [node, oobe, '--seed', '1', '--out', out, '--speed', 'instant'],
      until: ['country or region'],
    },
  ]
  const input = JSON.stringify({ rounds: ROUNDS, ...SIZE, env: ENV, cases })
  const { status, stdout, stderr, error } = spawnSync('python3', [join(root, 'scripts/bench/first-frame.py')], {
    input,
    encoding: 'utf8',
    env: ENV,
  })
  if (error || status !== 0) {
    console.error(`no first frames: ${error?.message ?? stderr.trim()}`)
    return null
  }
  const times = JSON.parse(stdout)
  const column = (name, index) => median(times[name].map((row) => row[index]))
  return {
    floor: column('floor', 0),
    hello: column('hello', 1),
    splash: column('oobe', 0),
    logo: column('oobe', 1),
    page: column('oobe', 2),
    instantPage: column('instant', 1),
  }
}

function measureHundreds() {
  const script = join(bundles, 'hundred.js')
  const play = (transport) => () =>
    JSON.parse(execFileSync(node, [script, String(HUNDRED), transport], { env: ENV, encoding: 'utf8' }))
  const rounds = { direct: [], msw: [] }
  for (let round = 0; round < HUNDRED_ROUNDS; round++) {
    for (const transport of Object.keys(rounds)) rounds[transport].push(play(transport)())
  }
  const medians = (results) =>
    Object.fromEntries(Object.keys(results[0]).map((key) => [key, median(results.map((result) => result[key]))]))
  return { direct: medians(rounds.direct), msw: medians(rounds.msw) }
}

/** Every fault at every step of the happy path where it can bite, in one process. */
function measureSweep() {
  const startedAt = performance.now()
  const { status, stdout, stderr } = spawnSync(node, [oobe, 'sweep', SCENARIO, '--json'], {
    env: ENV,
    encoding: 'utf8',
    maxBuffer: 64 * 2 ** 20,
  })
  if (status !== 0) throw new Error(`the sweep did not hold: ${stderr || stdout.slice(-2_000)}`)
  const [{ rows }] = JSON.parse(stdout)
  return { ms: performance.now() - startedAt, faults: rows.length, runs: rows.reduce((sum, one) => sum + one.steps, 0) }
}

/** Other orders of the happy path: none of them may break it. */
function measureRaces() {
  const count = isQuick ? 200 : 1_000
  const startedAt = performance.now()
  const args = ['explore', '--races', SCENARIO, '--runs', String(count), '--json']
  const { status, stdout, stderr } = spawnSync(node, [oobe, ...args], { env: ENV, encoding: 'utf8' })
  if (status !== 0) throw new Error(`an order broke the happy path: ${stderr || stdout.slice(-2_000)}`)
  return { ms: performance.now() - startedAt, runs: JSON.parse(stdout).runs }
}

/** A release of the user that comes when the context of the user comes up: an order hangs the page, unless it is said again. */
function measureHang() {
  const again = `  - when: { csp: "Replace ./User/*ServerHasFinishedProvisioning" }
    later: 5m
    server: { release: user, session: push }
`
  const hunt = (name, more, expected) => {
    const file = join(out, `${name}.yaml`)
    writeFileSync(
      file,
      `title: ${name}
device: surface-laptop-se
tenant: contoso-school
network: school-wifi
person: alice
events:
  - when: { state: enrollmentStatus.running.settingUpAccount }
    refuse: { csp: "Replace ./User/*ServerHasFinishedProvisioning", status: 405 }
    for: 200ms
${more}expect: { outcome: desktop }
`,
    )
    const startedAt = performance.now()
    const args = ['explore', '--races', file, '--seed', '2', '--runs', '60', '--json', '--out', join(out, name)]
    const { status, stdout, stderr } = spawnSync(node, [oobe, ...args], { env: ENV, encoding: 'utf8' })
    if (status !== expected) throw new Error(`${name}: exit code ${status}: ${stderr || stdout.slice(-2_000)}`)
    return { ms: performance.now() - startedAt, runs: JSON.parse(stdout).runs }
  }
  return { found: hunt('answered-405', '', 1), clean: hunt('said-again', again, 0) }
}

/** One process makes the archive, another one reads it. */
function measureImport() {
  const archive = join(out, 'incident.zip')
  script('import', 'make', archive)
  return script('import', 'read', archive)
}

/** What a script of scripts/bench prints: JSON. */
function script(name, ...args) {
  return scriptWith([], name, ...args)
}

function scriptWith(flags, name, ...args) {
  const command = ['--expose-gc', ...flags, join(bundles, `${name}.js`), ...args]
  return JSON.parse(execFileSync(node, command, { env: ENV, encoding: 'utf8' }))
}

/** A package without dependencies takes as much room installed as it does unpacked. */
function packageSize() {
  const json = execFileSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], {
    cwd: root,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  const [{ size, unpackedSize }] = Object.values(JSON.parse(json))
  return { packed: size, unpacked: unpackedSize }
}

function print({
  starts,
  frames,
  hundreds,
  sweep,
  races,
  hang,
  runner,
  parked,
  served,
  identity,
  enrolment,
  xml,
  cause,
  travel,
  report,
  imported,
  size,
}) {
  const { direct, msw } = hundreds
  const journal = statSync(join(out, SCENARIO, 'journal.ndjson')).size
  const entries = readFileSync(join(out, SCENARIO, 'journal.ndjson'), 'utf8')
    .trimEnd()
    .split('\n').length
  const times = (value, base) => ({ text: `${(value / base).toFixed(2)} x (${ms(value)})`, number: value / base })
  const plain = (text, number) => ({ text, number })
  const hello = [atMost(1.4, 'x hello'), atMost(1.2, 'x hello')]
  const isNode20 = process.versions.node.startsWith('20.')
  const start = atMost(isNode20 ? 9 : 7, 'x floor')
  const rows = [
    row('`node -e 0`, start to exit: the floor', plain(ms(starts.floor))),
    row('headless happy path, through MSW', times(starts.msw, starts.floor)),
    row('headless happy path, `--transport direct`', times(starts.direct, starts.floor), start),
    row('`oobe --help`', times(starts.help, starts.floor)),
    ...(frames === null
      ? []
      : [
          row('`node` writing one word to a terminal', plain(ms(frames.floor))),
          row('splash: first bytes on the terminal', times(frames.splash, frames.floor), atMost(1.5, 'x that')),
          row('Ink hello-world, bundled the same way', times(frames.hello, frames.floor)),
          row('first frame of the device: the logo', times(frames.logo, frames.hello), ...hello),
          row('first page, speed x60 (4 s of logo in it)', times(frames.page, frames.hello), ...hello),
          row('first page, `--speed instant`', times(frames.instantPage, frames.hello), ...hello),
        ]),
    row(`${HUNDRED} happy paths in one process, direct`, seconds(direct.totalMs), atMost(5, 's'), atMost(2, 's')),
    row(`${HUNDRED} happy paths in one process, MSW`, seconds(msw.totalMs), atMost(5, 's')),
    row('devices per second and core, direct', rate(HUNDRED / (direct.cpuMs / 1000)), atLeast(30), atLeast(100)),
    row(
      'virtual over real time, direct',
      rate(direct.virtualMs / direct.runMs, ' x'),
      atLeast(50_000, ' x'),
      atLeast(500_000, ' x'),
    ),
    row('memory with 100 journals kept, direct', plain(`${direct.rssMb.toFixed(0)} MB`)),
    row(
      `\`oobe sweep\`: ${sweep.faults} faults, ${sweep.runs} runs`,
      plain(seconds(sweep.ms).text, seconds(sweep.ms).number),
      atMost(60, 's'),
    ),
    row(
      `\`oobe explore --races\`: ${races.runs} orders of the happy path`,
      plain(seconds(races.ms).text, seconds(races.ms).number),
      ...(races.runs === 1_000 ? [atMost(60, 's')] : []),
    ),
    row(
      `the order that hangs a page whose release is answered 405, found after ${hang.found.runs} orders`,
      plain(seconds(hang.found.ms).text, seconds(hang.found.ms).number),
      atMost(10, 's'),
    ),
    row(
      `its twin that says the release again: ${hang.clean.runs} orders, none hangs`,
      plain(seconds(hang.clean.ms).text),
    ),
    ...runnerRows(runner, plain),
    ...parkedRows(parked, plain),
    ...enrolmentRows(enrolment, plain),
    ...servedRows(served, plain),
    ...xmlRows(xml, plain),
    ...identityRows(identity, plain),
    ...causeRows(cause, plain),
    ...travelRows(travel, plain),
    ...reportRows(report, plain),
    ...importRows(imported, plain),
    row('journal of one happy path', plain(`${(journal / 1000).toFixed(0)} kB, ${entries} entries`)),
    row(
      'package, unpacked (installed: it has no dependencies)',
      plain(`${(size.unpacked / 1e6).toFixed(1)} MB, ${(size.packed / 1e6).toFixed(1)} MB packed`, size.unpacked / 1e6),
      atMost(60, 'MB'),
      atMost(40, 'MB'),
    ),
  ]
  console.log(
    `Node ${process.version}, ${availableParallelism()} cores; medians of ${ROUNDS} rounds in alternation (100 happy paths: ${HUNDRED_ROUNDS}).\n`,
  )
  console.log('| what | measured | target | stretch | met |')
  console.log('| --- | --- | --- | --- | --- |')
  for (const line of rows) console.log(line)
}
