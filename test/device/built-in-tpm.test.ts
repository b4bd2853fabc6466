import { createHash, createPublicKey } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { BuiltInTpm } from '../../src/device/tpm/built-in-tpm.ts'
import { TpmClient } from '../../src/device/tpm/client.ts'
import { changedSeed } from '../../src/device/tpm/endorsement-seed.ts'
import { manufacture } from '../../src/device/tpm/manufacture.ts'
import { startedTpm } from '../../src/device/tpm/started-tpm.ts'
import { VirtualTpm } from '../../src/device/tpm.ts'
import type { JournalFact } from '../../src/domain/journal.ts'
import { createKeySource, derivedKeys } from '../../src/ports/rsa-keys.ts'
import { decodeAttest } from '../../src/protocols/tpm/attest.ts'
import { ALG, CC, EK_CERTIFICATE_INDEX, EK_HANDLE, PT, RH } from '../../src/protocols/tpm/constants.ts'
import { makeCredential } from '../../src/protocols/tpm/credential.ts'
import { type CommandAuth, decodeResponse, encodeCommand, password } from '../../src/protocols/tpm/frames.ts'
import { aik, ekP256, ekRsa } from '../../src/protocols/tpm/templates.ts'
import { encodePublic } from '../../src/protocols/tpm/tpmt-public.ts'
import { builtIn, FACTS } from '../contract/tpm/built-in.ts'
import { lcg } from '../protocols/fuzz.ts'

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex')
const fromHex = (text: string) => new Uint8Array(Buffer.from(text, 'hex'))

async function started(changes = {}): Promise<TpmClient> {
  const client = new TpmClient(builtIn(changes))
  await client.startup()
  return client
}

const named = async (
  client: TpmClient,
  hierarchy: number,
  template: ReturnType<typeof aik> | ReturnType<typeof ekP256>,
) => {
  const made = await client.createPrimary(hierarchy, template)
  return made.ok ? hex(made.value.name) : made.code
}

describe('keys', () => {
  test('are the same for ever', async () => {
    const client = await started()
    const names = [
      await named(client, RH.ENDORSEMENT, ekRsa()),
      await named(client, RH.ENDORSEMENT, ekP256()),
      await named(client, RH.OWNER, aik()),
    ]
    expect(names).toEqual([
      '000b43bd9c151f90c792564601d0ea24064214aea1ad3235ad1641317c8b4fc89d0f',
      '000b44473166b8da07f017f16b5dfcda06da15f163b2a514c8367acf06f317e01329',
      '000bd18eaec7dd5ed47decdf92d27bfcdc7c178a9b33a25b4caa746483d03f6a5015',
    ])
  })

  test('search no primes on a shipped device', async () => {
    const searched: string[] = []
    const keys = createKeySource({ onSearch: (label) => searched.push(label) })
    for (const faults of [[], ['certificateForAnotherKey'], ['unknownIssuer']] as const) {
      const facts = { ...FACTS, faults: [...faults] }
      const client = new TpmClient(await startedTpm({ facts, keys, clock: () => 0 }, { write: () => {} }))
      await client.createPrimary(RH.OWNER, aik())
    }
    expect(searched).toEqual([])
  })

  test('are others for another hierarchy', async () => {
    const client = await started()
    expect(await named(client, RH.OWNER, ekP256())).not.toBe(await named(client, RH.ENDORSEMENT, ekP256()))
  })

  test('are after one ChangeEPS those of a device with that fault', async () => {
    const client = await started()
    await client.changeEps()
    const faulty = await started({ faults: ['certificateForAnotherKey'] })
    expect(await named(client, RH.ENDORSEMENT, ekRsa())).toBe(await named(faulty, RH.ENDORSEMENT, ekRsa()))
    expect(changedSeed(FACTS.endorsementSeed)).toMatch(/^[0-9a-f]{64}$/)
  })
})

test('what a TPM says is the same in every run', async () => {
  const told = async () => {
    const client = await started()
    const random = await client.getRandom(32)
    const ak = await client.createPrimary(RH.OWNER, aik())
    const quote = ak.ok && (await client.quote(ak.value.handle, [{ hash: ALG.SHA256, pcrs: [0] }]))
    return JSON.stringify([random, ak, quote])
  }
  expect(await told()).toBe(await told())
})

