import { spawnSync } from 'node:child_process'
import { rmSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { expect, it } from 'vitest'
// @ts-expect-error: plain JavaScript, which has no types
import { bundle } from '../../scripts/bench/bundle.mjs'

const ROOT = resolve(import.meta.dirname, '../..')

const bench = (...args: string[]) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(ROOT, 'scripts/bench.mjs'), ...args], {
    encoding: 'utf8',
  })
  return { status, stdout, stderr }
}

it('prints its help, and measures nothing', () => {
  const { status, stdout } = bench('--help')
  expect(status).toBe(0)
  expect(stdout).toMatch(/--compare REV/)
})

it.each([
  ['an unknown option', ['--fast'], /'--fast'/],
  ['a limit without a comparison', ['--at-most', '1.1'], /^--at-most is for --compare REV\n/],
  ['a limit that is no ratio', ['--compare', 'HEAD', '--at-most', 'little'], /^--at-most: a ratio, such as 1\.1\n/],
  ['no rounds', ['--compare', 'HEAD', '--rounds', '0'], /^--rounds: a whole number, 1 or more\n/],
  ['a number of devices that is none', ['--parked', 'many'], /^--parked: a whole number, 1 or more\n/],
])('refuses %s, with its help', (_, args, message) => {
  const { status, stderr } = bench(...args)
  expect(status).toBe(2)
  expect(stderr).toMatch(message)
  expect(stderr).toMatch(/--help {2,}this text/)
})

it('names a revision that is not there', () => {
  expect(bench('--compare', 'no-such-revision')).toMatchObject({
    status: 3,
    stderr: 'this repository has no revision "no-such-revision"\n',
  })
})

it('holds no more than 64 kB for a device that waits at its first page', async () => {
  const out = join(ROOT, 'node_modules/.cache/oobe-parked')
  try {
    await bundle(ROOT, out, ['parked'])
    const { stdout } = spawnSync(process.execPath, ['--expose-gc', join(out, 'parked.js'), '600'], { encoding: 'utf8' })
    const { bytes, actorBytes } = JSON.parse(stdout)
    // The yardstick shows that something was weighed.
    expect(actorBytes).toBeGreaterThan(1_000)
    expect(bytes).toBeGreaterThan(actorBytes)
    expect(bytes).toBeLessThan(64_000)
  } finally {
    rmSync(out, { recursive: true, force: true })
  }
})
