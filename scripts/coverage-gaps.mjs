// Brings test/coverage/gaps.yaml up to what runs have covered, after "npm run coverage": what was covered or is gone is taken out, and what is
// new comes to the entry below, until it has a reason of its own.
import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parse, stringify } from 'yaml'

const NEW = 'No scenario comes here yet.'
const GATED = ['states', 'transitions', 'pages', 'events', 'operations']

const root = fileURLToPath(new URL('..', import.meta.url))
const file = join(root, 'test/coverage/gaps.yaml')
const results = process.argv[2] ?? 'oobe-results'
const text = readFileSync(file, 'utf8')
const { gaps } = parse(text)
const report = JSON.parse(
  execFileSync(process.execPath, [join(root, 'dist/oobe.js'), 'coverage', results, '--json'], {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 64 * 2 ** 20,
  }),
)
const missing = new Set(GATED.flatMap((metric) => report.metrics[metric].missing))
const kept = gaps
  .map(({ reason, what }) => ({ reason, what: [what].flat().filter((one) => missing.delete(one)) }))
  .filter(({ what, reason }) => what.length > 0 && reason !== NEW)
const others = [...gaps.filter(({ reason }) => reason === NEW).flatMap(({ what }) => what), ...missing]
const open = [...new Set(others)].filter((one) => !kept.some(({ what }) => what.includes(one)))
const left = GATED.flatMap((metric) => report.metrics[metric].missing)
const rest = open.filter((one) => left.includes(one)).sort((one, other) => (one < other ? -1 : 1))
const all = rest.length === 0 ? kept : [...kept, { reason: NEW, what: rest }]
const head = text.match(/^#.*\n/gm)?.join('') ?? ''
writeFileSync(
  file,
  head + stringify({ gaps: all }, { lineWidth: 0, defaultStringType: 'PLAIN', defaultKeyType: 'PLAIN' }),
)
console.log(
  `${file}: ${all.reduce((sum, { what }) => sum + what.length, 0)} gaps, ${rest.length} of them without a reason of their own`,
)
