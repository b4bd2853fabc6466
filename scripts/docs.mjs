// Writes docs/pages.md, docs/machines.md, docs/graph.md, docs/csp.md, docs/codes.md, docs/faults.md, docs/events.md, docs/journal.md, docs/fidelity.md, docs/scenario-reference.md, docs/plans.md and docs/first-boot.svg from the code,
// src/domain/chart-names.ts from the machines, docs/conformance.md and docs/reference.md from the tests, man/oobe.1 from the help of the commands. With `--check` it writes nothing and
// exits 1 on drift, or when a point of the checklist or a row of the notes is neither proven nor left.
import { execFileSync } from 'node:child_process'
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { build } from 'esbuild'
import { chartNames } from './docs/chart-names.mjs'
import { codesPage } from './docs/codes.mjs'
import { conformancePage, flaws, provingTests } from './docs/conformance.mjs'
import { cspPage } from './docs/csp.mjs'
import { eventsPage } from './docs/events.mjs'
import { faultsPage } from './docs/faults.mjs'
import { fidelityPage } from './docs/fidelity.mjs'
import { graphPage } from './docs/graph.mjs'
import { journalPage, playedRuns } from './docs/journal.mjs'
import { machinesPage } from './docs/machines.mjs'
import { plansPage } from './docs/plans.mjs'
import { namedRows, referencePage, rowFlaws } from './docs/reference.mjs'
import { referenceRows } from './docs/reference-rows.mjs'
import { scenarioReferencePage } from './docs/scenario-reference.mjs'
import { table } from './docs/table.mjs'

const COLUMNS = ['documented', 'observed', 'assumed', 'order']

const root = fileURLToPath(new URL('..', import.meta.url))
const {
  pages,
  graph,
  certainty,
  families,
  explanation,
  registrationErrors,
  csps,
  events,
  charts,
  chart,
  mermaid,
  edges,
  ways,
  fault,
  faults,
  words,
  journal,
  journalSchemas,
  frame,
  texts,
  behaviours,
  setupWork,
  restarts,
  ...others
} = await importAll()
const { BATCH_MAX, ENTITY_TYPES, PAGES, sufficientFor, ...modules } = others
const graphTables = { BATCH_MAX, ENTITY_TYPES, PAGES, sufficientFor }
const machines = Object.entries(modules).flatMap(([file, module]) =>
  Object.values(module)
    .filter((value) => typeof value === 'object' && value !== null && 'root' in value && 'states' in value)
    .map((machine) => ({ file: `machines/${file}.ts`, machine })),
)
const proofs = provingTests(root)
const played = playedRuns(root)
const rows = referenceRows(root)
const named = namedRows(root, rows)
const FILES = {
  'docs/pages.md': page(),
  'docs/machines.md': machinesPage(charts.allCharts(), { ...chart, ...mermaid }),
  'docs/graph.md': graphPage({ ...graph, ...graphTables }, registrationErrors.REGISTRATION_ERRORS),
  'docs/codes.md': codesPage(families.FAMILIES, explanation.FAMILY_TITLES),
  'docs/faults.md': faultsPage(faults.FAULTS, fault.FAULT_FAMILIES, words),
  'docs/csp.md': cspPage(csps.CSPS),
  'docs/events.md': eventsPage(events.EVENTS, events.CHANNEL),
  'docs/journal.md': journalPage(journal.JOURNAL_KINDS, journalSchemas.ENTRY_SCHEMAS, played.entries),
  'docs/first-boot.svg': played.film,
  'docs/fidelity.md': fidelityPage({
    texts: { ...texts.EN, ...frame.FRAME },
    events: events.EVENTS,
    behaviours: behaviours.DEVICE_BEHAVIOUR,
    restarts: restarts.RESTART_NODES,
    durations: others.durations.DURATIONS,
    delays: Object.fromEntries(
      machines.flatMap(({ machine: { id, implementations } }) =>
        Object.entries(implementations.delays).map(([name, delay]) => [`${id}.${name}`, delay]),
      ),
    ),
    work: setupWork.SETUP_WORK,
  }),
  'docs/scenario-reference.md': scenarioReferencePage(root, Object.keys(pages.PAGES)),
  'docs/plans.md': plansPage(others['oobe/start-plan'].START, others['oobe/plans'].PLANS),
  'docs/conformance.md': conformancePage(proofs),
  'src/domain/chart-names.ts': chartNames(charts.allCharts(), { ...edges, ...ways }),
  'docs/reference.md': referencePage(rows, named),
  'man/oobe.1': execFileSync(process.execPath, [join(root, 'dist/oobe.js'), 'completion', 'man'], { encoding: 'utf8' }),
}
for (const [file, text] of Object.entries(FILES)) {
  if (readOrNothing(file) === text) continue
  if (process.argv.includes('--check')) {
    console.error(`${file} is not what the code says: run "npm run docs"`)
    process.exitCode = 1
  } else {
    mkdirSync(dirname(join(root, file)), { recursive: true })
    writeFileSync(join(root, file), text)
    console.log(`${file} written`)
  }
}
for (const flaw of [...flaws(proofs), ...rowFlaws(rows, named)]) {
  console.error(flaw)
  process.exitCode = 1
}

