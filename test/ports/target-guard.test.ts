import { describe, expect, test } from 'vitest'
import { refusalOf, refusedAddress, refuseHost } from '../../src/ports/target-guard.ts'

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
    ['mdm.example.', ['mdm.example'], 'allowed'],
    ['other.mdm.example', ['mdm.example'], 'ERR_TARGET_FOREIGN'],
    ['127.0.0.1.example', [], 'ERR_TARGET_FOREIGN'],
    ['localhost.example', [], 'ERR_TARGET_FOREIGN'],
    ['LOCALHOST.', [], 'allowed'],
    ['0x7f.1', [], 'allowed'],
    ['manage.microsoft.com', ['manage.microsoft.com'], 'ERR_TARGET_PRODUCTION'],
    ['Login.MicrosoftOnline.com.', ['login.microsoftonline.com.'], 'ERR_TARGET_PRODUCTION'],
    ['enterpriseregistration.windows.net', ['enterpriseregistration.windows.net'], 'ERR_TARGET_PRODUCTION'],
  ])('%s with %j named is %s [point 64]', (host, allowed, expected) => {
    expect(refusal(host, ...allowed)).toBe(expected)
  })

  test.each(
    `login.partner.microsoftonline.cn enterpriseregistration.partner.microsoftonline.cn login.chinacloudapi.cn
    graph.microsoft.us manage.microsoft.us enterpriseregistration.windows.us microsoft.cn azure.cn
    login.microsoftonline-p.com secure.aadcdn.microsoftonline-p.com autologon.microsoftazuread-sso.com
    account.activedirectory.windowsazure.com aadcdn.msftauth.net contoso.onmicrosoft.com pki.infineon.com ekop.intel.com
    ftpm.amd.com login.microsoftonline.com..`.split(/\s+/),
  )('%s is a production host, also where a profile names it', (host) => {
    expect(refusal(host, host)).toBe('ERR_TARGET_PRODUCTION')
  })

  test.each([
    ['fd00:ec2::254', 'ERR_TARGET_ADDRESS'],
    ['[FD00:EC2:0:0::254]', 'ERR_TARGET_ADDRESS'],
    ['100.100.100.200', 'ERR_TARGET_ADDRESS'],
    ['64:ff9b::a9fe:a9fe', 'ERR_TARGET_ADDRESS'],
    ['169.254.169.254', 'ERR_TARGET_ADDRESS'],
    ['169.254.169.254..', 'ERR_TARGET_ADDRESS'],
    ['2852039166', 'ERR_TARGET_ADDRESS'],
    ['0xa9fea9fe', 'ERR_TARGET_ADDRESS'],
    ['0251.0376.0251.0376', 'ERR_TARGET_ADDRESS'],
    ['0xA9.254.43518', 'ERR_TARGET_ADDRESS'],
    ['１６９.２５４.１６９.２５４', 'ERR_TARGET_ADDRESS'],
    ['169%2e254%2E169.254', 'ERR_TARGET_ADDRESS'],
    ['fe80::1%eth0', 'ERR_TARGET_ADDRESS'],
    ['[fe80::1%25eth0]', 'ERR_TARGET_ADDRESS'],
    ['::ffff:169.254.1.1', 'ERR_TARGET_ADDRESS'],
    ['metadata.google.internal', 'ERR_TARGET_ADDRESS'],
    ['Metadata.Google.Internal.', 'ERR_TARGET_ADDRESS'],
    ['20.190.160.1', 'ERR_TARGET_PRODUCTION'],
    ['10.1.2.3', 'allowed'],
    ['192.168.1.9', 'allowed'],
    ['2001:db8::5', 'allowed'],
  ])('%s, which a profile names, is %s', (host, expected) => {
    expect(refusal(host, host)).toBe(expected)
  })

  test('a refusal names the host, and what it is', () => {
    expect(refusalOf('Login.Partner.MicrosoftOnline.CN.')?.message).toBe(
      'login.partner.microsoftonline.cn is a production host: it is never contacted (microsoftonline.cn: Entra sign-in and registration, Intune portal)',
    )
    expect(refusalOf('0xa9fea9fe')?.message).toBe('169.254.169.254 is a cloud metadata service: it is never contacted')
    expect(refusalOf('mdm.example')).toBeUndefined()
  })
})

