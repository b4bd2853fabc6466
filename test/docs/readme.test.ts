import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { PAGE_IDS } from '../../src/domain/pages.ts'
import { namesOf } from '../../src/scenario/library.ts'

const root = fileURLToPath(new URL('../../', import.meta.url))
const read = (file: string) => readFileSync(join(root, file), 'utf8')
const readme = read('README.md')
const documents = [
  ...readdirSync(join(root, 'docs/decisions')).map((name) => `docs/decisions/${name}`),
  'README.md',
  'CONTRIBUTING.md',
  'SECURITY.md',
  'docs/benchmark.md',
  'docs/cli.md',
  'docs/clients.md',
  'docs/debugging.md',
  'docs/devices.md',
  'docs/events.md',
  'docs/inspect.md',
  'docs/lookup.md',
  'docs/machines.md',
  'docs/pages.md',
  'docs/graph.md',
  'docs/school.md',
  'docs/targets.md',
]
const blocksOf = (text: string, language: string) =>
  [...text.matchAll(new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\`$`, 'gms'))].map((match) => match[1]!)

/** Paths that a reader is to make, or that a run writes. */
const NOT_IN_THE_TREE = /^(\.?\/?devices\/my-laptop\.yaml|scenarios\/ben\.yaml|oobe-results\b.*|dist\/.*|<out>.*)$/

test('the example of an assertion is the one that CI runs', () => {
  expect(blocksOf(readme, 'ts')).toEqual([read('test/example/first-boot.example.ts')])
})

test('the example of a scenario runs, and does what it expects', () => {
  const folder = mkdtempSync(join(tmpdir(), 'oobe-readme-'))
  try {
    const scenario = blocksOf(readme, 'yaml').find((block) => block.includes('expect:'))!
    writeFileSync(join(folder, 'ben.yaml'), scenario)
    const { status, stdout, stderr } = oobe('run', join(folder, 'ben.yaml'), '--out', folder)
    expect(stderr).toBe('')
    expect(stdout).toContain('1 passed, 0 failed')
    expect(status).toBe(0)
    // The fault has to have happened, or the example shows nothing.
    expect(readFileSync(join(folder, 'ben/journal.ndjson'), 'utf8')).toContain('"by":"events.0"')
  } finally {
    rmSync(folder, { recursive: true })
  }
})

test.each(documents)('every path that %s names exists', (file) => {
  const text = read(file)
  const links = [...text.matchAll(/\]\(([^)#]+)\)/g)]
    .map((match) => match[1]!)
    .filter((link) => !link.startsWith('https://'))
    .map((link) => join(dirname(file), link))
  const quoted = [...text.matchAll(/`([^`\n]+)`/g)]
    .map((match) => match[1]!)
    .filter(
      (words) =>
        /^[\w.-]+(\/[\w.-]+)+\/?$/.test(words) &&
        /^(src|machines|devices|scenarios|scripts|test|docs|\.ci)\//.test(words),
    )
  const missing = [...links, ...quoted].filter((path) => !NOT_IN_THE_TREE.test(path) && !existsSync(join(root, path)))
  expect(missing).toEqual([])
})

test('the README is short: what is more has its page', () => {
  expect(readme.split('\n').length).toBeLessThanOrEqual(300)
})

test('the two commands stand on the first screen', () => {
  const [firstScreen] = readme.split('## What is simulated')
  expect(firstScreen!.split('\n').length).toBeLessThanOrEqual(45)
  expect(firstScreen).toMatch(/^npm ci && npm start\b/m)
  expect(firstScreen).toMatch(/^npm ci && npm test\b/m)
})

test.each(documents)('every npm script that %s names exists', (file) => {
  const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> }
  const named = [...read(file).matchAll(/npm run ([a-z:-]+)/g)].map((match) => match[1]!)
  expect(named.filter((name) => !(name in scripts))).toEqual([])
})

test.each(['README.md', 'CONTRIBUTING.md', 'docs/cli.md', 'docs/inspect.md'])(
  'every command that %s names exists, with its options',
  (file) => {
    const commands = [...new Set(commandsOf(read(file)))]
    expect(commands.length).toBeGreaterThan(0)
    expect(commands.map(problemOf).filter((problem) => problem !== undefined)).toEqual([])
  },
)

test('the README names pages that exist', () => {
  const [, table] = readme.split('## The seven steps')
  const rows = table!.split('\n').filter((line) => /^\| \d /.test(line))
  expect(rows).toHaveLength(7)
  const pages = rows.flatMap((row) => [...row.split('|')[2]!.matchAll(/`(\w+)`/g)].map((match) => match[1]!))
  expect(pages.filter((page) => !(PAGE_IDS as string[]).includes(page))).toEqual([])
})

function oobe(...args: string[]) {
  const { NODE_EXTRA_CA_CERTS: _, ...env } = process.env
  return spawnSync(process.execPath, ['dist/oobe.js', ...args], { cwd: root, encoding: 'utf8', env })
}

/** Lines of shell blocks and quoted words that begin with the program. */
function commandsOf(text: string): string[] {
  const lines = blocksOf(text, 'sh').flatMap((block) => block.split('\n'))
  const quoted = [...text.matchAll(/`(oobe [^`\n]+|node dist\/oobe\.js [^`\n]+)`/g)].map((match) => match[1]!)
  return [...lines, ...quoted]
    .map((line) =>
      line
        .replace(/#.*$/, '')
        .trim()
        .replace(/^node dist\/oobe\.js/, 'oobe'),
    )
    .filter((line) => /^oobe\b/.test(line))
}

const helps = new Map<string, string>()

function helpOf(command: string): string {
  const known = helps.get(command)
  if (known !== undefined) return known
  const args = [...command.split(' ').filter(Boolean), '--help']
  const help = execFileSync(process.execPath, ['dist/oobe.js', ...args], { cwd: root, encoding: 'utf8' })
  helps.set(command, help)
  return help
}

function problemOf(line: string): string | undefined {
  const [, ...words] = line.split(/\s+/)
  const [first = 'boot'] = words
  const command = first.startsWith('-') ? 'boot' : first
  if (/^[A-Z]+$/.test(first)) return undefined
  if (!new RegExp(`^oobe ${command}\\b`, 'm').test(helpOf(''))) return `${line}: no such command`
  const options = words.filter((word) => word.startsWith('--') && !['--help', '--version'].includes(word))
  // `oobe device new` has its own options.
  const hasActions = ['device', 'tenant', 'machine'].includes(command)
  const action = hasActions && /^[a-z]+(-[a-z]+)*$/.test(words[1] ?? '') ? `${command} ${words[1]}` : command
  const unknown = options.find((option) => !helpOf(action).includes(option.replace(/=.*/, '')))
  if (unknown !== undefined) return `${line}: no option ${unknown}`
  const values = new Set(options.map((option) => words[words.indexOf(option) + 1]))
  const names = words
    .slice(hasActions ? 2 : 1)
    .filter((word) => /^[a-z][a-z0-9]*(-[a-z0-9]+)+$/.test(word) && !values.has(word))
  if (action === 'device new') return undefined
  const kind = command === 'run' ? 'scenario' : 'device'
  const missing = names.find((name) => !namesOf(kind).includes(name))
  return missing === undefined ? undefined : `${line}: no ${kind} ${missing}`
}
