import { expect } from 'vitest'
import { ALLOWED_BESIDE, ALLOWED_SERVICES } from '../../src/domain/allowed-hosts.ts'
import { proveTable, quotesIn } from './prove.ts'

const BESIDE = 'of another list'
/** What "oobe network hosts" calls the step of a row. */
const SERVICES: Readonly<Record<string, string>> = {
  '5.1/dns-dhcp': 'DNS and DHCP of the school',
  '5.1/connectivity': 'connection test',
  '5.1/time': 'time',
  '5.1/device-identity': 'device identity',
  '5.1/profile': 'deployment profile',
  '5.1/sign-in': 'sign-in',
  '5.1/join': 'join',
  '5.1/enrol-sync': 'enrolment and management',
  '5.1/terms-of-use': 'terms of use',
  '5.1/discovery': 'discovery',
  '5.1/win32-content': 'Win32 apps',
  '5.1/delivery-optimization': 'Delivery Optimization',
  '5.1/windows-update': 'Windows Update, whose hosts have another list',
  '5.1/push': 'push notifications',
  '5.1/tpm': 'TPM attestation',
  '5.1/crl-ocsp': 'revocation lists of certificate authorities',
  '5.1/log-upload': 'diagnostics in the portal',
  '5.1/store': 'Microsoft Store, whose hosts have another list',
}

/** `swd{a,b}{01,02}-x`: every host that it is short for. */
function expanded(host: string): string[] {
  const [, before, choices, after] = /^(.*?)\{([^}]*)\}(.*)$/.exec(host) ?? []
  if (choices === undefined) return [host]
  return choices.split(',').flatMap((choice) => expanded(`${before}${choice}${after}`))
}

const HOST = /^[\w*{},.-]+\.[a-z]+(?:\/|$)/

proveTable('5.1', 'the list for firewalls has its hosts and ports, and what happens without them', (row) => {
  const services = [...ALLOWED_SERVICES, ...ALLOWED_BESIDE.map((one) => ({ ...one, hosts: [BESIDE] }))]
  const service = services.find((one) => one.service === SERVICES[row.id])!
  expect(service.without).not.toBe('')
  const hosts = quotesIn(row)
    .filter((quote) => HOST.test(quote))
    .flatMap((quote) => expanded(quote.replace(/\/.*/, '')))
  // `aadcdn.*` is no host that a firewall could take.
  const missing = hosts.filter((host) => !service.hosts.some((one) => one.toLowerCase() === host.toLowerCase()))
  expect(missing).toEqual([])
  for (const port of row.cells[2]!.match(/\b\d+\b/g) ?? []) expect(service.ports).toContain(port)
})
