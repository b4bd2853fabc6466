import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { expect, test, vi } from 'vitest'
import { call, file, folder } from './call.ts'

const RACE = `title: A release that is lost
device: surface-laptop-se
tenant: contoso-school
network: school-wifi
person: alice
seed: 2
events:
  - when: { at: 1s }
    server: { hold: user }
  - when: { request: "GET *apps?phase=user" }
    server: { release: user, session: this }
expect: { outcome: desktop }
`

test('writes the smallest order that breaks as a scenario, which breaks', async () => {
  const race = file('race.yaml', RACE)
  const out = join(folder, 'pinned.yaml')
  const { code, stdout } = await call('explore', '--races', race, '--runs', '40', '--workers', '1', '--out', out)
  expect([code, stdout]).toEqual([
    1,
    expect.stringMatching(/✗ an order with 1 other answer breaks[\s\S]*choice \d+: .* first, of: /),
  ])
  expect(readFileSync(out, 'utf8')).toMatch(/\nchoices:\n {2}"\d+": \d # /)
  const again = await call('run', out)
  expect([again.code, again.stdout]).toEqual([1, expect.stringContaining('0x800705b4')])
})

test('with --json the standard output is JSON alone, also when a scenario is written', async () => {
  const [race, out] = [file('race-json.yaml', RACE), join(folder, 'pinned-json.yaml')]
  const args = ['--races', race, '--runs', '40', '--workers', '1', '--json']
  const { code, stdout, stderr } = await call('explore', ...args, '--out', out)
  expect(code).toBe(1)
  expect(JSON.parse(stdout)).toMatchObject({ broken: { failures: [expect.stringContaining('0x800705b4')] } })
  expect(stderr).toContain('See it break: oobe run ')
})

test('says of a scenario that holds what was covered', async () => {
  const { code, stdout } = await call('explore', '--races', 'not-registered', '--runs', '5', '--workers', '1', '--json')
  expect(code).toBe(0)
  expect(JSON.parse(stdout)).toMatchObject({ scenario: 'not-registered', runs: expect.any(Number) })
})

test('an answer that the seed gives anyway has no effect, and fails the scenario', async () => {
  const first = file('pinned.yaml', `${RACE}choices: { "0": 0 }\n`)
  const second = file('pinned-too.yaml', `${RACE}choices: { "0": 1 }\n`)
  const outputs = [await call('run', first), await call('run', second)].map(({ stdout }) => stdout).join('\n')
  expect(outputs.match(/choices\.0 had no effect/g)).toHaveLength(1)
})

test.each<[string[], string]>([
  [['x'], 'oobe explore takes a scenario with --races alone'],
  [['--races'], 'oobe explore --races takes one scenario'],
  [['--races', 'not-registered', '--budget', '5'], '--budget does not go with --races'],
  [['--runs', '5'], '--runs goes with --races'],
  [['--devices', 'surface-laptop-s'], 'there is no device "surface-laptop-s"'],
  [['--faults', 'nothing'], 'there is no fault "nothing"'],
  [['--profiles', ','], 'there is no profile ""'],
  [['--strategy', 'clever'], 'there is no strategy "clever"'],
  [['--budget', 'long'], '--budget'],
  [['--budget', '0s'], '--budget'],
  [['--plateau', '0'], '--plateau'],
  [['--races', 'not-registered', '--json', '--out', '-'], '--json does not go with --out -'],
  [['--races', 'nowhere'], 'there is no scenario "nowhere"'],
  [['--races', 'not-registered', '--runs', '0'], '--runs'],
  [['--races', 'not-registered', '--depth', '-1'], '--depth'],
])('%j is refused', async (args, message) => {
  const { code, stderr } = await call('explore', ...args)
  expect([code, stderr]).toEqual([2, expect.stringContaining(message)])
  expect(existsSync(join(folder, 'oobe-results'))).toBe(false)
})

const FEW = [
  '--devices',
  'surface-laptop-se',
  '--tenants',
  'contoso-*',
  '--networks',
  'school-*',
  '--faults',
  'none,lookup*',
]

test('an exploration that finds nothing says what it covered', async () => {
  const args = ['explore', ...FEW, '--budget', '6', '--seed', '4', '--workers', '1']
  const { code, stdout } = await call(...args)
  expect(code).toBe(0)
  expect(stdout).toMatch(
    /^6 runs: all runs of the budget are played\nends: .*\npairs of two values: \d+ of \d+\nstates: \d+ of \d+; transitions: \d+ of \d+\n[\s\S]*✓ nothing was found\n$/,
  )
  const { stdout: json } = await call(...args, '--json')
  expect(JSON.parse(json)).toMatchObject({ runs: 6, ended: 'runs', findings: [] })
  expect((await call(...args, '--json')).stdout).toBe(json)
  expect(existsSync(join(folder, 'oobe-results'))).toBe(false)
})

test('an exploration with all pairs ends when all rows are played', async () => {
  const one = [
    '--devices',
    'surface-laptop-se',
    '--tenants',
    'contoso-school',
    '--networks',
    'school-wifi',
    '--faults',
    'none',
  ]
  const { code, stdout } = await call('explore', ...one, '--strategy', 'pairs', '--workers', '1')
  expect([code, stdout]).toEqual([
    0,
    expect.stringMatching(/^5 runs: nothing is left to try\n[\s\S]*pairs of two values: (\d+) of \1\n/),
  ])
})

test('a signal ends it with what was covered so far', async () => {
  const before = process.listenerCount('SIGINT')
  const ended = call('explore', ...FEW, '--budget', '600s', '--workers', '1')
  await vi.waitUntil(() => process.listenerCount('SIGINT') > before, 20_000)
  await wait(1_500)
  process.emit('SIGINT')
  const { code, stdout } = await ended
  expect([code, stdout]).toEqual([130, expect.stringMatching(/^\d+ runs?: it was stopped\n/)])
})
