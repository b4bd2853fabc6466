import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { PROGRAM, plainEnvironment } from '../cli/program.ts'
import { isWithout } from '../without.ts'

const ROOT = resolve(import.meta.dirname, '../..')
const PAGE = readFileSync(join(ROOT, 'docs/clients.md'), 'utf8')
const PORT = '8443'
const CA_FILE = 'oobe-ca.pem'

interface Block {
  language: string
  /** Of a file that the reader saves: the line above the block has it. */
  name: string | undefined
  text: string
}

interface Section {
  title: string
  blocks: Block[]
}

const sectionsOf = (page: string): Section[] =>
  page
    .split(/^## /m)
    .slice(1)
    .map((chapter) => ({
      title: chapter.slice(0, chapter.indexOf('\n')),
      blocks: [...chapter.matchAll(/(?:^`([\w.-]+)`:\n\n)?^```(\w+)\n([\s\S]*?)^```$/gm)].map(
        ([, name, language, text]) => ({ language: language!, name, text: text! }),
      ),
    }))

const SECTIONS = sectionsOf(PAGE)
const blocksIn = (title: string) => SECTIONS.find((section) => section.title === title)!.blocks
const fileOf = (name: string) => SECTIONS.flatMap(({ blocks }) => blocks).find((block) => block.name === name)!.text

/** Commands with what they print: "…" is anything. */
const sessionsOf = (console: string) =>
  console
    .split(/^\$ /m)
    .slice(1)
    .map((session) => {
      const [command, ...output] = session.trimEnd().split('\n')
      return { command: command!, output: `${output.join('\n')}\n` }
    })

const patternOf = (output: string): RegExp => {
  const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
  return new RegExp(`^${output.split('…').map(escaped).join('[\\s\\S]*?')}$`)
}

/** Of those that another shell has set: they would trust another authority. */
const environment = (): NodeJS.ProcessEnv =>
  Object.fromEntries(
    Object.entries(plainEnvironment()).filter(([name]) => !/^(SSL_CERT_|CURL_CA_|REQUESTS_CA_|\w+_proxy$)/i.test(name)),
  )

let folder: string
let port: string
let server: ChildProcess
let greeting = ''

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'oobe-clients-'))
  server = spawn(process.execPath, [PROGRAM, 'serve', '--port', '0', '--ca-file', CA_FILE], {
    cwd: folder,
    env: environment(),
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  port = await new Promise<string>((done, fail) => {
    server.stdout!.setEncoding('utf8').on('data', (text: string) => {
      greeting += text
      const found = /is served at https:\/\/localhost:(\d+)\n[\s\S]*\n\n/.exec(greeting)
      if (found) done(found[1]!)
    })
    server.once('close', () => fail(new Error(`it does not serve: ${greeting}`)))
  })
}, 30_000)
afterAll(() => {
  server.kill('SIGKILL')
  rmSync(folder, { recursive: true, force: true })
})

const here = (text: string): string => text.replaceAll(`localhost:${PORT}`, `localhost:${port}`)

test('the server says what the page says that it does', () => {
  const [session] = sessionsOf(blocksIn('The server')[0]!.text)
  expect(session!.command).toBe(`oobe serve --ca-file ${CA_FILE} &`)
  expect(greeting).toMatch(patternOf(here(session!.output)))
})