function page() {
  const states = machines.flatMap(({ machine }) => statesOf(machine))
  const sourced = states.filter(({ sources }) => sources.length > 0)
  const counts = Object.fromEntries(COLUMNS.map((column) => [column, sourced.filter(has(column)).length]))
  return `${[
    '<!-- Written by "npm run docs" from src/domain/pages.ts and machines/. Do not edit. -->',
    '',
    '# Pages, and what is known about them',
    '',
    '## The closed list of pages',
    '',
    'Scenarios, matchers and journals use these ids. `Step` is the number in the canonical step list, `seed step` the step',
    'of the seven that a school sees (README). `doesNotApply` means that the page ended without having been shown.',
    '',
    table(
      ['page', 'step', 'machine', 'seed step', 'outcomes'],
      Object.entries(pages.PAGES).map(([id, { step, machine, seedStep }]) => [
        `\`${id}\``,
        step,
        `\`${fileOf(machine)}\``,
        seedStep === undefined ? '' : String(seedStep),
        outcomesOf(id, machine)
          .map((outcome) => `\`${outcome}\``)
          .join(' '),
      ]),
    ),
    '',
    '## The fidelity ledger',
    '',
    'Each state of a statechart names the sources of its facts. The number is a section of the notes; the letter says what',
    'kind of source it is.',
    '',
    '- **documented**: [D] and [L] product documentation, [S] a support article or an open specification of Microsoft.',
    '- **observed**: [F] recorded by an open-source tool, [M] measured, [B] a blog, [C] a course, a lab or a capture.',
    '- **assumed**: [U] recollection or inference. Such a fact is in a table or in a named delay, so that it can be replaced.',
    '- **order**: no tag. The state is a place in the step list (section 10), or cites a section as a whole.',
    '',
    'The notes are `docs/sources/oobe-autopilot-esp.md` and, where it says so, `docs/sources/mdm-protocols.md`.',
    '',
    `${states.length} states in ${machines.length} statecharts; ${sourced.length} name a source: ${COLUMNS.map((column) => `${counts[column]} ${column}`).join(', ')}`,
    '(a state may count more than once). What names none only passes on: final states, and states whose work is another',
    'statechart.',
    '',
    ...machines.flatMap(({ file, machine }) => ledgerOf(file, machine)),
    '## Assumed',
    '',
    'States that rest on an assumption:',
    '',
    ...sourced
      .filter(has('assumed'))
      .map(({ address, page: id }) => `- \`${address}\`${id ? ` (page \`${id}\`)` : ''}`),
    '',
    'Durations, counts and codes that are assumed, in the words of the comments beside them:',
    '',
    ...assumptions().map(({ file, comment }) => `- \`${file}\`: ${comment}`),
  ].join('\n')}\n`
}

/** Comments that own up to an assumption. */
function assumptions() {
  const found = []
  for (const file of ['machines', 'src'].flatMap(filesOf)) {
    const comments = readFileSync(join(root, file), 'utf8').matchAll(/^\s*(?:\/\/|\/?\*\*?) (.*?)(?: \*\/)?$/gm)
    for (const [, comment] of comments) if (/\bassum/i.test(comment)) found.push({ file, comment })
  }
  return found
}

function filesOf(folder) {
  const names = readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
  names.sort()
  return names.filter((name) => name.endsWith('.ts')).map((name) => `${folder}/${name}`)
}

function ledgerOf(file, machine) {
  const states = statesOf(machine)
  const rows = states.filter(({ sources }) => sources.length > 0)
  const ends = finalsOf(machine).map((key) => `\`${key}\``)
  const silent = states
    .filter(({ sources, path }) => sources.length === 0 && !finalsOf(machine).includes(path))
    .map(({ path }) => `\`${path}\``)
  return [
    `### \`${machine.id}\` (\`${file}\`)`,
    '',
    table(
      ['state', 'page', ...COLUMNS],
      rows.map(({ path, page: id, waits, sources }) => [
        `\`${path}\``,
        id ? `\`${id}\`${waits ? ', waits' : ''}` : '',
        ...COLUMNS.map((column) => sources.filter((source) => certaintyOf(source) === column).join(', ')),
      ]),
    ),
    ...(ends.length > 0 ? ['', `Ends in ${ends.join(', ')}.`] : []),
    ...(silent.length > 0 ? ['', `Without a source: ${silent.join(', ')}.`] : []),
    '',
  ]
}

