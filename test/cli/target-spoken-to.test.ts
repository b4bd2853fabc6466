import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { verdictOf } from '../../src/journal/outcome.ts'
import { readJournal } from '../../src/journal/read-journal.ts'
import { doctor, school, trusting } from '../doctor/doctor-scene.ts'
import { call, file, folder } from './call.ts'

const NOWHERE = 'https://mdm.acme.test/EnrollmentServer/Discovery.svc'
const HAPPY_PATH = 'surface-wifi-happy-path'

describe('a service whose name does not resolve', () => {
  test.each([
    ['run', HAPPY_PATH],
    ['boot', '--plain'],
  ])('ends oobe %s before the run, whatever the name ends in', async (...words) => {
    const { code, stdout, stderr } = await call(...words, '--service', NOWHERE)
    expect([code, stdout]).toEqual([3, ''])
    expect(stderr).toMatch(/^error ERR_SERVICE_UNREACHABLE: \S+ cannot be reached: mdm\.acme\.test: .*\(0x80072ee7\)/)
  })

  test('ends oobe doctor with what was found', async () => {
    const { code, stdout, stderr } = await doctor(NOWHERE)
    expect(stdout).toMatch(/problem {2}mdm\.acme\.test: .*\(0x80072ee7\)\n +The name does not resolve/)
    expect([code, stderr]).toEqual([3, expect.stringMatching(/^error ERR_SERVICE_UNREACHABLE: .*mdm\.acme\.test/)])
    const asJson = await doctor(NOWHERE, '--json')
    expect([asJson.code, JSON.parse(asJson.stdout)]).toMatchObject([3, [{ verdict: 'problem' }]])
  })

  test('is found also where the mock has a host of that name', async () => {
    const { code, stderr } = await call('run', HAPPY_PATH, '--service', 'https://login.microsoftonline.test')
    expect([code, stderr]).toEqual([3, expect.stringMatching(/^error ERR_SERVICE_UNREACHABLE: /)])
  })
})

test.each([
  ['an authority of every name', 'services: { attestation: "https://{authority}.aik.acme.test/templates/Aik" }'],
  ['the resource of a token alone', 'services: { managementResource: https://mdm.acme.test/ }'],
])('a doctor that has asked nothing finds a problem: %s', async (_, services) => {
  const { code, stdout } = await doctor(file('target.yaml', `title: An MDM\n${services}\n`))
  expect([stdout, code]).toEqual([expect.stringMatching(/problem {2}nothing was asked: .*\n +Give "origin"/), 1])
})

describe('a verdict about a service', () => {
  const out = () => ['--out', join(folder, 'out')]
  const journal = () => join(folder, 'out', HAPPY_PATH, 'journal.ndjson')
  const verdict = () => verdictOf(readJournal(readFileSync(journal(), 'utf8'), 'journal.ndjson').entries)
  const titled = (origin: string, services: string) =>
    file('target.yaml', `title: "Hedge \\u001b[31mrow"\n${services.replace('ORIGIN', origin)}\ntrust: [ca.pem]\n`)

  test('says how many requests the service has answered', async () => {
    const origin = await school()
    const args = ['--service', titled(origin, 'origin: ORIGIN'), '--reporter', 'list,junit']
    const { code, stdout } = await call('run', HAPPY_PATH, ...args, ...out())
    const { service } = verdict()!
    expect(service).toEqual({ title: 'Hedge ␛[31mrow', requests: expect.any(Number) })
    expect(service!.requests).toBeGreaterThan(20)
    expect(stdout).toContain(`, seed 1, ${service!.requests} requests to Hedge ␛[31mrow]\n`)
    expect(readFileSync(join(folder, 'out', 'junit.xml'), 'utf8')).toContain(
      `<property name="service" value="Hedge ␛[31mrow"/><property name="requests" value="${service!.requests}"/>`,
    )
    expect((await call('show', journal())).stdout).toContain(`  [${service!.requests} requests to Hedge ␛[31mrow]\n`)
    expect(code).toBe(0)
  })

  test('has an inert title, as all messages about a target', async () => {
    const { stdout } = await doctor(titled(await school(), 'origin: ORIGIN'))
    expect(stdout.split('\n')[0]).toBe('Hedge ␛[31mrow, as Microsoft Surface Laptop SE sees it')
  })

  test('fails when the run never talked to it', async () => {
    const profile = titled(await school(), 'services: { attestation: "ORIGIN/{authority}/templates/Aik" }')
    const { code, stdout } = await call('run', HAPPY_PATH, '--service', profile, ...out())
    expect(stdout).toMatch(
      /^✗ .*, seed 1, 0 requests to Hedge ␛\[31mrow\]\n {4}the run never talked to Hedge ␛\[31mrow: /,
    )
    expect([code, verdict()?.passed]).toEqual([1, false])
    const plain = await call('boot', '--plain', '--service', profile, ...out())
    expect(plain.stdout).toMatch(/\noutcome: .* of device time, 0 requests to Hedge .*\n {2}the run never talked to /)
    expect(plain.code).toBe(1)
  })

  test('says nothing of a service where there is none', async () => {
    const { stdout } = await call('run', HAPPY_PATH, ...out())
    expect(stdout).toMatch(/^✓ .*, seed 1\]\n/)
    expect(verdict()).not.toHaveProperty('service')
  })

  test('is printed in plain words too', async () => {
    const origin = await school()
    const { stdout } = await call('boot', '--plain', '--service', origin, ...trusting(), ...out())
    expect(stdout).toMatch(/\noutcome: desktop .* of device time, \d{2,} requests to https:\/\/localhost:\d+\n/)
  })
})