test('a command with a tag that is none gets TPM_RC_BAD_TAG: swtpm says something else', async () => {
  expect(hex(await builtIn().execute(fromHex('80030000000c0000017b0008')))).toBe('80010000000a0000001e')
})

test('its maker and its firmware are those of the device', async () => {
  const properties = await (await started()).getProperties(PT.MANUFACTURER, 20)
  const of = (property: number) => properties.ok && properties.value.get(property)
  expect([of(PT.MANUFACTURER), of(PT.FIRMWARE_VERSION_1), of(PT.FIRMWARE_VERSION_2)]).toEqual([
    0x4e54_4300,
    ...FACTS.firmware,
  ])
})

test('an owner’s key is not told the firmware, a key of the endorsement hierarchy is (Part 1, 36)', async () => {
  const client = await started()
  const firmwareFor = async (hierarchy: number) => {
    const ak = await client.createPrimary(
      hierarchy,
      hierarchy === RH.OWNER ? aik() : { ...aik(), attributes: 0x5_0072 },
    )
    const quote = ak.ok ? await client.quote(ak.value.handle, []) : undefined
    return quote?.ok ? decodeAttest(quote.value.attest).firmwareVersion : undefined
  }
  const real = (BigInt(FACTS.firmware[0]) << 32n) | BigInt(FACTS.firmware[1])
  expect(await firmwareFor(RH.ENDORSEMENT)).toBe(real)
  expect(await firmwareFor(RH.OWNER)).not.toBe(real)
})

describe('NV', () => {
  const certificate = manufacture(FACTS, derivedKeys).nv.get(EK_CERTIFICATE_INDEX.rsa)!
  const withCertificate = async () => {
    const client = new TpmClient(builtIn({}, manufacture(FACTS, derivedKeys).nv))
    await client.startup()
    return client
  }

  test('holds the certificates, read-only and for everybody', async () => {
    const client = await withCertificate()
    expect(await client.nvReadPublic(EK_CERTIFICATE_INDEX.rsa)).toMatchObject({
      ok: true,
      value: { attributes: 0x6207_2801, size: certificate.length, nameAlg: ALG.SHA256 },
    })
    const part = await client.nvRead(EK_CERTIFICATE_INDEX.rsa, 16, 4, RH.OWNER)
    expect(part.ok && hex(part.value)).toBe(hex(certificate.subarray(4, 20)))
  })

  test.each([
    ['beyond its end', 16, certificate.length - 8, 0x146],
    ['more than it gives at once', 1025, 0, 0x1c4],
  ])('refuses to read %s', async (_, size, offset, code) => {
    expect(await (await withCertificate()).nvRead(EK_CERTIFICATE_INDEX.rsa, size, offset)).toEqual({ ok: false, code })
  })

  test('refuses to read one index in the name of another', async () => {
    const { rsa, p256 } = EK_CERTIFICATE_INDEX
    expect(await (await withCertificate()).nvRead(rsa, 8, 0, p256)).toEqual({ ok: false, code: 0x149 })
  })
})

describe('a TPM that is locked out', () => {
  test('refuses keys that are protected, and opens credentials all the same', async () => {
    const client = await started({ faults: ['lockout'] })
    const guarded = await client.createPrimary(RH.OWNER, { ...aik(), attributes: aik().attributes & ~0x400 })
    expect(guarded.ok && (await client.quote(guarded.value.handle, []))).toEqual({ ok: false, code: 0x921 })
    const ak = await client.createPrimary(RH.OWNER, aik())
    expect(ak.ok && (await client.quote(ak.value.handle, []))).toMatchObject({ ok: true })
  })
})

test('the device’s TPM journals each command with its code, loads itself once, and forgets at power-off', async () => {
  const facts: JournalFact[] = []
  const tpm = new VirtualTpm(FACTS, derivedKeys, { write: (fact) => void facts.push(fact) })
  const [first, second] = [await tpm.chip(), await tpm.chip()]
  expect(first).toBe(second)
  const client = new TpmClient(first)
  const read = await client.readPublic(EK_HANDLE.rsa)
  await client.readPublic(0x8101_0009)
  expect(facts).toEqual([
    { kind: 'tpm', command: 'TPM2_ReadPublic', code: 0 },
    { kind: 'tpm', command: 'TPM2_ReadPublic', code: 0x18b },
  ])
  const { publicArea } = read.ok ? read.value : { publicArea: aik() }
  expect(publicArea.type === 'rsa' && hex(publicArea.unique)).toBe(hex(tpm.endorsementModulus()))
  const key = createPublicKey(derivedKeys.rsa2048(FACTS.endorsementSeed, 'ek')).export({ format: 'jwk' })
  expect(Buffer.from(tpm.endorsementModulus()).toString('base64url')).toBe(key.n)
  tpm.powerOff()
  expect(await tpm.chip()).not.toBe(first)
})

