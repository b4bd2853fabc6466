import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { onTestFinished } from 'vitest'

const ROOT = resolve(import.meta.dirname, '../..')

export const PROGRAM = join(ROOT, 'dist', 'oobe.js')

const HANGS_AFTER_MS = 40_000

export interface Ended {
  /** Null when a signal ended it, as the deadline does. */
  code: number | null
  stdout: string
  stderr: string
}

/** The environment of a user's shell: nothing of the test runner's, and no certificates of this machine's. */
export function plainEnvironment(): NodeJS.ProcessEnv {
  const ours =
    /^(VITEST|NODE_|FORCE_COLOR$|NO_COLOR$|TMUX|DEV$|PROD$|MODE$|SSR$|BASE_URL$|TEST$|npm_config_(package|call)$)/i
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !ours.test(name)))
}

export interface Started {
  child: ChildProcess
  ended: Promise<Ended>
}

/** Starts the built program without a terminal. One that hangs is killed, and ends with the code null. */
export function start(args: readonly string[], cwd: string = ROOT): Started {
  const child = spawn(process.execPath, [PROGRAM, ...args], {
    cwd,
    env: plainEnvironment(),
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: HANGS_AFTER_MS,
    killSignal: 'SIGKILL',
  })
  const output = { stdout: '', stderr: '' }
  child.stdout.setEncoding('utf8').on('data', (text: string) => (output.stdout += text))
  child.stderr.setEncoding('utf8').on('data', (text: string) => (output.stderr += text))
  const ended = new Promise<Ended>((done, fail) => {
    child.on('error', fail)
    child.on('close', (code) => done({ code, ...output }))
  })
  return { child, ended }
}

export const oobe = (args: readonly string[], cwd?: string): Promise<Ended> => start(args, cwd).ended

/** An empty folder, gone after the test. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'oobe-test-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

/** Paths of all files below a folder, relative to it, sorted. */
export function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => statSync(join(folder, path)).isFile())
    .sort()
}

/** Entries of a run's journal. */
export function journalOf(out: string, run: string): { kind: string; [field: string]: unknown }[] {
  const lines = readFileSync(join(out, run, 'journal.ndjson'), 'utf8')
    .trimEnd()
    .split('\n')
  return lines.map((line) => JSON.parse(line))
}

export const HAPPY_PATH = 'surface-wifi-happy-path'

/** A shipped scenario's text, with one piece of it replaced. */
export function changedScenario(name: string, was: string, is: string): string {
  const text = readFileSync(join(ROOT, 'scenarios', `${name}.yaml`), 'utf8')
  if (!text.includes(was)) throw new Error(`${name}.yaml does not hold "${was}"`)
  return text.replaceAll(was, is)
}
