import { execFileSync, spawnSync } from 'node:child_process'

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

/** Runs a program to its end; what it says of a failure is in the error. */
export function run(
  program: string,
  args: readonly string[],
  cwd: string,
  environment: NodeJS.ProcessEnv = {},
): string {
  return execFileSync(program, args, {
    cwd,
    encoding: 'utf8',
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: 30_000,
  })
}
