import { type ChildProcess, spawn } from 'node:child_process'
import { join, resolve } from 'node:path'
import type { Ended } from './files.ts'

const ROOT = resolve(import.meta.dirname, '../..')

export const PROGRAM = join(ROOT, 'dist', 'oobe.js')

const HANGS_AFTER_MS = 40_000

/** The environment of a user's shell: nothing of the test runner's, and no certificates of this machine's. */
export function plainEnvironment(): NodeJS.ProcessEnv {
  const ours =
    /^(VITEST|NODE_|FORCE_COLOR$|NO_COLOR$|COLORTERM$|CI$|TMUX|DEV$|PROD$|MODE$|SSR$|BASE_URL$|TEST$|npm_config_(package|call)$)/i
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !ours.test(name)))
}

export interface Started {
  child: ChildProcess
  ended: Promise<Ended>
}

/**
 * Starts the built program without a terminal. One that hangs is killed, and ends with the code null.
 *
 * @param options of Node
 */
export function start(
  args: readonly string[],
  cwd: string = ROOT,
  program = PROGRAM,
  ...options: readonly string[]
): Started {
  const child = spawn(process.execPath, [...options, program, ...args], {
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
