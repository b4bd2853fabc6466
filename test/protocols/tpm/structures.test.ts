import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { DecodeError } from '../../../src/domain/trouble.ts'
import { decodeAttest, encodeAttest } from '../../../src/protocols/tpm/attest.ts'
import { sized, u16 } from '../../../src/protocols/tpm/bytes.ts'
import { ALG } from '../../../src/protocols/tpm/constants.ts'
import { decodeCreationData, encodeCreationData } from '../../../src/protocols/tpm/creation-data.ts'
import { makeCredential, openIdObject } from '../../../src/protocols/tpm/credential.ts'
import { decodeCredentialFile, encodeCredentialFile } from '../../../src/protocols/tpm/credential-file.ts'
import {
  decodeResponse,
  decodeSimulatorResponse,
  encodeCommand,
  encodeResponse,
  encodeSimulatorCommand,
  messageSize,
  password,
} from '../../../src/protocols/tpm/frames.ts'
import { kdfa } from '../../../src/protocols/tpm/kdf.ts'
import { responseText } from '../../../src/protocols/tpm/response-codes.ts'
import { decodeSignature, encodeSignature } from '../../../src/protocols/tpm/signature.ts'
import { aik, ekP256, ekRsa } from '../../../src/protocols/tpm/templates.ts'
import { decodePublic, encodePublic } from '../../../src/protocols/tpm/tpmt-public.ts'
import { lcg, refusal } from '../fuzz.ts'

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex')
const fromHex = (text: string) => new Uint8Array(Buffer.from(text, 'hex'))

const SEED = Uint8Array.from({ length: 32 }, (_, index) => index)
const NAME = fromHex(`000b${createHash('sha256').update('autopilot-sim-ak').digest('hex')}`)
const SECRET = new TextEncoder().encode('OOBE-simulator activation secret')
const MODULUS = fromHex('c5'.repeat(256))
const credential = makeCredential(ekRsa(MODULUS), NAME, SECRET, { seed: SEED, encryption: new Uint8Array(32) })

describe('a credential (vector T8)', () => {
  test('has the keys and the bytes of the vector', () => {
    const none = new Uint8Array(0)
    expect({
      name: hex(NAME),
      storage: hex(kdfa(SEED, 'STORAGE', NAME, none, 128)),
      integrity: hex(kdfa(SEED, 'INTEGRITY', none, none, 256)),
      idObject: hex(credential.idObject),
    }).toEqual({
      name: '000bd936757b355e6d639310a03c9f91294e12d50a92da40e9d1e3a4a0357401c3a6',
      storage: 'c7b688e05a840e6759f672413d1d6dac',
      integrity: 'bacf689f634ece301e1f1b15b072d9c87db6a69585db42b1a0cb8f73ebe2692e',
      idObject:
        '00203bf24ee3383ff81f4729fc56c63dbdc453bd21a9620e57ad1f74c53592d6b85f' +
        '1f35602af3332fb91962e2b6eb1ee35d08b8bcc5e1bf0d657a2a8ca70fe9d29baa98',
    })
  })

  test('opens with its seed, and with nothing else', () => {
    expect(hex(openIdObject(credential.idObject, SEED, NAME))).toBe(hex(SECRET))
    for (let at = 2; at < credential.idObject.length; at++) {
      const spoilt = credential.idObject.slice()
      spoilt[at]! ^= 0x80
      expect(refusal(() => openIdObject(spoilt, SEED, NAME))).toBe('ERR_TPM_INTEGRITY')
    }
    const otherName = NAME.slice()
    otherName[33]! ^= 1
    expect(refusal(() => openIdObject(credential.idObject, SEED, otherName))).toBe('ERR_TPM_INTEGRITY')
  })

  test('is the same for the same chance, and another for another', () => {
    const again = (encryption: number) =>
      hex(
        makeCredential(ekRsa(MODULUS), NAME, SECRET, { seed: SEED, encryption: new Uint8Array(32).fill(encryption) })
          .encryptedSecret,
      )
    expect([again(0) === hex(credential.encryptedSecret), again(1) === hex(credential.encryptedSecret)]).toEqual([
      true,
      false,
    ])
  })

  test('is not made for what is no key, and takes 32 bytes at most', () => {
    const nowhere = ekP256({ x: new Uint8Array(32), y: new Uint8Array(32).fill(1) })
    const chance = { seed: SEED, encryption: new Uint8Array(32).fill(1) }
    expect(refusal(() => makeCredential(nowhere, NAME, SECRET, chance))).toBe('ERR_TPM_KEY')
    expect(refusal(() => makeCredential(ekRsa(new Uint8Array(0)), NAME, SECRET, chance))).toBe('ERR_TPM_KEY')
    expect(() => makeCredential(ekRsa(MODULUS), NAME, new Uint8Array(33), chance)).toThrow(RangeError)
  })
})

