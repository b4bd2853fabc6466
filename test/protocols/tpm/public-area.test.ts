import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { nameOf, offlineDeviceId } from '../../../src/protocols/tpm/public-area.ts'
import { ekRsa } from '../../../src/protocols/tpm/templates.ts'
import { decodePublic, encodePublic } from '../../../src/protocols/tpm/tpmt-public.ts'
import { tpmVersionText } from '../../../src/protocols/tpm/version-text.ts'

const MODULUS = new Uint8Array(256).fill(0xa5)

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex')

test('the endorsement key of vector T7 has its name and its device id', () => {
  const publicArea = encodePublic(ekRsa(MODULUS))
  expect({ length: publicArea.length, name: hex(nameOf(publicArea)), id: hex(offlineDeviceId(MODULUS)) }).toEqual({
    length: 314,
    name: '000b1966383f2c313b935cb5dbd6d1e6381371ef2b7df0a3b2a95e409c13e2969296',
    id: '2c41a1dd584e3773b95674841b685f36c76b48ec4db75863372c2fd6e19a61ce',
  })
})

test('the policy of the endorsement key follows from PolicySecret in two steps (vector T6)', () => {
  const commandAndHandle = Buffer.from('000001514000000b', 'hex')
  const first = createHash('sha256').update(Buffer.alloc(32)).update(commandAndHandle).digest()
  const policy = createHash('sha256').update(first).digest('hex')
  expect(hex(encodePublic(ekRsa(MODULUS)).subarray(10, 42))).toBe(policy)
})

test('a public area is read as it was written', () => {
  expect(decodePublic(encodePublic(ekRsa(MODULUS)))).toEqual(ekRsa(MODULUS))
})

test('the version text pads the vendor and prints the firmware words in decimal', () => {
  const specification = { level: 0, revision: '1.16' }
  const text = tpmVersionText({ version: '2.0', specification, vendor: 'IFX', firmware: [458_814, 800_256] })
  expect(text).toBe("TPM-Version:2.0 -Level:0-Revision:1.16-VendorID:'IFX '-Firmware:458814.800256")
})
