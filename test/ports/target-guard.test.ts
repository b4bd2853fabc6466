import { describe, expect, test } from 'vitest'
import { refusedAddress, refuseHost } from '../../src/ports/target-guard.ts'

const refusal = (host: string, ...allowed: string[]): string => {
  try {
    refuseHost(host, new Set(allowed))
  } catch (error) {
    return (error as { code: string }).code
  }
  return 'allowed'
}

describe('a host', () => {
  test.each([
    ['localhost', [], 'allowed'],
    ['127.0.0.1', [], 'allowed'],
    ['[::1]', [], 'allowed'],
    ['mdm.example', [], 'ERR_TARGET_FOREIGN'],
    ['mdm.example', ['mdm.example'], 'allowed'],
    ['MDM.example', ['mdm.example'], 'allowed'],
    ['other.mdm.example', ['mdm.example'], 'ERR_TARGET_FOREIGN'],
    ['127.0.0.1.example', [], 'ERR_TARGET_FOREIGN'],
    ['manage.microsoft.com', ['manage.microsoft.com'], 'ERR_TARGET_PRODUCTION'],
    ['Login.MicrosoftOnline.com.', ['login.microsoftonline.com.'], 'ERR_TARGET_PRODUCTION'],
    ['enterpriseregistration.windows.net', ['enterpriseregistration.windows.net'], 'ERR_TARGET_PRODUCTION'],
  ])('%s with %j named is %s [point 64]', (host, allowed, expected) => {
    expect(refusal(host, ...allowed)).toBe(expected)
  })
})

describe('an address', () => {
  test.each([
    ['mdm.example', '10.1.2.3', undefined],
    ['mdm.example', '127.0.0.1', undefined],
    ['mdm.example', '169.254.169.254', 'link-local'],
    ['mdm.example', '::ffff:169.254.169.254', 'link-local'],
    ['mdm.example', 'fe80::1', 'link-local'],
    ['mdm.example', 'FEBF::1', 'link-local'],
    ['mdm.example', '0.0.0.0', 'no address to connect to'],
    ['mdm.example', '::', 'no address to connect to'],
    ['mdm.example', '224.0.0.1', 'no address to connect to'],
    ['mdm.example', 'ff02::1', 'no address to connect to'],
    ['localhost', '127.0.0.1', undefined],
    ['localhost', '::1', undefined],
    ['localhost', '10.1.2.3', 'not this machine'],
    ['localhost', '2001:db8::1', 'not this machine'],
  ])('%s at %s: %s', (host, address, expected) => {
    const refused = refusedAddress(host, address)
    if (expected === undefined) expect(refused).toBeUndefined()
    else expect(refused).toContain(expected)
  })
})
