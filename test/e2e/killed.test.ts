import { spawn } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { expect, onTestFinished, test } from 'vitest'
import { temporaryFolder } from '../cli/files.ts'
import { plainEnvironment } from '../cli/program.ts'
import { hasTmux } from './tmux.ts'

const ROOT = resolve(import.meta.dirname, '../..')
const DEADLINE_MS = 60_000
const canSee = existsSync('/proc/self/environ') && hasTmux

/** Commands of all processes that have this in their environment. One that has ended has none, whether its parent looked or not. */
function commandsOf(variable: string): string[] {
  return readdirSync('/proc').flatMap((pid) => {
    if (!/^\d+$/.test(pid)) return []
    try {
      const isOne = readFileSync(`/proc/${pid}/environ`, 'utf8').split('\0').includes(variable)
      return isOne ? [readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim()] : []
    } catch {
      return []
    }
  })
}

async function until(isSo: () => boolean): Promise<void> {
  for (const end = performance.now() + DEADLINE_MS; !isSo() && performance.now() < end; ) await wait(50)
}

test.skipIf(!canSee && !process.env.CI)(
  'nothing is left of a runner that is killed',
  { timeout: 150_000 },
  async () => {
    // What the scene leaves of its folders goes with this one.
    const TMPDIR = temporaryFolder()
    const file = join(TMPDIR, 'mark')
    const args = ['node_modules/vitest/vitest.mjs', 'run', '--config', 'test/e2e/killed/vitest.config.ts']
    const env = { ...plainEnvironment(), TMPDIR, SAYS_SO: file }
    const runner = spawn(process.execPath, args, { cwd: ROOT, env, stdio: ['ignore', 'pipe', 'pipe'] })
    onTestFinished(() => void runner.kill('SIGKILL'))
    let output = ''
    for (const stream of [runner.stdout, runner.stderr]) stream.on('data', (text) => (output += text))
    await until(() => existsSync(file) || runner.exitCode !== null)
    expect(existsSync(file), output).toBe(true)
    const variable = `OOBE_TEST_RUN=${readFileSync(file, 'utf8')}`

    const started = [/oobe\.js serve /, /server\.py /, /^swtpm /, /^tmux /, /oobe\.js --speed real/, /^sleep 600$/]
    await until(() => started.every((command) => commandsOf(variable).some((line) => command.test(line))))
    const running = commandsOf(variable)
    for (const command of started) expect(running).toContainEqual(expect.stringMatching(command))

    runner.kill('SIGKILL')
    await until(() => commandsOf(variable).length === 0)
    expect(commandsOf(variable)).toEqual([])
  },
)
