import { X509Certificate } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { hardwareHashOf } from '../../src/device/hardware-hash-of.ts'
import { derivedKeys } from '../../src/ports/rsa-keys.ts'
import { inspectHardwareHash } from '../../src/protocols/hardware-hash/inspect.ts'
import { decodeCertificate, hasExpired } from '../../src/protocols/x509/certificate.ts'
import { loadDeviceFile } from '../../src/scenario/library.ts'
import { prepareRun, runScenario } from '../../src/scenario/run-scenario.ts'
import { loadScenarios } from '../../src/scenario/scenario.ts'
import { changedScenario, temporaryFolder } from '../cli/files.ts'

/** The happy path from a file, as a user would write it. */
function startingAt(startsAt: string, more = '') {
  const path = join(temporaryFolder(), 'start.yaml')
  const text = changedScenario('surface-wifi-happy-path', 'person:', `startsAt: "${startsAt}"\n${more}person:`)
    // At none of these times Windows Update has an update: no restart costs the password.
    .replace(/^ {2}welcome:.*\n/m, '')
  writeFileSync(path, text)
  return loadScenarios(path)[0]!
}

const TIMES = [
  '1970-01-01T00:00:00Z',
  '1999-12-31T23:59:59Z',
  '2049-12-31T23:59:00Z',
  '2050-01-01T00:00:00Z',
  '2136-02-07T06:28:10Z',
  '9999-12-30T00:00:00Z',
  '9999-12-31T23:59:59Z',
]

const UTC_TIME = 0x17
const GENERALIZED_TIME = 0x18

describe.each(TIMES)('a device that is switched on at %s', (startsAt) => {
  test('reaches the desktop', async () => {
    const { failures } = await runScenario(startingAt(startsAt), { seed: 1, transport: 'direct' })
    expect(failures).toEqual([])
  })

  test('holds certificates that are good then, for others too, with their times in the right form', async () => {
    const scenario = startingAt(startsAt)
    const { run, release } = await prepareRun(scenario, { seed: 1, transport: 'direct' })
    await run.play().finally(release)
    const { joinCertificate, management } = run.device
    const all = [joinCertificate!, management!.certificate, ...management!.roots, ...management!.intermediates]
    expect(all.length).toBeGreaterThan(2)
    for (const der of all) {
      const certificate = decodeCertificate(der)
      expect(certificate.notBefore.getTime()).toBeLessThanOrEqual(scenario.startsAt)
      expect(hasExpired(certificate, scenario.startsAt)).toBe(false)
      const [notBefore, notAfter] = [certificate.notBefore, certificate.notAfter]
      const { validFrom, validTo } = new X509Certificate(der)
      expect([Date.parse(validFrom), Date.parse(validTo)]).toEqual([notBefore.getTime(), notAfter.getTime()])
      for (const time of [notBefore, notAfter]) {
        const digits = time.toISOString().replace(/\.000|[-:T]/g, '')
        const isShort = time.getUTCFullYear() < 2050
        const content = Buffer.from(isShort ? digits.slice(2) : digits)
        const encoded = Buffer.concat([Buffer.from([isShort ? UTC_TIME : GENERALIZED_TIME, content.length]), content])
        expect(Buffer.from(der).includes(encoded)).toBe(true)
      }
    }
  })
})

test('a clock that runs ahead into the year 10000 stops nothing', async () => {
  const { failures } = await runScenario(startingAt('9999-12-31T23:00:00Z', 'clockSkew: 3d\n'), {
    seed: 1,
    transport: 'direct',
  })
  expect(failures).toEqual([])
})

test.each<[string, string]>([
  ['1970-01-01T00:00:00Z', '2000-01-01T00:00:00.000Z'],
  ['1999-12-31T23:59:59Z', '2000-01-01T00:00:00.000Z'],
  ['2024-11-04T08:00:00Z', '2024-11-04T08:00:00.000Z'],
  ['2136-02-07T06:28:15Z', '2136-02-07T06:28:15.000Z'],
  ['2136-02-07T06:28:16Z', '2136-02-07T06:28:15.000Z'],
  ['9999-12-31T23:59:59Z', '2136-02-07T06:28:15.000Z'],
])('the hash of %s says %s: its field has 32 bits', (at, said) => {
  const hash = hardwareHashOf(loadDeviceFile('surface-laptop-se'), derivedKeys, Date.parse(at))
  const { report, findings } = inspectHardwareHash(hash)
  expect(findings.filter(({ severity }) => severity === 'error')).toEqual([])
  expect(new Date(report.tool!.time).toISOString()).toBe(said)
})
