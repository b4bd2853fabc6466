import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { temporaryFolder } from './files.ts'
import { oobe } from './program.ts'

const FEW = ['mutate', 'region', '--scenarios', 'surface-wifi-happy-path', '--workers', '1']

test('lists what survived with its file and line, and the sum', { timeout: 60_000 }, async () => {
  const { code, stdout } = await oobe(FEW, temporaryFolder())
  expect(code).toBe(0)
  expect(stdout).toMatch(
    /✗ without select \(1\) of region\.choosing: .*\n {4}an action of a transition is left out, and 1 scenario that comes there did not notice it: machines\/pages\/region\.ts:\d+\n/,
  )
  const [, killed, survived] = /\n(\d+) killed, (\d+) survived: [\d.]+ %\n$/.exec(stdout)!
  expect(Number(killed)).toBeGreaterThan(1)
  expect(stdout.match(/^✗ /gm)).toHaveLength(Number(survived))
})

test('mutants that cannot be noticed do not count, and one that is noticed is none', { timeout: 60_000 }, async () => {
  const folder = temporaryFolder()
  const json = async (...args: string[]) => {
    const { code, stdout } = await oobe([...FEW, '--json', ...args], folder)
    return {
      code,
      ...(JSON.parse(stdout) as { score: number; killed: { name: string }[]; survived: { name: string }[] }),
    }
  }
  const first = await json('--least', '100')
  expect([first.code, first.score < 100]).toEqual([4, true])
  const write = (names: string[]) => {
    const entries = names.map((what) => ({ what, reason: 'a device does the same' }))
    writeFileSync(join(folder, 'equivalent.yaml'), JSON.stringify({ equivalent: entries }))
  }
  write(first.survived.map(({ name }) => name))
  expect(await json('--least', '100', '--equivalent', 'equivalent.yaml')).toMatchObject({
    code: 0,
    score: 100,
    survived: [],
    equivalent: first.survived.map(({ name }) => ({ name, reason: 'a device does the same' })),
  })
  const [{ name }] = first.killed as [{ name: string }]
  write([name])
  expect(await json('--equivalent', 'equivalent.yaml')).toMatchObject({ code: 4, noLongerEquivalent: [{ name }] })
  write(['drop nothing'])
  const { code, stderr } = await oobe([...FEW, '--equivalent', 'equivalent.yaml'], folder)
  expect([code, stderr]).toEqual([2, expect.stringContaining('equivalent.yaml: there is no mutant "drop nothing"')])
})

test('a sample is that of its seed; two processes play the same', { timeout: 60_000 }, async () => {
  const args = [
    'mutate',
    'network',
    'region',
    '--scenarios',
    'surface-wifi-happy-path,wifi-wrong-key',
    '--sample',
    '12',
  ]
  const folder = temporaryFolder()
  const [one, two, other] = await Promise.all([
    oobe([...args, '--seed', '5', '--workers', '1'], folder),
    oobe([...args, '--seed', '5', '--workers', '2'], folder),
    oobe([...args, '--seed', '6', '--workers', '1'], folder),
  ])
  expect(two.stdout).toBe(one.stdout)
  expect(other.stdout).not.toBe(one.stdout)
})

test('a scenario that does not pass judges nothing, and a place to which none comes is said', {
  timeout: 60_000,
}, async () => {
  const folder = temporaryFolder()
  const text =
    'title: x\ndevice: surface-laptop-se\ntenant: contoso-school\nnetwork: school-wifi\nperson: alice\nexpect: { outcome: kiosk }\n'
  writeFileSync(join(folder, 'wrong.yaml'), text)
  const { code, stdout, stderr } = await oobe(['mutate', 'region', '--scenarios', './wrong.yaml'], folder)
  expect(code).toBe(0)
  expect(stderr).toContain('wrong does not pass, and judges no mutant')
  expect(stdout).toMatch(/mutants more at places that no scenario comes to: .*\nno scenario comes to any of them\n$/)
})

test.each<[string[], string]>([
  [['nothing'], 'there is no statechart "nothing"'],
  [['regoin'], 'Did you mean "region"?'],
  [['--sample', '0'], '--sample'],
  [['--least', '101'], '--least'],
  [['--budget', '5'], '--budget: "5" is no time'],
  [['--equivalent', 'nowhere.yaml'], 'nowhere.yaml'],
  [['--scenarios', 'nowhere'], 'there is no scenario "nowhere"'],
])('%j is refused', async (args, message) => {
  const { code, stderr } = await oobe(['mutate', ...args], temporaryFolder())
  expect([code, stderr]).toEqual([2, expect.stringContaining(message)])
})