test('every value of the settings is in the snippets or in the answers', () => {
  const table = PAGE.slice(PAGE.indexOf('| setting |'), PAGE.indexOf('The authority can vouch'))
  const values = [...table.matchAll(/^\| [^|]* \|([^|]*)\|/gm)].flatMap(([, cell]) =>
    [...cell!.matchAll(/`([^`]+)`/g)].map(([, value]) => value!),
  )
  expect(values.length).toBeGreaterThan(8)
  const snippets = SECTIONS.flatMap(({ blocks }) => blocks.map(({ text }) => text)).join('\n')
  const built = snippets.replaceAll(/\$\{origin\}|\$origin|\{origin\}/g, `https://localhost:${PORT}`)
  const isWhole = (value: string) =>
    new RegExp(`(?<![\\w-])${value.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}(?![\\w-])`).test(built)
  expect(values.filter((value) => !isWhole(value))).toEqual([])
})

const hasPythonMsal = (): boolean =>
  spawnSync('python3', ['-c', 'import msal, requests'], { env: environment() }).status === 0

const RUN = SECTIONS.filter(({ title, blocks }) => title !== 'The server' && blocks.some(({ name }) => name))

test('the page has snippets of each kind, and each file is used by a command', () => {
  expect(RUN.map(({ title }) => title)).toEqual([
    'A shell script',
    'MSAL and the Graph client for Node',
    'MSAL for Python',
    'An MDM client',
  ])
  const all = SECTIONS.flatMap(({ blocks }) => blocks)
  const commands = all.filter(({ language }) => language === 'console').map(({ text }) => text)
  const used = [...commands, fileOf('discover.sh')].join('\n')
  const names = all.flatMap(({ name }) => name ?? [])
  expect(names).toHaveLength(6)
  expect(names.filter((name) => !used.includes(name))).toEqual([])
})

describe('docs/clients.md shows what comes of the snippets:', () => {
  test.for(RUN)('$title', { timeout: 60_000 }, ({ title, blocks }, { skip }) => {
    const isShell = blocks.some(({ name }) => name?.endsWith('.sh'))
    skip(isShell && isWithout('curl'), 'curl is missing')
    const isPython = blocks.some(({ language }) => language === 'python')
    skip(isPython && !hasPythonMsal(), 'msal and requests of Python are missing: pip install msal requests')
    const cwd = join(folder, title.replaceAll(' ', '-'))
    mkdirSync(cwd)
    symlinkSync(join(ROOT, 'node_modules'), join(cwd, 'node_modules'), 'dir')
    copyFileSync(join(folder, CA_FILE), join(cwd, CA_FILE))
    for (const { name, text } of blocks) if (name) writeFileSync(join(cwd, name), here(text))
    const sessions = blocks.filter(({ language }) => language === 'console').flatMap(({ text }) => sessionsOf(text))
    expect(sessions.length).toBeGreaterThan(0)
    for (const { command, output } of sessions) {
      const options = { cwd, env: environment(), encoding: 'utf8', timeout: 30_000 } as const
      const { stdout, stderr, status } = spawnSync('sh', ['-c', command], options)
      // Node warns of what its libraries do; that is no output of the snippet.
      expect([status, status === 0 ? '' : stderr]).toEqual([0, ''])
      expect(stdout).toMatch(patternOf(here(output)))
    }
  })
})

test('PowerShell sends what the shell script sends', () => {
  const shell = fileOf('list.sh')
  const [{ text: powershell }] = blocksIn('PowerShell').filter(({ language }) => language === 'powershell') as [Block]
  const facts = (text: string) => ({
    addresses: [...text.matchAll(/"(\$origin\/[^"]*)"/g)].map(([, address]) => address),
    settings: [...text.matchAll(/\$?\b(origin|tenant) ?= ?'?([^'\n]+)/g)].map(([, name, value]) => [name, value]),
    form: [...text.matchAll(/\b(grant_type|client_id|client_secret|scope)\s*=\s*'?([^'\n]+)/g)].map(
      ([, name, value]) => [name, value],
    ),
    query: [...text.matchAll(/[`\\]?\$(filter|select)=([^"&\n]*(?:'SIM-SLSE'\))?)/g)].map(([, name, value]) => [
      name,
      value!.replace(/'$/, ''),
    ]),
    header: /Authorization[: =]+"?(Bearer \$token)/.exec(text)?.[1],
  })
  const expected = facts(shell)
  expect(expected.form).toHaveLength(4)
  expect(expected.query).toEqual([
    ['filter', "contains(serialNumber,'SIM-SLSE')"],
    ['select', 'serialNumber,groupTag'],
  ])
  expect(expected.addresses).toHaveLength(2)
  expect(facts(powershell)).toEqual(expected)
})
