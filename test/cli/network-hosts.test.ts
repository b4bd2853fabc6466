import { describe, expect, test } from 'vitest'
import { ALLOWED_SERVICES, inspectionOf } from '../../src/domain/allowed-hosts.ts'
import { meansHost } from '../../src/domain/host-pattern.ts'
import { type ConnectedService, PRODUCTION_NAMES, SILENT_SERVICES } from '../../src/domain/service-hosts.ts'
import { call, expectRefused } from './call.ts'

const HOSTS = ALLOWED_SERVICES.flatMap(({ hosts }) => hosts)

describe('oobe network hosts', () => {
  test('has each service with its ports, its hosts and what fails without it', async () => {
    const { code, stdout } = await call('network', 'hosts')
    expect(code).toBe(0)
    expect(stdout).toContain(
      '\ndeployment profile: port 443\n  without: the device gets no Autopilot profile, and shows the pages of any other device [U]\n' +
        '  TLS inspection: only on a device that trusts the root of the school, which a new device does not [U]\n' +
        '  ztd.dds.microsoft.com\n  cs.dds.microsoft.com\n\n',
    )
    expect(stdout).toContain('\ntime: ports UDP 123\n')
    expect(stdout).toContain('  without port 443: the enrolment and each session fail [U]\n')
    expect(stdout).toContain('  TLS inspection: it fails [D]\n')
    expect(stdout).toContain('\nWindows Update, whose hosts have another list: ports 80, 443\n')
  })

  test('--plain has the hosts alone, each once', async () => {
    const { stdout } = await call('network', 'hosts', '--plain')
    expect(stdout).toBe(`${HOSTS.join('\n')}\n`)
    expect(new Set(HOSTS).size).toBe(HOSTS.length)
  })

  test('--json has the same', async () => {
    const { services, beside } = JSON.parse((await call('network', 'hosts', '--json')).stdout)
    expect(services).toEqual(ALLOWED_SERVICES)
    expect(beside).toContainEqual(expect.objectContaining({ ports: '53, 67', without: 'there is no network' }))
  })

  test('refuses what it does not know', async () => {
    expectRefused(
      await call('network', 'hosts', 'sign-in'),
      'ERR_BAD_ARGUMENTS: oobe network hosts takes no name: sign-in',
    )
    expect((await call('network', 'hosts', '--plain', '--json')).code).toBe(2)
    expect((await call('network', 'host')).stderr).toContain('Did you mean "oobe network hosts"?')
  })
})

test('so is each service without messages', () => {
  const listed = (host: string) => HOSTS.some((rule) => meansHost(rule, host))
  const missing = Object.entries(SILENT_SERVICES).flatMap(([service, { names }]) =>
    names.every(listed) ? [] : [service],
  )
  // The authorities of certificates, Microsoft 365 Apps and the Microsoft Store have lists of their own.
  expect(missing.sort()).toEqual(['office', 'revocation', 'store'])
})

test.each([
  ['ifx-keyid-00.microsoftaik.azure.test', 'never'],
  ['enrollment.manage.microsoft.test', 'withoutClientCertificate'],
  ['swda01-mscdn.manage.microsoft.test', 'withoutClientCertificate'],
  ['login.microsoftonline.test', 'withTrustedRoot'],
  ['www.contoso.example', 'withTrustedRoot'],
])('TLS inspection of %s: %s', (host, inspection) => {
  expect(inspectionOf(host)).toBe(inspection)
})

/** Windows Update has a list elsewhere, Graph is for administrators, and the school or a maker runs the rest. */
const ELSEWHERE: readonly ConnectedService[] = ['updates', 'graph', 'federation', 'vendorPki']

test('each service that the device of a run asks is on the list', () => {
  const missing = (Object.keys(PRODUCTION_NAMES) as ConnectedService[]).filter((service) => {
    const names = PRODUCTION_NAMES[service].map((name) => name.replace('{authority}', 'any'))
    return names.length === 0 || !names.every((name) => HOSTS.some((rule) => meansHost(rule, name)))
  })
  expect(missing.sort()).toEqual([...ELSEWHERE].sort())
})
