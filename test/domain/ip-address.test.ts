import { expect, test } from 'vitest'
import { plainHost } from '../../src/domain/host-name.ts'
import { formatAddress, isWithin, parseAddress, parseNetwork } from '../../src/domain/ip-address.ts'

test.each([
  ['10.1.2.3', '10.1.2.3'],
  ['10.513', '10.0.2.1'],
  ['017.1.1.1', '15.1.1.1'],
  ['0x0a010203', '10.1.2.3'],
  ['167838211.', '10.1.2.3'],
  ['[2001:DB8::1]', '2001:db8::1'],
  ['2001:db8:0:0:0:0:0:1', '2001:db8::1'],
  ['1:2:3:4:5:6:7::', '1:2:3:4:5:6:7:0'],
  ['::', '::'],
  ['::ffff:1.2.3.4', '::ffff:102:304'],
  ['fe80::1%25eth0', 'fe80::1'],
])('the address %s is %s', (text, plain) => {
  expect(formatAddress(parseAddress(text)!)).toBe(plain)
  expect(plainHost(text)).toBe(plain)
})

test.each(['mdm.example', '', '1.2.3.4.5', '256.1.1.1', '1::2::3', 'a:b:c', ':', 'x::1', 'dead', '1.2.3.example'])(
  '"%s" is no address',
  (text) => {
    expect(parseAddress(text)).toBeUndefined()
  },
)

test.each([
  ['10.0.0.0/8', '10.255.255.255', true],
  ['10.0.0.0/8', '11.0.0.0', false],
  ['20.204.193.12/30', '20.204.193.15', true],
  ['20.204.193.12/30', '20.204.193.16', false],
  ['20.204.193.12/30', '20.204.193.11', false],
  ['1.2.3.4/32', '1.2.3.4', true],
  ['1.2.3.4/32', '1.2.3.5', false],
  ['0.0.0.0/0', '9.9.9.9', true],
  ['fe80::/10', 'febf:ffff::1', true],
  ['fe80::/10', 'fec0::1', false],
  ['::ffff:0:0/96', '1.2.3.4', false],
  ['2001:489a:3500::/50', '2001:489a:3500:3fff::1', true],
  ['2001:489a:3500::/50', '2001:489a:3500:4000::1', false],
])('the network %s holds %s: %s', (network, address, expected) => {
  expect(isWithin(parseAddress(address)!, parseNetwork(network))).toBe(expected)
})

test.each(['1.2.3.4', '1.2.3.4/33', 'mdm.example/8', '::/129', '1.2.3.4/x'])('%s is no network', (text) => {
  expect(() => parseNetwork(text)).toThrow(`${text} is no network`)
})

test.each([
  ['ÖRTLICH.example', 'xn--rtlich-vxa.example'],
  ['a b', 'a b'],
  ['MDM.example:8443', 'mdm.example'],
  ['mdm.example%2E.', 'mdm.example'],
])('the host %s is %s', (text, plain) => {
  expect(plainHost(text)).toBe(plain)
})