test('a credential file has the form of tpm2-tools (vector T9)', () => {
  const file = encodeCredentialFile(credential)
  expect([file.length, hex(file.subarray(0, 12)), hex(file.subarray(78, 80))]).toEqual([
    336,
    'badcc0de0000000100440020',
    '0100',
  ])
  expect(decodeCredentialFile(file)).toEqual(credential)
  expect(refusal(() => decodeCredentialFile(fromHex('badcc0df00000001')))).toBe('ERR_TPM_MAGIC')
  expect(refusal(() => decodeCredentialFile(fromHex('badcc0de00000002')))).toBe('ERR_TPM_VERSION')
})

describe('frames', () => {
  const getRandom = encodeCommand({ code: 0x17b, handles: [], auths: [], parameters: u16(8) })

  test('GetRandom, bare and behind the prefix of the simulator (vector T11)', () => {
    expect(hex(getRandom)).toBe('80010000000c0000017b0008')
    expect(hex(encodeSimulatorCommand(getRandom))).toBe('00000008000000000c80010000000c0000017b0008')
    const response = encodeResponse({ code: 0, parameters: sized(new Uint8Array(8)), auths: [] })
    expect(hex(response)).toBe('8001000000140000000000080000000000000000')
    expect(hex(decodeSimulatorResponse(fromHex(`00000014${hex(response)}00000000`)))).toBe(hex(response))
    expect(refusal(() => decodeSimulatorResponse(fromHex(`00000014${hex(response)}00000001`)))).toBe('ERR_TPM_VALUE')
  })

  test('a command with a password carries it', () => {
    const command = encodeCommand({ code: 0x182, handles: [11], auths: [password('pw')], parameters: new Uint8Array() })
    expect(hex(command)).toBe('80020000001d000001820000000b0000000b4000000900000100027077')
  })

  test('a response with sessions and a handle is read as it was written', () => {
    const auths = [{ nonceTpm: SEED, attributes: 1, hmac: new Uint8Array(0) }]
    const response = { code: 0, handle: 0x8000_0000, parameters: SEED, auths }
    expect(decodeResponse(encodeResponse(response), true)).toEqual(response)
    expect(decodeResponse(fromHex('80010000000a00000100'))).toEqual({
      code: 0x100,
      parameters: new Uint8Array(),
      auths: [],
    })
  })

  test.each([
    ['another tag', '80030000000a00000000', 'ERR_TPM_TAG'],
    ['another size', '80010000000b00000000', 'ERR_TPM_SIZE'],
    ['half a header', '80010000', 'ERR_TPM_TRUNCATED'],
    ['a session that is cut', '8002000000110000000000000000000100', 'ERR_TPM_TRUNCATED'],
  ])('a response with %s is refused', (_, bytes, code) => {
    expect(refusal(() => decodeResponse(fromHex(bytes)))).toBe(code)
  })

  test('a stream says how long its first message is', () => {
    expect([messageSize(getRandom.subarray(0, 5)), messageSize(getRandom)]).toEqual([undefined, 12])
    expect(refusal(() => messageSize(fromHex('8001ffffffff')))).toBe('ERR_TPM_SIZE')
  })
})

