import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { toJsonSchema } from '@valibot/to-json-schema'
import { table } from './table.mjs'

/** Together they have an entry of each kind; an example comes from the first that has one. */
const PLAYED = ['surface-wifi-happy-path', 'self-deploying-ethernet', 'msi-and-win32-collide']

/** The journals of shipped scenarios, played by the program as it was built, and the film of the first. */
export function playedRuns(root) {
  const program = join(root, 'dist/oobe.js')
  if (!existsSync(program)) execFileSync(process.execPath, ['scripts/build.mjs'], { cwd: root })
  const out = mkdtempSync(join(tmpdir(), 'oobe-sim-'))
  try {
    execFileSync(process.execPath, [program, 'run', ...PLAYED, '--shipped', '--out', out, '--reporter', 'dot'], {
      cwd: out,
    })
    const entries = PLAYED.flatMap((name) =>
      readFileSync(join(out, name, 'journal.ndjson'), 'utf8')
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line)),
    )
    const film = execFileSync(process.execPath, [program, 'film', join(out, PLAYED[0]), '--svg', '-'], {
      cwd: out,
      encoding: 'utf8',
    })
    return { entries, film }
  } finally {
    rmSync(out, { recursive: true })
  }
}

/** docs/journal.md: every kind of entry. */
export function journalPage(kinds, schemas, played) {
  const missing = Object.keys(kinds).filter((kind) => !played.some((entry) => entry.kind === kind))
  if (missing.length > 0) throw new Error(`no played scenario has an entry of the kind ${missing.join(', ')}`)
  return `${[
    '<!-- Written by "npm run docs" from src/domain/journal.ts, src/journal/schema.ts and played runs. Do not edit. -->',
    '',
    '# The journal',
    '',
    'All that happens in a run is in its journal, `journal.ndjson`: one entry a line, in the order in which things happened. Each entry has `at` (virtual',
    'milliseconds since the run began), `seq` (its number, from 0) and `kind`. [docs/runs.md](runs.md) says what is done with it.',
    '`journal.schema.json` beside this page is the JSON Schema of an entry. Each entry of each shipped scenario is checked against it.',
    'Readers skip kinds that they do not know.',
    '',
    'The examples are from played runs of shipped scenarios; long values are cut with `…`.',
    '',
    ...Object.entries(kinds).flatMap(([kind, means]) => [
      `## \`${kind}\``,
      '',
      `${means.charAt(0).toUpperCase()}${means.slice(1)}.`,
      '',
      table(['member', 'type', 'meaning'], membersOf(schemas[kind])),
      '',
      '```json',
      JSON.stringify(shortened(exampleOf(played, kind)), null, 2),
      '```',
      '',
    ]),
  ]
    .join('\n')
    .trimEnd()}\n`
}

/** An entry that says more than others of its kind comes first: one with a failure, or with fields. */
const exampleOf = (played, kind) =>
  played.find((entry) => entry.kind === kind && (entry.data !== undefined || entry.exitCode !== undefined)) ??
  played.find((entry) => entry.kind === kind && entry.event !== 'begun')

function membersOf(schemas) {
  const rows = new Map()
  for (const schema of schemas) {
    const { properties, required } = toJsonSchema(schema, { typeMode: 'input', errorMode: 'ignore' })
    for (const [name, member] of Object.entries(properties)) {
      if (['at', 'seq', 'kind'].includes(name)) continue
      const isOptional = !required.includes(name) || schemas.length > 1
      rows.set(name, [`\`${name}\`${isOptional ? '?' : ''}`, typeOf(member), member.description ?? ''])
    }
  }
  return [...rows.values()]
}

function typeOf(member) {
  if (member.enum) return member.enum.map((value) => `\`${value}\``).join(' ')
  if (member.const !== undefined) return `\`${member.const}\``
  if (member.anyOf) return member.anyOf.map(typeOf).join(' or ')
  return member.type === 'array' ? `list of ${member.items?.type ?? 'values'}` : (member.type ?? 'object')
}

const TEXT_MAX = 160
const LIST_MAX = 2

function shortened(value) {
  if (typeof value === 'string') return value.length > TEXT_MAX ? `${value.slice(0, TEXT_MAX)}…` : value
  if (Array.isArray(value))
    return [...value.slice(0, LIST_MAX).map(shortened), ...(value.length > LIST_MAX ? ['…'] : [])]
  if (typeof value !== 'object' || value === null) return value
  const { spec, ...rest } = value
  // The whole of a RunSpec would be longer than all else.
  const known =
    spec && Object.fromEntries(['product', 'scenario', 'title', 'seed', 'startsAt'].map((name) => [name, spec[name]]))
  return Object.fromEntries(
    Object.entries({ ...rest, ...(known ? { spec: { ...known, '…': '…' } } : {}) }).map(([name, inner]) => [
      name,
      shortened(inner),
    ]),
  )
}
