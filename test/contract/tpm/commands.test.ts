import { createHash } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type Answer, policySession, TpmClient } from '../../../src/device/tpm/client.ts'
import type { Tpm } from '../../../src/device/tpm/tpm.ts'
import { decodeAttest } from '../../../src/protocols/tpm/attest.ts'
import { ALG, CC, EK_HANDLE, OBJECT, PT, RH } from '../../../src/protocols/tpm/constants.ts'
import { decodeCreationData } from '../../../src/protocols/tpm/creation-data.ts'
import { makeCredential } from '../../../src/protocols/tpm/credential.ts'
import { encodeCommand, password } from '../../../src/protocols/tpm/frames.ts'
import { pcrDigest } from '../../../src/protocols/tpm/pcr.ts'
import { nameOf } from '../../../src/protocols/tpm/public-area.ts'
import { decodeSignature, verifySignature } from '../../../src/protocols/tpm/signature.ts'
import { aik, ekP256, ekRsa } from '../../../src/protocols/tpm/templates.ts'
import { encodePublic, type TpmPublic } from '../../../src/protocols/tpm/tpmt-public.ts'
import { builtIn } from './built-in.ts'
import { startSwtpm } from './swtpm.ts'
import { isCi, isSkipped, missing } from './tools.ts'

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex')
const fromHex = (text: string) => new Uint8Array(Buffer.from(text, 'hex'))
const SECRET = new TextEncoder().encode('OOBE-simulator activation secret')
const CHANCE = { seed: new Uint8Array(32).fill(7), encryption: new Uint8Array(32).fill(9) }

function given<Value>(answer: Answer<Value>): Value {
  if (!answer.ok) throw new Error(`the TPM refused with 0x${answer.code.toString(16)}`)
  return answer.value
}
const codeOf = (answer: Answer<unknown>): number => (answer.ok ? 0 : answer.code)

test.runIf(isCi)('the other TPM and its tools are there, so that nothing below is skipped', () => {
  expect(missing).toEqual([])
})

interface Subject {
  tpm: Tpm
  stop(): Promise<void> | void
}

const SUBJECTS: Record<string, () => Promise<Subject>> = {
  'the built-in TPM': async () => ({ tpm: builtIn(), stop: () => {} }),
  swtpm: () => startSwtpm(),
}