function has(column) {
  return ({ sources }) => sources.some((source) => certaintyOf(source) === column)
}

function certaintyOf(source) {
  const tag = /\[([A-Z])\]$/.exec(source)?.[1]
  if (tag === undefined) return 'order'
  const kind = certainty.CERTAINTY[tag]
  if (kind === undefined) throw new Error(`a source with an unknown tag: ${source}`)
  return kind
}

/** All states, the inner ones behind their parent. A parent that says nothing of itself is left out. */
function statesOf(machine) {
  const below = (node) =>
    Object.values(node.states).flatMap((child) => {
      const inner = below(child)
      return child.meta === undefined && inner.length > 0 ? inner : [child, ...inner]
    })
  return below(machine.root).map((node) => ({
    address: `${machine.id}.${node.path.join('.')}`,
    path: node.path.join('.'),
    page: node.meta?.page,
    waits: node.meta?.waitsForPerson === true,
    sources: node.meta?.sources ?? [],
  }))
}

/** The final states of the page's own statechart. A page that is a state of another one has none. */
function outcomesOf(page, id) {
  if (page !== id) return []
  return finalsOf(machines.find((one) => one.machine.id === id).machine)
}

function finalsOf(machine) {
  return Object.values(machine.root.states)
    .filter(({ type }) => type === 'final')
    .map(({ key }) => key)
}

function fileOf(id) {
  const found = machines.find(({ machine }) => machine.id === id)
  if (!found) throw new Error(`a page of the statechart ${id}, which does not exist`)
  return found.file
}

function readOrNothing(file) {
  try {
    return readFileSync(join(root, file), 'utf8')
  } catch {
    return undefined
  }
}

/** Every statechart by the name of its file, and the pages. Node 20 does not strip types, so they are bundled first. */
async function importAll() {
  const files = filesOf('machines').map((name) => name.replace(/^machines\/|\.ts$/g, ''))
  const contents = [
    `export * as pages from './src/domain/pages.ts'`,
    `export * as graph from './src/mock-service/graph/handle-graph.ts'`,
    `export { BATCH_MAX } from './src/mock-service/graph/batch.ts'`,
    `export { ENTITY_TYPES } from './src/mock-service/graph/entity-types.ts'`,
    `export { PAGES } from './src/mock-service/graph/families.ts'`,
    `export { sufficientFor } from './src/mock-service/graph/permissions.ts'`,
    `export * as certainty from './src/domain/explanations/certainty.ts'`,
    `export * as explanation from './src/domain/explanations/explanation.ts'`,
    `export * as families from './src/cli/explain/families.ts'`,
    `export * as registrationErrors from './src/domain/registration-errors.ts'`,
    `export * as csps from './src/device/csp/rules/index.ts'`,
    `export * as events from './src/domain/events.ts'`,
    `export * as journal from './src/domain/journal.ts'`,
    `export * as journalSchemas from './src/journal/schema.ts'`,
    `export * as fault from './src/domain/faults/fault.ts'`,
    `export * as faults from './src/domain/faults/faults.ts'`,
    `export * as words from './src/cli/faults/words.ts'`,
    `export * as frame from './src/texts/en-frame.ts'`,
    `export * as texts from './src/texts/en.ts'`,
    `export * as behaviours from './src/domain/device-behaviour.ts'`,
    `export * as restarts from './src/domain/restart-policies.ts'`,
    `export * as setupWork from './src/domain/setup-work.ts'`,
    `export * as charts from './src/charts/charts.ts'`,
    `export * as chart from './src/charts/chart.ts'`,
    `export * as mermaid from './src/charts/mermaid.ts'`,
    `export * as edges from './src/coverage/edges.ts'`,
    `export * as ways from './src/scenario/expect/ways.ts'`,
    ...files.map((name) => `export * as ${JSON.stringify(name)} from './machines/${name}.ts'`),
  ].join('\n')
  const folder = await mkdtemp(join(tmpdir(), 'oobe-sim-'))
  try {
    const outfile = join(folder, 'bundle.mjs')
    await build({
      stdin: { contents, resolveDir: root, loader: 'ts' },
      outfile,
      bundle: true,
      platform: 'node',
      format: 'esm',
    })
    const imported = await import(pathToFileURL(outfile).href)
    return Object.fromEntries(Object.entries(imported))
  } finally {
    await rm(folder, { recursive: true })
  }
}
