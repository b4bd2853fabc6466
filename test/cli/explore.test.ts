import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
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
  [['x'], 'oobe explore takes --races and one scenario'],
  [['--races'], 'oobe explore takes --races and one scenario'],
  [['--races', 'nowhere'], 'there is no scenario "nowhere"'],
  [['--races', 'not-registered', '--runs', '0'], '--runs'],
  [['--races', 'not-registered', '--depth', '-1'], '--depth'],
])('%j is refused', async (args, message) => {
  const { code, stderr } = await call('explore', ...args)
  expect([code, stderr]).toEqual([2, expect.stringContaining(message)])
  expect(existsSync(join(folder, 'oobe-results'))).toBe(false)
})
