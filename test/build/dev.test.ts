import { spawn } from 'node:child_process'
import { readFileSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { expect, onTestFinished, test } from 'vitest'
import { temporaryFolder } from '../cli/files.ts'
import { plainEnvironment } from '../cli/program.ts'
import { copySource } from '../source-copy.ts'

const DEADLINE_MS = 40_000
const MINUTES = 60_000

test('npm run dev starts the program after each build that succeeds, and ends with a signal', {
  timeout: 3 * MINUTES,
}, async () => {
  const root = join(temporaryFolder(), 'source')
  copySource(root)
  const { version, scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  expect(scripts.dev).toBe('node scripts/dev.mjs')
  const child = spawn(process.execPath, ['scripts/dev.mjs', '--version'], {
    cwd: root,
    env: plainEnvironment(),
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  onTestFinished(() => void child.kill('SIGKILL'))
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (output += text))
  const ended = new Promise<number | null>((done) => child.once('close', done))
  /** Starts of the program, once dev has waited for a change as often as this. */
  const startsAfter = async (count: number) => {
    const end = performance.now() + DEADLINE_MS
    while (output.split('waiting for a change').length - 1 < count && performance.now() < end) await wait(50)
    return output.split('\n').filter((line) => line === version).length
  }
  expect(await startsAfter(1), output).toBe(1)

  const now = new Date()
  utimesSync(join(root, 'scenarios/identity/wrong-password.yaml'), now, now)
  expect(await startsAfter(2), output).toBe(2)

  const source = join(root, 'src/cli/oobe.ts')
  const good = readFileSync(source, 'utf8')
  writeFileSync(source, `${good}const =\n`)
  expect(await startsAfter(3), output).toBe(2)
  expect(output).toContain('src/cli/oobe.ts')
  writeFileSync(source, good)
  expect(await startsAfter(4), output).toBe(3)

  child.kill('SIGTERM')
  expect(await ended).toBe(143)
})
