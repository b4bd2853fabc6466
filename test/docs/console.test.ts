import { spawn, spawnSync } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { isWithout } from '../without.ts'

const root = resolve(import.meta.dirname, '../..')

interface Session {
  command: string
  /** As documented: "…" alone means any lines, in a line any characters. */
  output: string[]
}

/** The commands of each block of a page, with what they are said to print. */
function blocksOf(file: string): { title: string; sessions: Session[] }[] {
  const text = readFileSync(join(root, file), 'utf8')
  return [...text.matchAll(/^```console\n([\s\S]*?)^```$/gm)].map((match) => {
    const sessions: Session[] = []
    for (const line of match[1]!.trimEnd().split('\n')) {
      if (line.startsWith('$ ')) sessions.push({ command: line.slice(2), output: [] })
      else sessions.at(-1)!.output.push(line)
    }
    while (sessions.at(-1)?.output.at(-1) === '') sessions.at(-1)!.output.pop()
    return { title: sessions[0]!.command, sessions }
  })
}

const patternOf = (output: readonly string[]): RegExp => {
  const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
  const lines = output.map((line) =>
    line.trim() === '…' ? '(?:.*\\n)*?' : `${line.split('…').map(escaped).join('.*')}\\n`,
  )
  return new RegExp(`^${lines.join('')}$`)
}

let folder: string

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'oobe-console-'))
  mkdirSync(join(folder, 'bin'))
  const program = join(folder, 'bin/oobe')
  writeFileSync(program, `#!/bin/sh\nexec "${process.execPath}" "${join(root, 'dist/oobe.js')}" "$@"\n`)
  chmodSync(program, 0o755)
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const documents = [
  'README.md',
  'docs/authoring.md',
  'docs/debugging.md',
  'docs/devices.md',
  'docs/modes.md',
  'docs/school.md',
]

test('finds the sessions', () => {
  const sessions = documents.flatMap(blocksOf).flatMap((block) => block.sessions)
  expect(sessions.length).toBeGreaterThan(8)
  expect(sessions.filter(({ command, output }) => output.length === 0 && !command.includes('>'))).toEqual([])
})

/** As a reader compares: a reader does not see blanks at the end. */
const seen = (stdout: string): string =>
  stdout
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n')
    .replace(/\n+$/, '\n')

/** Runs a command that stays until the test is over, and waits until it has said what it is said to. */
async function stay(command: string, pattern: RegExp, options: { cwd: string; env: NodeJS.ProcessEnv }): Promise<void> {
  const child = spawn('bash', ['-c', `exec ${command} 2>&1`], { ...options, stdio: ['ignore', 'pipe', 'ignore'] })
  onTestFinished(() => void child.kill('SIGKILL'))
  let stdout = ''
  await new Promise<void>((said) => {
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text
      if (pattern.test(seen(stdout))) said()
    })
    child.once('close', () => said())
  })
  expect(seen(stdout)).toMatch(pattern)
}

describe.each(documents)('%s shows what the program prints:', (file) => {
  test.for(blocksOf(file))('$title', { timeout: 60_000 }, async ({ sessions }, { skip }) => {
    const judges = ['openssl', 'python3'].filter((judge) => sessions.some(({ command }) => command.includes(judge)))
    skip(isWithout(...judges), `${judges.join(' or ')} is missing`)
    const cwd = mkdtempSync(join(folder, 'block-'))
    symlinkSync(join(root, 'test'), join(cwd, 'test'))
    const { NODE_EXTRA_CA_CERTS: _, ...rest } = process.env
    const env = { ...rest, PATH: `${join(folder, 'bin')}:${process.env.PATH}`, PYTHONDONTWRITEBYTECODE: '1' }
    for (const { command, output } of sessions) {
      const pattern = patternOf(output.map((line) => line.trimEnd()))
      if (command.endsWith(' &')) await stay(command.slice(0, -2), pattern, { cwd, env })
      else {
        const script = ['-c', `{ ${command}; } 2>&1`]
        const { stdout } = spawnSync('bash', script, { cwd, encoding: 'utf8', timeout: 30_000, env })
        expect(seen(stdout)).toMatch(pattern)
      }
    }
  })
})