describe('whatever bytes come', () => {
  const handle = 0x8000_0000
  const session: CommandAuth = {
    session: 0x0300_0000,
    nonceCaller: new Uint8Array(16),
    attributes: 1,
    hmac: new Uint8Array(),
  }

  test('a TPM answers each with a response, and throws no error', async () => {
    // One key for all: a spoilt template is another key, and a search would take its time.
    const one = derivedKeys.rsa2048(FACTS.endorsementSeed, 'ek')
    const tpm = new BuiltInTpm({ facts: FACTS, keys: { rsa2048: () => one, rsa: () => one }, clock: () => 0 })
    const client = new TpmClient(tpm)
    const valid: Uint8Array[] = []
    const noting = new TpmClient({
      execute(command) {
        valid.push(command)
        return tpm.execute(command)
      },
    })
    await noting.startup()
    const ek = await noting.createPrimary(RH.ENDORSEMENT, ekRsa())
    const ak = await noting.createPrimary(RH.OWNER, aik())
    if (!ek.ok || !ak.ok) throw new Error('no keys')
    const policy = await noting.startPolicySession()
    await noting.policySecret(RH.ENDORSEMENT, policy.ok ? policy.value : 0)
    const chance = { seed: new Uint8Array(32), encryption: new Uint8Array(32) }
    const credential = makeCredential(
      ekRsa(ek.value.publicArea.unique as Uint8Array),
      ak.value.name,
      new Uint8Array(4),
      chance,
    )
    await noting.activateCredential(ak.value.handle, ek.value.handle, credential, session)
    await noting.certifyCreation(ak.value.handle, ak.value.handle, ak.value.creationHash, ak.value.ticket)
    await noting.certify(ak.value.handle, ak.value.handle)
    await noting.quote(ak.value.handle, [{ hash: ALG.SHA256, pcrs: [0] }])
    await noting.pcrExtend(3, new Uint8Array(32))
    await noting.pcrRead([{ hash: ALG.SHA256, pcrs: [0] }])
    await noting.getProperties(PT.LEVEL, 3)
    await noting.readPublic(handle)
    await noting.policyGetDigest(0x0300_0000)
    await noting.evictControl(handle, EK_HANDLE.rsa)
    const saved = await tpm.execute(
      encodeCommand({ code: CC.ContextSave, handles: [handle], auths: [], parameters: new Uint8Array() }),
    )
    valid.push(
      encodeCommand({ code: CC.ContextLoad, handles: [], auths: [], parameters: decodeResponse(saved).parameters }),
    )
    valid.push(
      encodeCommand({
        code: CC.NV_Read,
        handles: [RH.OWNER, 0x01c0_0002],
        auths: [password()],
        parameters: fromHex('00080000'),
      }),
    )
    expect(valid.length).toBeGreaterThan(15)

    const below = lcg(11)
    const codes = new Set<number>()
    for (let round = 0; round < 6_000; round++) {
      const command = valid[below(valid.length)]!.slice()
      for (let count = 1 + below(3); count > 0; count--) command[below(command.length)] = below(256)
      const spoilt = below(8) === 0 ? command.slice(0, below(command.length)) : command
      if (below(4) > 0 && spoilt.length >= 6) new DataView(spoilt.buffer).setUint32(2, spoilt.length)
      const response = await tpm.execute(spoilt)
      const view = new DataView(response.buffer)
      expect(view.getUint32(2)).toBe(response.length)
      codes.add(view.getUint32(6))
      if (round % 50 === 0) for (const slot of [0, 1, 2]) await client.flushContext(handle + slot)
    }
    expect(codes.size).toBeGreaterThan(30)
  })
})

test('a public area of vector T7 has the hash that a hardware hash carries', () => {
  const modulus = new Uint8Array(256).fill(0xa5)
  expect(
    createHash('sha256')
      .update(encodePublic(ekRsa(modulus)).subarray(-256))
      .digest('hex'),
  ).toBe('2c41a1dd584e3773b95674841b685f36c76b48ec4db75863372c2fd6e19a61ce')
})