describe('an address', () => {
  test.each([
    ['mdm.example', '10.1.2.3', undefined],
    ['mdm.example', '172.16.0.1', undefined],
    ['mdm.example', '192.168.0.1', undefined],
    ['mdm.example', '100.64.0.1', undefined],
    ['mdm.example', '203.0.113.7', undefined],
    ['mdm.example', '2001:db8::1', undefined],
    ['mdm.example', '127.0.0.1', undefined],
    ['mdm.example', '::1', undefined],
    ['mdm.example', '::ffff:127.0.0.1', undefined],
    ['mdm.example', '::ffff:10.1.2.3', undefined],
    ['mdm.example', '64:ff9b::a01:203', undefined],
    ['mdm.example', '64:ff9b:1::a01:203', undefined],
    ['mdm.example', '2002:a01:203::1', undefined],
    ['mdm.example', '2001:0:a01:203::f5fe:fdfc', undefined],
    ['mdm.example', '169.254.169.254', 'which is a cloud metadata service: it is never contacted'],
    ['mdm.example', '169.254.1.1', 'link-local'],
    ['mdm.example', '::ffff:169.254.169.254', 'carries 169.254.169.254, a cloud metadata service'],
    ['mdm.example', '::ffff:a9fe:101', 'carries 169.254.1.1, a link-local address'],
    ['mdm.example', '0:0:0:0:0:FFFF:A9FE:0101', 'link-local'],
    ['mdm.example', '::ffff:0:a9fe:a9fe', 'carries'],
    ['mdm.example', '64:ff9b::169.254.169.254', 'carries'],
    ['mdm.example', '64:ff9b:1::a9fe:a9fe', 'carries'],
    ['mdm.example', '64:ff9b:1:a9fe:a9:fe00::', 'carries 169.254.169.254, a cloud metadata service'],
    ['mdm.example', '64:ff9b:1:a9:fe:a9fe::', 'carries 169.254.169.254, a cloud metadata service'],
    ['mdm.example', '64:ff9b:1:0:a9:fea9:fe00:0', 'carries 169.254.169.254, a cloud metadata service'],
    ['mdm.example', '2002:a9fe:a9fe::1', 'carries'],
    ['mdm.example', '2002:6464:64c8::', 'carries 100.100.100.200, a cloud metadata service'],
    ['mdm.example', '2001:0:a9fe:a9fe::1', 'carries'],
    ['mdm.example', '2001::5601:5601', 'carries 169.254.169.254, a cloud metadata service'],
    ['mdm.example', '2001:db8::5efe:a9fe:a9fe', 'carries 169.254.169.254, a cloud metadata service'],
    ['mdm.example', '2001:db8::200:5efe:169.254.7.7', 'carries 169.254.7.7, a link-local address'],
    ['mdm.example', '100.100.100.200', 'metadata service'],
    ['mdm.example', '168.63.129.16', 'metadata service'],
    ['mdm.example', '192.0.0.192', 'metadata service'],
    ['mdm.example', '169.254.170.2', 'metadata service'],
    ['mdm.example', 'fd00:ec2::254', 'metadata service'],
    ['mdm.example', 'fd20:ce::254', 'metadata service'],
    ['mdm.example', 'fd12:3456::1', 'unique local'],
    ['mdm.example', 'fc00::1', 'unique local'],
    ['mdm.example', 'fec0::1', 'site-local'],
    ['mdm.example', 'fe80::1', 'link-local'],
    ['mdm.example', 'fe80::1%eth0', 'link-local'],
    ['mdm.example', 'FEBF::1', 'link-local'],
    ['mdm.example', '0.0.0.0', 'no address to connect to'],
    ['mdm.example', '::', 'no address to connect to'],
    ['mdm.example', '::169.254.169.254', 'no address to connect to'],
    ['mdm.example', '224.0.0.1', 'no address to connect to'],
    ['mdm.example', '255.255.255.255', 'no address to connect to'],
    ['mdm.example', 'ff02::1', 'no address to connect to'],
    ['mdm.example', 'elsewhere', 'which is no address: '],
    ['mdm.example', '1:2:3', 'which is no address: '],
    ['mdm.example', '40.126.9.9', 'an address of Entra sign-in of the global cloud'],
    ['mdm.example', '2603:1006:2000::9', 'an address of Entra sign-in of the global cloud'],
    ['mdm.example', '64:ff9b::287e:909', 'an address of Entra sign-in of the global cloud'],
    ['mdm.example', '52.130.2.33', 'an address of Entra sign-in in China'],
    ['mdm.example', '40.127.0.1', undefined],
    ['localhost', '127.0.0.1', undefined],
    ['localhost', '127.9.9.9', undefined],
    ['localhost', '::1', undefined],
    ['localhost', '0:0:0:0:0:0:0:1', undefined],
    ['localhost', '10.1.2.3', 'not this machine'],
    ['localhost', '2001:db8::1', 'not this machine'],
    ['localhost.', '10.1.2.3', 'not this machine'],
    ['LocalHost', '64:ff9b::7f00:1', 'not this machine'],
  ])('%s at %s: %s', (host, address, expected) => {
    const refused = refusedAddress(host, address)
    if (expected === undefined) expect(refused).toBeUndefined()
    else {
      expect(refused?.message).toContain(`${host} leads to `)
      expect(refused?.message).toContain(expected)
      expect(refused?.code).toBe(/Entra/.test(expected) ? 'ERR_TARGET_PRODUCTION' : 'ERR_TARGET_ADDRESS')
    }
  })
})
