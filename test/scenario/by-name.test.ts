import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { UserError } from '../../src/domain/trouble.ts'
import { find, namesOf } from '../../src/scenario/library.ts'
import { loadScenarios } from '../../src/scenario/scenario.ts'

let folder: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'oobe-by-name-'))
})

afterEach(() => rmSync(folder, { recursive: true }))

const scenario = (facts: string): string => {
  const path = join(folder, 'story.yaml')
  writeFileSync(
    path,
    `title: A story\ndevice: surface-laptop-se\ntenant: contoso-school\nexpect: { outcome: desktop }\n${facts}\n`,
  )
  return path
}
const loaded = (facts: string) => loadScenarios(scenario(facts))[0]!
const refusal = (facts: string): string => {
  try {
    loaded(facts)
  } catch (error) {
    const { message, details } = error as UserError
    return [message.replace(`${folder}/`, ''), ...details].join('\n')
  }
  throw new Error('accepted')
}

describe('a person and a network by name', () => {
  test('are the facts of their files', () => {
    const { person, environment } = loaded('person: ben\nnetwork: school-wifi')
    expect(person.signIn).toEqual({ email: 'ben@contoso.example', password: 'blue-umbrella' })
    expect(environment.wifi).toMatchObject([{ ssid: 'Contoso-Students', security: 'wpa2-psk', bars: 4 }])
  })

  test('have single facts changed, at any depth and by their path', () => {
    const { person, environment } = loaded(
      'person: { use: alice, with: { signIn.password: other, region: null, network: { key: wrong } } }\n' +
        'network: { use: school-and-neighbours, with: { wifi.1.captivePortal: false, latency: 300ms } }',
    )
    expect(person.signIn).toEqual({ email: 'alice@contoso.example', password: 'other' })
    expect(person).not.toHaveProperty('region')
    expect(person.network).toEqual({ wifi: 'Contoso-Students', key: 'wrong' })
    expect(environment.wifi.map(({ captivePortal }) => captivePortal)).toEqual([false, false, false])
    expect(environment.wifi[1]!.ssid).toBe('Contoso-Guests')
    expect(environment.latencyMs).toBe(300)
  })

  test.each([
    ['person: alcie', 'story.yaml:5:9: there is no person "alcie"', 'Did you mean "alice"?'],
    [
      'network: { use: school-wify }',
      'story.yaml:5:17: there is no network "school-wify"',
      'Did you mean "school-wifi"?',
    ],
    ['network: { wfi: [] }', 'network.wfi: unknown key "wfi"', 'Did you mean "wifi"?'],
    ['network: { use: school-wifi, latency: 1s }', 'network.latency: unknown key "latency"', ''],
    [
      'network: { use: school-wifi, with: { latncy: 1s } }',
      'story.yaml:5:38: network.with: latncy: unknown key "latncy"',
      'Did you mean "latency"?',
    ],
    [
      'network: { use: school-wifi, with: { wifi.0.bars: 9 } }',
      'story.yaml:5:51: network.with: wifi.0.bars: must be at most 4',
      '',
    ],
    ['network: { use: school-wifi, with: { wifi.7.bars: 1 } }', 'network.with: wifi', ''],
    ['person: { use: alice, with: { sginIn: {} } }', 'person.with: sginIn: unknown key', 'Did you mean "signIn"?'],
    ['person: 7', 'person', ''],
  ])('%s is refused with its place', (facts, message, hint) => {
    const said = refusal(facts)
    expect(said).toContain(message)
    expect(said).toContain(hint)
  })
})

test('a fact of a device is changed by the path that "device show" prints', () => {
  const path = scenario('')
  writeFileSync(
    path,
    'title: x\ndevice: { use: surface-laptop-se, with: { adapters.0.mac: "02:53:49:4D:99:01", tpm.kind: discrete } }\n' +
      'tenant: contoso-school\nexpect: { outcome: desktop }\n',
  )
  const { device } = loadScenarios(path)[0]!
  expect(device.adapters[0]).toMatchObject({ id: 'wifi', mac: '02:53:49:4D:99:01' })
  expect(device.tpm).toMatchObject({ kind: 'discrete', vendor: 'INTC' })
})

describe('scenarios in folders', () => {
  beforeEach(() => {
    for (const at of ['one', 'two', 'two/three']) mkdirSync(join(folder, 'scenarios', at), { recursive: true })
    for (const at of ['flat', 'one/same', 'two/same', 'two/three/deep', 'one/wrong-password'])
      writeFileSync(join(folder, 'scenarios', `${at}.yaml`), `title: ${at}\n`)
    vi.spyOn(process, 'cwd').mockReturnValue(folder)
  })

  afterEach(() => vi.restoreAllMocks())

  test('have their own names, and with the folder where two have one', () => {
    const names = namesOf('scenario')
    expect(names).toEqual(expect.arrayContaining(['flat', 'deep', 'one/same', 'two/same', 'wrong-password']))
    expect(names).not.toContain('same')
    expect(names.length).toBe(new Set(names).size)
  })

  test('are found by name and by folder, the working folder first', () => {
    expect(find('scenario', 'two/same').text).toBe('title: two/same\n')
    expect(find('scenario', 'deep').file).toBe(join('scenarios', 'two', 'three', 'deep.yaml'))
    expect(find('scenario', 'two/three/deep').text).toBe('title: two/three/deep\n')
    expect(find('scenario', 'wrong-password').text).toBe('title: one/wrong-password\n')
    expect(find('scenario', 'network/wifi-wrong-key').text).toContain('learn-anywhre')
    expect(() => find('scenario', 'same')).toThrow('there is no scenario "same"')
  })
})
