import { execFile, spawnSync } from 'node:child_process'
import { promisify } from 'node:util'

const isThere = (...command: [string, ...string[]]) => spawnSync(command[0], command.slice(1)).status === 0

const PROGRAMS = {
  swtpm: isThere('swtpm', '--version'),
  'tpm2-tools': isThere('tpm2_quote', '--version'),
  openssl: isThere('openssl', 'version'),
}

/** What the oracle needs and this machine has not. In CI these tests must run, and fail when something is missing. */
export const missing = Object.entries(PROGRAMS).flatMap(([name, there]) => (there ? [] : [name]))
export const isCi = Boolean(process.env.CI)
export const isSkipped = missing.length > 0 && !isCi

if (isSkipped) console.warn(`${missing.join(', ')} missing: the tests against another TPM are skipped`)

const execute = promisify(execFile)

/** Runs programs in a folder, to their ends. What they say of a failure is in the error. */
export const toolbox =
  (cwd: string, environment: NodeJS.ProcessEnv = {}) =>
  async (program: string, ...args: string[]): Promise<string> => {
    const options = { cwd, env: { ...process.env, ...environment }, timeout: 30_000, encoding: 'utf8' as const }
    const { stdout } = await execute(program, args, options)
    return stdout
  }