const attest = encodeAttest({
  qualifiedSigner: NAME,
  extraData: fromHex('0102'),
  clockInfo: { clock: 5n, resetCount: 2, restartCount: 0, safe: true },
  firmwareVersion: 1n << 40n,
  attested: { kind: 'quote', selections: [{ hash: ALG.SHA256, pcrs: [0, 7, 23] }], pcrDigest: SEED },
})
const creationData = encodeCreationData({
  selections: [],
  pcrDigest: SEED,
  locality: 1,
  parentNameAlg: ALG.NULL,
  parentName: fromHex('40000001'),
  parentQualifiedName: fromHex('40000001'),
  outsideInfo: new Uint8Array(),
})
const signature = encodeSignature({ algorithm: ALG.RSASSA, hash: ALG.SHA256, signature: MODULUS })

test('attestations begin with the mark of what a TPM has made', () => {
  expect(hex(attest.subarray(0, 6))).toBe('ff5443478018')
  expect(refusal(() => decodeAttest(fromHex('ff5443468018')))).toBe('ERR_TPM_MAGIC')
  expect(refusal(() => decodeSignature(fromHex('0016000b0000')))).toBe('ERR_TPM_ALGORITHM')
})

test.each([
  [0x1df, 'TPM_RC_INTEGRITY (parameter 1)'],
  [0xa9d, 'TPM_RC_POLICY_FAIL (session 2)'],
  [0x18b, 'TPM_RC_HANDLE (handle 1)'],
  [0x100, 'TPM_RC_INITIALIZE'],
  [0x902, 'TPM_RC_OBJECT_MEMORY'],
  [0x97f, 'TPM response 0x97f'],
])('response 0x%s in words', (code, text) => {
  expect(responseText(code)).toBe(text)
})

const DECODERS: Record<string, [Uint8Array, (bytes: Uint8Array) => unknown, (value: never) => Uint8Array]> = {
  'a public area (RSA)': [encodePublic(ekRsa(MODULUS)), decodePublic, encodePublic],
  'a public area (ECC)': [encodePublic(ekP256()), decodePublic, encodePublic],
  'a public area (AIK)': [encodePublic(aik(MODULUS)), decodePublic, encodePublic],
  'an attestation': [attest, decodeAttest, encodeAttest],
  'creation data': [creationData, decodeCreationData, encodeCreationData],
  'a signature': [signature, decodeSignature, encodeSignature],
  'a credential file': [encodeCredentialFile(credential), decodeCredentialFile, encodeCredentialFile],
  'a response': [
    encodeResponse({ code: 0, parameters: SEED, auths: [{ nonceTpm: SEED, attributes: 1, hmac: SEED }] }),
    decodeResponse,
    encodeResponse,
  ],
}

describe.each(Object.entries(DECODERS))('%s', (_, [valid, decode, encode]) => {
  test('is encoded as it was decoded', () => {
    expect(hex(encode(decode(valid) as never))).toBe(hex(valid))
  })

  test('is a value or one coded error, whatever the bytes', () => {
    const below = lcg(valid.length)
    let refused = 0
    for (let round = 0; round < 2_000; round++) {
      const bytes = valid.slice(0, below(4) === 0 ? below(valid.length + 1) : valid.length)
      for (let count = below(4); count > 0 && bytes.length > 0; count--) bytes[below(bytes.length)] = below(256)
      try {
        decode(bytes)
      } catch (error) {
        if (!(error instanceof DecodeError)) throw error
        expect(error.code).toMatch(/^ERR_TPM_/)
        expect(error.message).toMatch(/^byte \d+ of /)
        refused++
      }
    }
    expect(refused).toBeGreaterThan(100)
  })
})

test('a list that claims to be long is refused before it is read', () => {
  const claim = fromHex('ffffffff')
  expect(refusal(() => decodeCreationData(claim))).toBe('ERR_TPM_SIZE')
})
