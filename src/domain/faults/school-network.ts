import { CODE } from '../windows-codes.ts'
import type { Fault } from './fault.ts'

/** A school's network that is not as any home's. */
const atSchool = (
  name: string,
  about: string,
  network: Record<string, unknown>,
  row: Pick<Fault, 'base' | 'page' | 'code' | 'recovery' | 'ends' | 'help'> & Partial<Pick<Fault, 'in' | 'says'>>,
): Fault => ({
  name,
  family: 'network',
  about,
  bites: { fromStart: row.page! },
  facts: { network },
  source: 'oobe-autopilot-esp.md, 5.2 [D, B]; which code each part of setup shows is [U]',
  ...row,
})

const NONE = { recovery: { by: 'none' }, ends: 'failed' } as const
const OPEN_UP = 'Nothing at the device helps. The administrator mends the network: "oobe network hosts".'

export const SCHOOL_NETWORK_FAULTS: readonly Fault[] = [
  atSchool(
    'dns-without-the-sign-in',
    'The DNS of the school does not resolve the sign-in service.',
    { dns: ['login.microsoftonline.com'] },
    { base: 'wifi', page: 'signIn', code: CODE.identityProviderBlocked, says: 'resolve', help: OPEN_UP, ...NONE },
  ),
  atSchool(
    'dns-without-the-join',
    'The DNS of the school does not resolve the registration service.',
    { dns: ['enterpriseregistration.windows.net'] },
    { base: 'wifi', page: 'deviceJoin', code: CODE.nameNotResolved, help: OPEN_UP, ...NONE },
  ),
  atSchool(
    'ipv6-only-network',
    'The network has IPv6 alone, and nothing that translates.',
    { ipv6Only: true },
    { base: 'wifi', page: 'deviceJoin', code: CODE.nameNotResolved, says: 'IPv6', help: OPEN_UP, ...NONE },
  ),
  atSchool(
    'port-443-closed',
    'Nothing gets out of the school to TCP port 443.',
    { closedPorts: [443] },
    { base: 'wifi', page: 'signIn', code: CODE.identityProviderBlocked, says: 'port 443', help: OPEN_UP, ...NONE },
  ),
  atSchool(
    'proxy-asks-for-a-sign-in',
    'The proxy of the school asks for a name and a password.',
    {
      proxy: {
        address: 'http://proxy.contoso.example:8080',
        found: 'wpad',
        signIn: true,
        free: ['*.msftconnecttest.com'],
      },
    },
    { base: 'wifi', page: 'signIn', code: CODE.identityProviderBlocked, says: 'proxy', help: OPEN_UP, ...NONE },
  ),
]
