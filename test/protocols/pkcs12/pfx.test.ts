import { describe, expect, test } from 'vitest'
import { seededChance } from '../../../src/ports/seeded-chance.ts'
import { decodePfx, encodePfx } from '../../../src/protocols/pkcs12/pfx.ts'
import { openPfx, pfxByOpenssl } from '../../openssl.ts'
import { isWithout } from '../../without.ts'
import { refusal } from '../fuzz.ts'
import { issuerKey, subjectKey } from '../x509/keys.ts'
import { certificateOf } from './certificate-of.ts'

const PASSWORD = 'Schlüssel 9'
const certificate = certificateOf(subjectKey, 'A laptop')
const root = certificateOf(issuerKey, 'Printing')
const pfx = () => {
  const chance = seededChance(1, 'service')
  return encodePfx({ certificate, chain: [root], key: subjectKey }, PASSWORD, (length) => chance.bytes(length))
}
const pkcs8 = (key: typeof subjectKey) => key.export({ type: 'pkcs8', format: 'pem' })

test('a PFX has the key, its certificate and the chain, and is the same each time', () => {
  const read = decodePfx(pfx(), PASSWORD)
  expect({ ...read, key: pkcs8(read.key) }).toEqual({ certificate, chain: [root], key: pkcs8(subjectKey) })
  expect(pfx()).toEqual(pfx())
})

test.each(['', 'schlüssel 9', `${PASSWORD} `])('the password "%s" does not open it', (password) => {
  expect(refusal(() => decodePfx(pfx(), password))).toBe('ERR_PKCS12_PASSWORD')
})

test('a bit that is flipped is noticed, whichever it is', () => {
  const bytes = pfx()
  for (let at = 0; at < bytes.length; at += 97) {
    const changed = bytes.slice()
    changed[at]! ^= 1
    expect(
      refusal(() => decodePfx(changed, PASSWORD)),
      `byte ${at}`,
    ).toMatch(/^ERR_(DER|PKCS12|X509)_/)
  }
})

test.each([
  ['nothing', new Uint8Array()],
  ['three bytes', Uint8Array.of(0, 0, 0)],
  ['a certificate', certificate],
])('%s is no PFX', (_, bytes) => {
  expect(refusal(() => decodePfx(bytes, PASSWORD))).toMatch(/^ERR_(DER|PKCS12)_/)
})

describe.skipIf(isWithout('openssl'))('by openssl', () => {
  test('a PFX of ours is opened by its password alone', () => {
    expect(openPfx(pfx(), PASSWORD)).toContain(String(pkcs8(subjectKey)).trim())
    expect(openPfx(pfx(), 'another')).toBe('')
  })

  test.each([
    ['AES and HMAC-SHA256', []],
    ['the triple DES of older ones', ['-keypbe', 'PBE-SHA1-3DES', '-certpbe', 'PBE-SHA1-3DES', '-macalg', 'sha1']],
    ['AES-128 and a MAC by SHA-512', ['-keypbe', 'AES-128-CBC', '-certpbe', 'AES-128-CBC', '-macalg', 'sha512']],
    ['certificates that are not encrypted', ['-certpbe', 'NONE']],
  ])('a PFX of theirs is opened: %s', (_, options) => {
    const read = decodePfx(pfxByOpenssl(certificate, subjectKey, PASSWORD, options), PASSWORD)
    expect({ certificate: read.certificate, key: pkcs8(read.key) }).toEqual({ certificate, key: pkcs8(subjectKey) })
  })
})
