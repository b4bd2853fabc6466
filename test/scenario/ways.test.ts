import { describe, expect, onTestFinished, test } from 'vitest'
import { endpointsAt, isMockUrl, MOCK_ENDPOINTS } from '../../src/domain/endpoints.ts'
import { type HttpRequest, NO_BODY } from '../../src/domain/http.ts'
import type { Target } from '../../src/domain/target.ts'
import { originsOf } from '../../src/domain/target-hosts.ts'
import { listen } from '../../src/ports/listen.ts'
import { deadline } from '../../src/ports/stopwatch.ts'
import { throughTarget } from '../../src/scenario/way-to-target.ts'
import type { Way } from '../../src/scenario/ways.ts'

const targetOf = (endpoints: Target['endpoints'], hosts: string[] = []): Target => ({
  title: 'A service',
  endpoints,
  hosts,
  trust: [],
})
const get = (url: string): HttpRequest => ({ method: 'GET', url, headers: {}, body: NO_BODY })
const mock: Way = {
  connect: () => async () => ({ status: 299, headers: {}, body: NO_BODY }),
  release: () => {},
}

/** What answers a request of a run with this target: the mock, a real service, or the code of what went wrong. */
function asking(target: Target) {
  const way = throughTarget(target, mock, () => undefined)
  onTestFinished(() => way.release())
  const transport = way.connect(() => 0)
  const ask = async (url: string): Promise<string | number> => {
    try {
      return (await transport(get(url), {}, deadline(10_000))).status
    } catch (error) {
      return (error as { code: string }).code
    }
  }
  return { ask, way }
}

describe('the hosts of the mock', () => {
  test.each(Object.values(MOCK_ENDPOINTS))('%s is one', (url) => {
    expect(isMockUrl(url.replace('{authority}', 'ifx-keyid-0a1b'))).toBe(true)
  })

  test.each([
    'https://mdm.acme.test/EnrollmentServer/Discovery.svc',
    'https://manage.microsoft.test/',
    'https://more.login.microsoftonline.test/',
    'https://a.b.microsoftaik.azure.test/templates/Aik',
    'https://microsoftaik.azure.test/templates/Aik',
    'https://login.microsoftonline.test:8443/',
    'https://portal.wifi.test/',
  ])('%s is none', (url) => {
    expect(isMockUrl(url)).toBe(false)
  })
})

describe('with a target', () => {
  test('a host of the target is real, whatever its name ends in', async () => {
    const { ask } = asking(targetOf({ discovery: 'https://mdm.acme.test/Discovery.svc' }, ['dm.acme.test']))
    expect(await ask('https://mdm.acme.test/Discovery.svc')).toBe('0x80072ee7')
    expect(await ask('https://dm.acme.test/sync')).toBe('0x80072ee7')
  })

  test('a host of the target is real also where the mock has one of that name', async () => {
    const { ask } = asking(targetOf({ login: MOCK_ENDPOINTS.login }, ['fe2.update.microsoft.test']))
    expect(await ask(`${MOCK_ENDPOINTS.login}/common/userrealm/a`)).toBe('0x80072ee7')
    expect(await ask(`${MOCK_ENDPOINTS.updates}/files/1`)).toBe('0x80072ee7')
    expect(await ask(MOCK_ENDPOINTS.connectivity)).toBe(299)
  })

  test('the mock has no say for a service that the target names, and answers for the others', async () => {
    const { ask, way } = asking(targetOf({ discovery: 'https://mdm.acme.test/Discovery.svc' }))
    expect(await ask(MOCK_ENDPOINTS.discovery)).toBe('ERR_TARGET_FOREIGN')
    expect(await ask('https://elsewhere.test/')).toBe('ERR_TARGET_FOREIGN')
    expect(await ask(`${MOCK_ENDPOINTS.login}/x`)).toBe(299)
    expect(await ask('https://ifx-keyid-0a1b.microsoftaik.azure.test/templates/Aik')).toBe(299)
    expect(way.requests()).toBe(0)
  })

  test('the address that the maker of a TPM wrote into its certificate stays with the mock', async () => {
    const { ask } = asking(targetOf(endpointsAt('http://localhost:1')))
    expect(await ask(`${MOCK_ENDPOINTS.vendorPki}/intel/a.cer`)).toBe(299)
    expect(await ask(MOCK_ENDPOINTS.ekIntel)).toBe('ERR_TARGET_FOREIGN')
  })

  test('requests are counted that the target has answered', async () => {
    const served = await listen(() => ({ status: 204, headers: {}, body: NO_BODY }), { port: 0 })
    onTestFinished(() => served.close())
    const { ask, way } = asking(targetOf({ discovery: `${served.origin}/Discovery.svc` }))
    expect(await ask(`${served.origin}/Discovery.svc`)).toBe(204)
    expect(await ask(`${served.origin}/more`)).toBe(204)
    expect(await ask('http://localhost:1/')).toBe('0x80072efd')
    expect(await ask(MOCK_ENDPOINTS.connectivity)).toBe(299)
    expect(way.requests()).toBe(2)
  })
})

test('each origin of a target is named once, that of discovery first; the resource of a token is no address', () => {
  const target = targetOf({
    updates: 'https://b.test/',
    attestation: 'https://{authority}.aik.test/templates/Aik',
    discovery: 'https://a.test/Discovery.svc',
    login: 'https://a.test/login',
    managementResource: 'https://resource.test/',
    ekIntel: 'https://c.test/{authority}/ek',
  })
  expect(originsOf(target)).toEqual(['https://a.test/Discovery.svc', 'https://b.test/', 'https://c.test/authority/ek'])
})