describe.each(Object.keys(SUBJECTS))('%s', (name) => {
  describe.skipIf(name === 'swtpm' && isSkipped)('answers', () => {
    let subject: Subject
    let client: TpmClient

    beforeEach(async () => {
      subject = await SUBJECTS[name]!()
      client = new TpmClient(subject.tpm)
    })
    afterEach(() => subject.stop())

    const raw = async (text: string) => hex(await subject.tpm.execute(fromHex(text)))
    const keys = async () => ({
      ek: given(await client.createPrimary(RH.ENDORSEMENT, ekRsa())),
      ak: given(await client.createPrimary(RH.OWNER, aik())),
    })
    const session = async () => {
      const handle = given(await client.startPolicySession())
      given(await client.policySecret(RH.ENDORSEMENT, handle))
      return handle
    }

    test('nothing but Startup before Startup, and Startup once', async () => {
      expect(codeOf(await client.getRandom(8))).toBe(0x100)
      expect([codeOf(await client.startup()), codeOf(await client.startup())]).toEqual([0, 0x100])
      expect(given(await client.getRandom(8))).toHaveLength(8)
    })

    test.each([
      ['an unknown command', '80010000000c00000fff0008', 0x143],
      ['a size that is not the command’s', '80010000000d0000017b0008', 0x142],
      ['a parameter that is cut', '80010000000b0000017b00', 0x1da],
      ['a parameter too many', '80010000000e0000017b00080000', 0x095],
      ['a session that is not there', '8002000000310000014e01c0000201c000020000000d030000050000010000000a0000', 0x142],
      ['a command without its session', encoded(CC.PCR_Extend, [0], []), 0x125],
      ['a session where none may be', encoded(CC.FlushContext, [], [password()], '80000000'), 0x145],
      ['an authorization area that is cut', '8002000000160000017b000000ff40000009000000', 0x142],
      ['no handle', '80010000000a00000173', 0x19a],
      ['a handle of another kind', encoded(CC.ReadPublic, [RH.OWNER], []), 0x184],
      ['an object that is not loaded', encoded(CC.ReadPublic, [0x8000_0001], []), 0x910],
      ['an object that was never kept', encoded(CC.ReadPublic, [0x8101_0077], []), 0x18b],
      ['an index that is not there', encoded(CC.NV_ReadPublic, [0x01c0_0777], []), 0x18b],
      ['a flush of nothing', encoded(CC.FlushContext, [], [], '80000002'), 0x1cb],
      ['a flush of what cannot be flushed', encoded(CC.FlushContext, [], [], '40000001'), 0x1c4],
      ['a register that is not there', encoded(CC.PCR_Extend, [99], [password()], '00000000'), 0x184],
      ['a register of another locality', extend(17), 0x907],
      ['a wrong password of the endorsement hierarchy', wrongPassword(), 0x9a2],
      ['a third parameter that is cut', encoded(CC.GetCapability, [], [], '0000000600000100000000'), 0x3da],
      ['an unknown capability', encoded(CC.GetCapability, [], [], '000000400000000000000001'), 0x1c4],
    ])('%s', async (_, command, code) => {
      await client.startup()
      const answer = await raw(command)
      expect(Number.parseInt(answer.slice(12), 16).toString(16)).toBe(code.toString(16))
      expect(answer).toHaveLength(20)
    })

    test.each<[string, TpmPublic, number]>([
      ['another name algorithm', { ...aik(), nameAlg: 0x0099 }, 0x2c3],
      ['another size of key', { ...aik(), keyBits: 1000 }, 0x2c4],
      ['another exponent', { ...aik(), exponent: 3 }, 0x08d],
      ['attributes that are reserved', { ...aik(), attributes: 0x0300_0472 }, 0x2e1],
      ['fixed to its parent alone', { ...aik(), attributes: 0x50470 }, 0x2c2],
      ['a secret from nowhere', { ...aik(), attributes: 0x50452 }, 0x2c2],
      ['neither to sign nor to decrypt', { ...aik(), attributes: 0x10472 }, 0x2c2],
      ['both, and restricted', { ...aik(), attributes: 0x70472 }, 0x2c2],
      ['restricted to sign, and no scheme', { ...aik(), scheme: null }, 0x2d2],
      ['a parent with a scheme', { ...ekRsa(), scheme: { algorithm: ALG.RSASSA, hash: ALG.SHA256 } }, 0x2d2],
      ['a parent without a cipher', { ...ekRsa(), symmetric: null }, 0x2d6],
      ['half a policy', { ...ekRsa(), authPolicy: new Uint8Array(16) }, 0x2d5],
      ['a curve that is none', { ...ekP256(), curve: 0x99 }, 0x2e6],
    ])('a template with %s', async (_, template, code) => {
      await client.startup()
      expect(codeOf(await client.createPrimary(RH.OWNER, template)).toString(16)).toBe(code.toString(16))
    })

    test('the same primary key for the same template, with the name of its public area', async () => {
      await client.startup()
      for (const template of [ekRsa(), ekP256()]) {
        const first = given(await client.createPrimary(RH.ENDORSEMENT, template))
        const second = given(await client.createPrimary(RH.ENDORSEMENT, template))
        expect(hex(second.name)).toBe(hex(first.name))
        expect(hex(first.name)).toBe(hex(nameOf(encodePublic(first.publicArea))))
        expect({ ...first.publicArea, unique: template.unique }).toEqual(template)
        const read = given(await client.readPublic(second.handle))
        expect(hex(read.qualifiedName)).toBe(hex(nameOf(fromHex(`4000000b${hex(first.name)}`))))
        for (const { handle } of [first, second]) given(await client.flushContext(handle))
      }
    })

    test('creation data of a primary key, and their hash', async () => {
      await client.startup()
      const outsideInfo = fromHex('0102')
      const selections = [{ hash: ALG.SHA256, pcrs: [0, 7] }]
      const made = given(await client.createPrimary(RH.OWNER, aik(), { outsideInfo, selections }))
      expect(decodeCreationData(made.creationData)).toEqual({
        selections,
        pcrDigest: pcrDigest([new Uint8Array(32), new Uint8Array(32)]),
        locality: 1,
        parentNameAlg: ALG.NULL,
        parentName: fromHex('40000001'),
        parentQualifiedName: fromHex('40000001'),
        outsideInfo,
      })
      expect(hex(made.creationHash)).toBe(sha256(made.creationData))
    })

    test('three objects, and then no memory for a fourth', async () => {
      await client.startup()
      const made = []
      for (let count = 0; count < 3; count++) made.push(given(await client.createPrimary(RH.OWNER, aik())))
      expect(made.map(({ handle }) => handle)).toEqual([0x8000_0000, 0x8000_0001, 0x8000_0002])
      expect(codeOf(await client.createPrimary(RH.OWNER, aik()))).toBe(0x902)
      given(await client.flushContext(0x8000_0001))
      expect(given(await client.createPrimary(RH.OWNER, aik())).handle).toBe(0x8000_0001)
    })

    test('three sessions, and then no memory for a fourth', async () => {
      await client.startup()
      for (let count = 0; count < 3; count++) given(await client.startPolicySession())
      expect(codeOf(await client.startPolicySession())).toBe(0x903)
    })

    test('the policy of the endorsement key after PolicySecret', async () => {
      await client.startup()
      expect(hex(given(await client.policyGetDigest(await session())))).toBe(hex(ekRsa().authPolicy))
    })

    test.each([
      ['RSA', ekRsa()],
      ['ECC', ekP256()],
    ])('a credential for an %s endorsement key: opened, or refused with its code', async (_, template) => {
      await client.startup()
      const ek = given(await client.createPrimary(RH.ENDORSEMENT, template))
      const ak = given(await client.createPrimary(RH.OWNER, aik()))
      const activate = async (credential: Parameters<TpmClient['activateCredential']>[2], auth = password()) =>
        client.activateCredential(ak.handle, ek.handle, credential, auth)
      const good = makeCredential(ek.publicArea, ak.name, SECRET, CHANCE)
      const withPolicy = async () => policySession(await session())

      const first = await withPolicy()
      expect(hex(given(await activate(good, first)))).toBe(hex(SECRET))
      // A policy has to be satisfied again for each use.
      expect(codeOf(await activate(good, first))).toBe(0xa9d)
      given(await client.flushContext(first.session))

      expect(codeOf(await activate(good))).toBe(0x12f)
      const policy = await withPolicy()
      const otherName = makeCredential(ek.publicArea, ek.name, SECRET, CHANCE)
      expect(codeOf(await activate(otherName, policy))).toBe(0x1df)
      for (const at of [10, 40, good.idObject.length - 1]) {
        expect(codeOf(await activate({ ...good, idObject: flipped(good.idObject, at) }, policy))).toBe(0x1df)
      }
      expect(codeOf(await activate({ ...good, idObject: fromHex('00') }, policy)) & 0xf80).toBe(0x180)
      expect(codeOf(await activate({ ...good, encryptedSecret: flipped(good.encryptedSecret, 9) }, policy))).not.toBe(0)
      // Nothing of this was a use: the session is as good as before.
      expect(hex(given(await activate(good, policy)))).toBe(hex(SECRET))
    })

    test('a credential requires a key that decrypts', async () => {
      await client.startup()
      const { ek, ak } = await keys()
      const credential = makeCredential(ek.publicArea, ak.name, SECRET, CHANCE)
      expect(codeOf(await client.activateCredential(ak.handle, ak.handle, credential, password()))).toBe(0x28a)
    })

    test('an empty policy session does not satisfy the endorsement key', async () => {
      await client.startup()
      const { ek, ak } = await keys()
      const credential = makeCredential(ek.publicArea, ak.name, SECRET, CHANCE)
      const empty = policySession(given(await client.startPolicySession()))
      expect(codeOf(await client.activateCredential(ak.handle, ek.handle, credential, empty))).toBe(0xa9d)
    })

    test('CertifyCreation: of a key that it has made, under its ticket', async () => {
      await client.startup()
      const ak = given(await client.createPrimary(RH.OWNER, aik()))
      const nonce = fromHex('c0ffee')
      const { handle, creationHash, ticket } = ak
      const made = given(await client.certifyCreation(handle, handle, creationHash, ticket, nonce))
      const attest = decodeAttest(made.attest)
      expect(attest.attested).toEqual({ kind: 'creation', objectName: ak.name, creationHash })
      expect(hex(attest.extraData)).toBe('c0ffee')
      expect(hex(attest.qualifiedSigner)).toBe(hex(nameOf(fromHex(`40000001${hex(ak.name)}`))))
      expect(verifySignature(made.attest, decodeSignature(made.signature), ak.publicArea)).toBe(true)
      expect(verifySignature(flipped(made.attest, 20), decodeSignature(made.signature), ak.publicArea)).toBe(false)
      const forged = { ...ticket, digest: flipped(ticket.digest, 0) }
      expect(codeOf(await client.certifyCreation(handle, handle, creationHash, forged))).toBe(0x4e0)
      expect(codeOf(await client.certifyCreation(handle, handle, flipped(creationHash, 0), ticket))).toBe(0x4e0)
    })

    test('Certify: a key that is here, and none by a key that cannot sign', async () => {
      await client.startup()
      const ak = given(await client.createPrimary(RH.OWNER, aik()))
      const other = given(await client.createPrimary(RH.OWNER, ekP256()))
      const made = given(await client.certify(ak.handle, ak.handle))
      expect(decodeAttest(made.attest).attested).toMatchObject({ kind: 'certify', name: ak.name })
      expect(verifySignature(made.attest, decodeSignature(made.signature), ak.publicArea)).toBe(true)
      // Its administration requires its policy, and it cannot sign.
      expect(codeOf(await client.certify(other.handle, ak.handle))).toBe(0x124)
      expect(codeOf(await client.certifyCreation(other.handle, ak.handle, ak.creationHash, ak.ticket))).toBe(0x12f)
    })

    test('Quote: what the registers hold, in ascending order', async () => {
      await client.startup()
      const ak = given(await client.createPrimary(RH.OWNER, aik()))
      given(await client.pcrExtend(11, fromHex(sha256(new TextEncoder().encode('hello')))))
      const selections = [{ hash: ALG.SHA256, pcrs: [0, 7, 11] }]
      const { values } = given(await client.pcrRead(selections))
      // Vector T12.
      expect(hex(values[2]!)).toBe('9851312028952521510e8eaab5be94e7dc24b5fc292b2e9781173cf11ffa9878')
      const made = given(await client.quote(ak.handle, selections, { extraData: fromHex('0a'.repeat(10)) }))
      expect(decodeAttest(made.attest).attested).toEqual({ kind: 'quote', selections, pcrDigest: pcrDigest(values) })
      expect(made.attest).toHaveLength(123)
      expect(verifySignature(made.attest, decodeSignature(made.signature), ak.publicArea)).toBe(true)
      const scheme = { algorithm: ALG.RSASSA, hash: ALG.SHA1 }
      expect(codeOf(await client.quote(ak.handle, selections, { scheme }))).toBe(0x2d2)
      expect(codeOf(await client.quote(ak.handle, selections, { auth: password('x') }))).toBe(0x9a2)
    })

    test('at most eight registers at once', async () => {
      await client.startup()
      const pcrs = Array.from({ length: 12 }, (_, pcr) => pcr)
      const { selections, values } = given(await client.pcrRead([{ hash: ALG.SHA256, pcrs }]))
      expect([selections[0]!.pcrs, values.length]).toEqual([pcrs.slice(0, 8), 8])
    })

    test('a kept key, until it is forgotten', async () => {
      await client.startup()
      const { ek } = await keys()
      given(await client.evictControl(ek.handle, EK_HANDLE.rsa))
      expect(codeOf(await client.evictControl(ek.handle, EK_HANDLE.rsa))).toBe(0x14c)
      expect(codeOf(await client.evictControl(ek.handle, 0x8180_0001))).toBe(0x1cd)
      expect(hex(given(await client.readPublic(EK_HANDLE.rsa)).name)).toBe(hex(ek.name))
      expect(given(await client.getHandles(0x8100_0000))).toEqual([EK_HANDLE.rsa])
      given(await client.evictControl(EK_HANDLE.rsa, EK_HANDLE.rsa))
      expect(codeOf(await client.readPublic(EK_HANDLE.rsa))).toBe(0x18b)
    })

    test('Clear: another owner’s key, the same endorsement key, nothing loaded', async () => {
      await client.startup()
      const { ek, ak } = await keys()
      given(await client.clear())
      expect(codeOf(await client.readPublic(ak.handle))).toBe(0x910)
      const after = await keys()
      expect(hex(after.ek.name)).toBe(hex(ek.name))
      expect(hex(after.ak.name)).not.toBe(hex(ak.name))
    })

    test('ChangeEPS: another endorsement key, the same owner’s key', async () => {
      await client.startup()
      const { ek, ak } = await keys()
      given(await client.changeEps())
      expect(codeOf(await client.readPublic(ek.handle))).toBe(0x910)
      const other = given(await client.createPrimary(RH.ENDORSEMENT, ekRsa()))
      expect(hex(other.name)).not.toBe(hex(ek.name))
      expect(hex(given(await client.readPublic(ak.handle)).name)).toBe(hex(ak.name))
    })

    test('wrong passwords, until it is locked, and until the lock is reset', async () => {
      await client.startup()
      const template = { ...aik(), attributes: aik().attributes & ~OBJECT.noDA }
      const ak = given(await client.createPrimary(RH.OWNER, template, { auth: fromHex('0102') }))
      const tries = given(await client.getProperties(PT.MAX_AUTH_FAIL, 1)).get(PT.MAX_AUTH_FAIL)!
      const selections = [{ hash: ALG.SHA256, pcrs: [0] }]
      const attempt = async (auth: string) =>
        codeOf(await client.quote(ak.handle, selections, { auth: password(fromHex(auth)) }))
      for (let count = 0; count < tries; count++) expect(await attempt('0103')).toBe(0x98e)
      expect(await attempt('0102')).toBe(0x921)
      expect(given(await client.getProperties(PT.LOCKOUT_COUNTER, 1)).get(PT.LOCKOUT_COUNTER)).toBe(tries)
      given(await client.resetLockout())
      expect(await attempt('0102')).toBe(0)
    })

    test('GetCapability: properties from one on, and whether there are more', async () => {
      await client.startup()
      expect(given(await client.getProperties(PT.FAMILY_INDICATOR, 1)).get(PT.FAMILY_INDICATOR)).toBe(0x322e3000)
      const answer = await raw(encoded(CC.GetCapability, [], [], '000000060000010000000001'))
      expect(answer.slice(20, 22)).toBe('01')
    })

    test('GetRandom: other bytes each time', async () => {
      await client.startup()
      const [first, second] = [given(await client.getRandom(16)), given(await client.getRandom(16))]
      expect([first.length, hex(first) === hex(second)]).toEqual([16, false])
    })
  })
})

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')
function flipped(bytes: Uint8Array, at: number): Uint8Array {
  const copy = bytes.slice()
  copy[at]! ^= 1
  return copy
}

function encoded(code: number, handles: number[], auths: ReturnType<typeof password>[], parameters = ''): string {
  return hex(encodeCommand({ code, handles, auths, parameters: fromHex(parameters) }))
}
const extend = (pcr: number) => encoded(CC.PCR_Extend, [pcr], [password()], `00000001000b${'11'.repeat(32)}`)
const wrongPassword = () =>
  encoded(CC.CreatePrimary, [RH.ENDORSEMENT], [password('wrong')], '0004000000000000000000000000')
