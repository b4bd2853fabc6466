import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { JournalEntry } from '../../src/domain/journal.ts'
import { PROGRAM, plainEnvironment } from './program.ts'

/** Types lines into a first boot that asks, as a pipe does. */
function asked(lines: readonly string[], args: readonly string[] = []) {
  const out = mkdtempSync(join(tmpdir(), 'oobe-asked-'))
  const child = spawn(process.execPath, [PROGRAM, 'boot', '--ask', '--seed', '1', '--out', out, ...args], {
    env: plainEnvironment(),
    timeout: 40_000,
  })
  let stdout = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text))
  child.stdin.end(lines.map((line) => `${line}\n`).join(''))
  return new Promise<{ code: number | null; stdout: string; journal: JournalEntry[] }>((done) => {
    child.on('close', (code) => {
      const [, path] = /journal: (.+)$/m.exec(stdout)!
      const journal = readFileSync(path!, 'utf8').trimEnd().split('\n')
      done({ code, stdout, journal: journal.map((line) => JSON.parse(line) as JournalEntry) })
    })
  })
}

const outcomeOf = (journal: readonly JournalEntry[]) =>
  journal.flatMap((entry) => (entry.kind === 'outcome' ? [entry.outcome] : []))
const pagesOf = (journal: readonly JournalEntry[]) =>
  journal.flatMap((entry) => (entry.kind === 'screen' && 'screen' in entry ? [entry.screen.page] : []))

/** The answers of the happy path, each as it may be typed. */
const HAPPY = [
  ...['', ''],
  ...['us', ''],
  '3',
  ...['contoso-st', 'Connect'],
  ...['learn-anywhere', ''],
  '',
  ...['alice@contoso.example', ''],
  ...['correct-horse', ''],
  ...['correct-horse', '1'],
]

test('with --stay the person at the desktop signs out, comes back, and ends the run', async () => {
  const back = ['1', 'alice@contoso.example', 'correct-horse', '1', '2']
  const { code, journal } = await asked([...HAPPY, ...back], ['--stay'])
  expect(
    pagesOf(journal)
      .filter((page, index, all) => page !== all[index - 1])
      .slice(-3),
  ).toEqual([...['desktop', 'nextSignIn', 'desktop']])
  expect([code, ...outcomeOf(journal)]).toMatchObject([0, { kind: 'desktop', managed: true }])
})

test('a shipped scenario that is answered line by line ends as the script ends it', async () => {
  const { code, stdout, journal } = await asked(HAPPY)
  const scripted = spawn(
    process.execPath,
    [PROGRAM, 'boot', '--plain', '--seed', '1', '--out', mkdtempSync(join(tmpdir(), 'oobe-plain-'))],
    {
      env: plainEnvironment(),
    },
  )
  let plain = ''
  scripted.stdout.setEncoding('utf8').on('data', (text: string) => (plain += text))
  await new Promise((done) => scripted.on('close', done))
  expect(code).toBe(0)
  const [outcome] = outcomeOf(journal)
  expect(outcome).toMatchObject({ kind: 'desktop', managed: true, autopilot: true })
  expect(plain).toContain('outcome: desktop (standard user, managed, Autopilot)')
  expect(stdout).toContain('The first boot has ended: desktop (standard user, managed, Autopilot)')
  expect(new Set(pagesOf(journal))).toEqual(new Set([...plain.matchAll(/^ +\S+ {2}\[(\w+)/gm)].map(([, page]) => page)))
  // Lines and nothing but lines: no cursor is moved, and no password is repeated.
  expect(stdout).not.toMatch(/[\u001b\r]/)
  expect(stdout).not.toMatch(/correct-horse|learn-anywhere/)
})

test('in German the pages are read out in German, and English names are understood', async () => {
  const { code, stdout } = await asked(
    ['', '', 'germany', 'Yes', 'german', 'yes', 'Skip', '?', '', '', 'wrong', ''],
    ['hp-probook-x360-11-g5-ee'],
  )
  expect(stdout).toContain('Seite: Welche Sprache möchten Sie verwenden?')
  expect(stdout).toContain('Seite: Ist dies das richtige Land oder die richtige Region?')
  expect(stdout).toContain('Fehler: Es kann keine Verbindung mit diesem Netzwerk hergestellt werden')
  expect(stdout).toContain('Auch: :keys NAME')
  expect(code).toBe(130)
})

test('keys, cables and what is not understood are told on the page', async () => {
  const lines = [':keys Shift+F10', '?', ':power', ':cabel out', 'nowhere', '', '']
  const { stdout, journal } = await asked(['us', '', ...lines])
  expect(stdout).toContain('Page: Settings')
  expect(stdout).toContain('Did you mean ":cable out"?')
  expect(pagesOf(journal)).toContain('settings')
})

test('input that ends while a page asks stops the run, and says so', async () => {
  const { code, stdout, journal } = await asked(['us'])
  expect(code).toBe(130)
  expect(stdout).toContain('Standard input has ended, and the page waits for an answer: the run is stopped.')
  expect(outcomeOf(journal)).toEqual([expect.objectContaining({ kind: 'stopped' })])
})
