import { createPublicKey, type KeyObject, sign } from 'node:crypto'
import { beforeAll, describe, expect, test } from 'vitest'
import { VENDOR_KEY, vendorKeySeed } from '../../src/domain/tpm-vendors.ts'
import { derivedKeys } from '../../src/ports/rsa-keys.ts'
import { contextTag, sequence } from '../../src/protocols/der/writer.ts'
import { decodeAttest, encodeAttest } from '../../src/protocols/tpm/attest.ts'
import { ALG, EK_HANDLE, OBJECT, RH } from '../../src/protocols/tpm/constants.ts'
import { decodeSignature, encodeSignature } from '../../src/protocols/tpm/signature.ts'
import { aik, ekRsa } from '../../src/protocols/tpm/templates.ts'
import { decodePublic, encodePublic } from '../../src/protocols/tpm/tpmt-public.ts'
import { createCertificate, decodeCertificate } from '../../src/protocols/x509/certificate.ts'
import { basicConstraints, type Extension, extendedKeyUsage, keyUsage } from '../../src/protocols/x509/extensions.ts'
import { encodeName } from '../../src/protocols/x509/name.ts'
import { readAlternativeDirectoryName, readExtendedKeyUsage } from '../../src/protocols/x509/read-extensions.ts'
import { spkiOf } from '../../src/protocols/x509/signature.ts'
import {
  authorityUrl,
  challenge,
  flipped,
  given,
  goodEvidence,
  jsonOf,
  NOW,
  open,
  post,
  type Scene,
  type SentEvidence,
  scene,
} from './attestation.ts'

const MINUTE = 60_000
const YEAR = 365 * 86_400_000
const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64')

let good: Scene
let evidence: SentEvidence

beforeAll(async () => {
  good = await scene()
  evidence = (await goodEvidence(good)).evidence
})

/** Status and code of what the service says to spoilt evidence. */
function answerTo(spoilt: Partial<SentEvidence>, of: Scene = good, url = authorityUrl(of, evidence.ekCertificate)) {
  const response = challenge(of, { ...evidence, ...spoilt }, url)
  if (response.body.length === 0) return [response.status]
  const { error, code, message } = jsonOf(response)
  return code ? [response.status, code, message] : [response.status, error]
}

const key = (seed: string, label: string) => derivedKeys.rsa2048(seed, label)
const vendorKey = (label: string) => key(vendorKeySeed('NTC'), label)
const signer = (by: KeyObject) => (tbs: Uint8Array) => new Uint8Array(sign('sha256', tbs, by))

/** The EK certificate once more, with something changed, and signed by whom one likes. */
function forged(by: KeyObject, changes: Partial<Parameters<typeof createCertificate>[0]> = {}): Uint8Array {
  return createCertificate({ ...decodeCertificate(evidence.ekCertificate), sign: signer(by), ...changes })
}

const withExtension = (extension: Extension): { extensions: Extension[] } => ({
  extensions: decodeCertificate(evidence.ekCertificate).extensions.map((known) =>
    known.oid === extension.oid ? extension : known,
  ),
})

describe('the attestation service', () => {
  test('takes what a certified TPM sends, gives a secret that it opens, and then a certificate and a token', async () => {
    const { evidence: fresh, handle } = await goodEvidence(good)
    const answer = challenge(good, fresh)
    expect(answer.status).toBe(200)
    const proof = { id: jsonOf(answer).id, secret: base64(given(await open(good, answer, handle))) }
    const url = `${authorityUrl(good, fresh.ekCertificate)}/proof`
    const [first, second] = [good.send(post(url, proof)), good.send(post(url, proof))]
    expect([first.status, jsonOf(first).deviceToken?.split('.').length]).toEqual([200, 3])
    const certificate = decodeCertificate(new Uint8Array(Buffer.from(jsonOf(first).aikCertificate!, 'base64')))
    expect(certificate.issuer[0]!.value).toMatch(/^WUS-NTC-KEYID-[0-9A-F]{40} \(simulated\)$/)
    expect(readExtendedKeyUsage(certificate.extensions)).toEqual(['2.23.133.8.3'])
    expect(readAlternativeDirectoryName(certificate.extensions)?.[0]?.value).toBe('id:4E544300')
    const own = decodePublic(fresh.aikPub)
    const { n } = createPublicKey({ key: Buffer.from(certificate.spki), type: 'spki', format: 'der' }).export({
      format: 'jwk',
    })
    expect(n).toBe(own.type === 'rsa' && Buffer.from(own.unique).toString('base64url'))
    expect([second.status, jsonOf(second).code]).toEqual([403, '0x801c03ea'])
    await good.client.flushContext(handle)
  })

  test('requires each bit of the secret, and asks once', async () => {
    const { evidence: fresh, handle } = await goodEvidence(good)
    const answer = challenge(good, fresh)
    const secret = given(await open(good, answer, handle))
    const url = `${authorityUrl(good, fresh.ekCertificate)}/proof`
    const prove = (bytes: Uint8Array) => {
      const response = good.send(post(url, { id: jsonOf(answer).id, secret: base64(bytes) }))
      return [response.status, jsonOf(response).code]
    }
    expect([prove(flipped(secret, 31)), prove(secret)]).toEqual([
      [403, '0x801c03ea'],
      [403, '0x801c03ea'],
    ])
    await good.client.flushContext(handle)
  })

  test('makes a secret for one pair of keys: a TPM with another attestation key does not open it', async () => {
    const { evidence: fresh, handle } = await goodEvidence(good)
    await good.client.flushContext(handle)
    const other = await good.client.createPrimary(RH.ENDORSEMENT, { ...aik(), attributes: 0x5_0472 })
    if (!other.ok) throw new Error('no other key')
    const opened = await open(good, challenge(good, fresh), other.value.handle)
    await good.client.flushContext(other.value.handle)
    expect(opened).toMatchObject({
      ok: false,
      trouble: { code: '0x801c03ea', text: 'activating the credential: TPM_RC_INTEGRITY (parameter 1)' },
    })
  })
})

describe('a certificate is refused', () => {
  const above = () => decodeCertificate(evidence.ekChain[0]!)
  /** The certificate of the issuer once more, with something changed, and signed by the root unless by another. */
  const issuer = (changes: object, by = vendorKey(VENDOR_KEY.root)) =>
    createCertificate({ ...above(), sign: signer(by), ...changes })

  test('with one flipped bit in its signature', () => {
    const spoilt = flipped(evidence.ekCertificate, -1)
    expect(answerTo({ ekCertificate: spoilt })).toEqual([400, 'ERR_EK_CERTIFICATE_CHAIN'])
  })

  test('with one flipped bit in its body', () => {
    const spoilt = evidence.ekCertificate.slice()
    // The serial number: what is signed, and changes no structure.
    spoilt[20]! ^= 1
    expect(answerTo({ ekCertificate: spoilt })).toEqual([400, 'ERR_EK_CERTIFICATE_CHAIN'])
  })

  test('from an issuer that calls itself as the vendor does', () => {
    expect(answerTo({ ekCertificate: forged(key('tenant:contoso-school', 'mdm-root')) })).toEqual([
      400,
      'ERR_EK_CERTIFICATE_CHAIN',
    ])
  })

  test('with a whole chain of another authority under the vendor’s names', () => {
    const [theirs, root] = [key('tenant:contoso-school', 'mdm-issuing'), key('tenant:contoso-school', 'mdm-root')]
    expect(answerTo({ ekCertificate: forged(theirs), ekChain: [issuer({ spki: spkiOf(theirs) }, root)] })).toEqual([
      400,
      'ERR_EK_CERTIFICATE_CHAIN',
    ])
  })

  test('without the certificate of its issuer', () => {
    expect(answerTo({ ekChain: [] })).toEqual([400, 'ERR_EK_CERTIFICATE_CHAIN'])
  })

  test('below an issuer that another root has signed', () => {
    const other = issuer({}, key('tenant:contoso-school', 'mdm-root'))
    expect(answerTo({ ekChain: [other] })).toEqual([400, 'ERR_EK_CERTIFICATE_CHAIN'])
    // The root may come along, but it is not believed for that.
    const theirs = key('tenant:contoso-school', 'mdm-root')
    const root = issuer({ subject: above().issuer, spki: spkiOf(theirs) }, theirs)
    expect(answerTo({ ekChain: [other, root] })).toEqual([400, 'ERR_EK_CERTIFICATE_CHAIN'])
  })

  test('with its root sent along: that changes nothing', () => {
    expect(answerTo({ ekChain: [...good.made.authorities] })).toEqual([200, undefined])
  })

  test('that names another issuer than the one that signed it', () => {
    const ekCertificate = forged(vendorKey(VENDOR_KEY.issuing), { issuer: [{ type: 'CN', value: 'Somebody' }] })
    expect(answerTo({ ekCertificate })).toEqual([400, 'ERR_EK_CERTIFICATE_CHAIN'])
  })

  test('that does not name the key of its issuer', () => {
    const { extensions } = decodeCertificate(evidence.ekCertificate)
    const ekCertificate = forged(vendorKey(VENDOR_KEY.issuing), {
      extensions: extensions.filter(({ oid }) => oid !== '2.5.29.35'),
    })
    expect(answerTo({ ekCertificate })).toEqual([400, 'ERR_EK_CERTIFICATE_ISSUER'])
  })

  test('below an issuer that may sign no certificates', () => {
    const extensions = above().extensions.map((known) => (known.oid === '2.5.29.15' ? keyUsage('cRLSign') : known))
    expect(answerTo({ ekChain: [issuer({ extensions })] })).toEqual([400, 'ERR_EK_CERTIFICATE_CHAIN'])
  })

  test('below a certificate that is no authority', () => {
    const extensions = above().extensions.map((known) =>
      known.oid === '2.5.29.19' ? basicConstraints({ ca: false }) : known,
    )
    expect(answerTo({ ekChain: [issuer({ extensions })] })).toEqual([400, 'ERR_EK_CERTIFICATE_CHAIN'])
  })

  test.each<[string, number]>([
    ['before it is valid', Date.UTC(2020, 11, 31)],
    ['after it was valid', Date.UTC(2046, 0, 2)],
  ])('%s, by the clock of the service', (_, now) => {
    good.clock.now = now
    const answer = answerTo({ clientTime: new Date(now).toISOString() })
    good.clock.now = NOW
    expect(answer).toEqual([400, 'ERR_EK_CERTIFICATE_EXPIRED'])
  })

  test('when its issuer has expired before it', () => {
    expect(answerTo({ ekChain: [issuer({ notAfter: new Date(NOW - YEAR) })] })).toEqual([
      400,
      'ERR_EK_CERTIFICATE_EXPIRED',
    ])
  })

  test.each<[string, Extension]>([
    ['for another purpose', extendedKeyUsage('1.3.6.1.5.5.7.3.2')],
    ['of an authority', basicConstraints({ ca: true })],
    ['for signatures', keyUsage('digitalSignature')],
  ])('%s, although the vendor has signed it', (_, extension) => {
    const ekCertificate = forged(vendorKey(VENDOR_KEY.issuing), withExtension(extension))
    expect(answerTo({ ekCertificate })).toEqual([400, 'ERR_EK_CERTIFICATE_USAGE'])
  })

  test('by the authority of another issuer', async () => {
    const intel = await scene({ vendor: 'INTC' })
    const theirs = (await goodEvidence(intel)).evidence
    expect(answerTo({ ekCertificate: theirs.ekCertificate, ekChain: theirs.ekChain })).toEqual([
      400,
      'ERR_EK_CERTIFICATE_ISSUER',
    ])
  })

  test('when it names another maker than the device does', () => {
    const body = { ...evidence, ekCertificate: evidence.ekCertificate }
    const response = challenge(
      { ...good, facts: { ...good.facts, vendor: 'IFX' } },
      body,
      authorityUrl(good, evidence.ekCertificate),
    )
    expect([response.status, jsonOf(response).error]).toEqual([400, 'ERR_ATTESTATION_PLATFORM'])
  })

  test('of a chip of another maker, although the vendor has signed it', () => {
    const names = readAlternativeDirectoryName(decodeCertificate(evidence.ekCertificate).extensions)!
    const [manufacturer, ...others] = names
    const name = encodeName([{ ...manufacturer!, value: 'id:49465800' }, ...others])
    const alternative = { oid: '2.5.29.17', critical: true, value: sequence(contextTag(4, name)) }
    const ekCertificate = forged(vendorKey(VENDOR_KEY.issuing), withExtension(alternative))
    expect(answerTo({ ekCertificate })).toEqual([400, 'ERR_ATTESTATION_PLATFORM'])
  })

  test('that is none', () => {
    expect(answerTo({ ekCertificate: evidence.ekCertificate.slice(0, 400) })).toEqual([
      400,
      'ERR_EK_CERTIFICATE_MALFORMED',
    ])
  })

  test('for another key than the TPM has: after ChangeEPS', async () => {
    const changed = await scene({ faults: ['certificateForAnotherKey'] })
    const theirs = (await goodEvidence(changed)).evidence
    const response = challenge(changed, theirs)
    expect([response.status, jsonOf(response).error]).toEqual([400, 'ERR_EK_MISMATCH'])
  })

  test('from an issuer that the service was never told of: there is no such host', async () => {
    const unlisted = await scene({ faults: ['unknownIssuer'] })
    const theirs = (await goodEvidence(unlisted)).evidence
    expect(challenge(unlisted, theirs).status).toBe(404)
    for (const other of ['ifx', 'zzz']) {
      const url = authorityUrl(good, evidence.ekCertificate).replace('ntc-', `${other}-`)
      expect(answerTo({}, good, url)).toEqual([404])
    }
    expect(answerTo({}, good, 'https://aik.microsoftaik.azure.test/templates/Aik')).toEqual([404])
  })
})

describe('keys and attestations are refused', () => {
  const spoiltPublic = (which: 'ekPub' | 'aikPub', change: object) => ({
    [which]: encodePublic({ ...decodePublic(evidence[which]), ...change }),
  })

  test.each<[string, () => Partial<SentEvidence>, string]>([
    ['an endorsement key with one flipped bit', () => ({ ekPub: flipped(evidence.ekPub, -200) }), 'ERR_EK_MISMATCH'],
    [
      'an endorsement key that may leave its TPM',
      () => spoiltPublic('ekPub', { attributes: ekRsa().attributes & ~OBJECT.fixedTPM }),
      'ERR_EK_TEMPLATE',
    ],
    [
      'an attestation key that may leave its TPM',
      () => spoiltPublic('aikPub', { attributes: aik().attributes & ~OBJECT.fixedTPM }),
      'ERR_AIK_ATTRIBUTES',
    ],
    [
      'an attestation key that signs anything',
      () => spoiltPublic('aikPub', { attributes: aik().attributes & ~OBJECT.restricted }),
      'ERR_AIK_ATTRIBUTES',
    ],
    [
      'an attestation key that decrypts too',
      () => spoiltPublic('aikPub', { attributes: aik().attributes | OBJECT.decrypt }),
      'ERR_AIK_ATTRIBUTES',
    ],
    [
      'an attestation key of another scheme',
      () => spoiltPublic('aikPub', { scheme: { algorithm: ALG.RSAPSS, hash: ALG.SHA256 } }),
      'ERR_AIK_ATTRIBUTES',
    ],
    [
      'an attestation key that is none',
      () => spoiltPublic('aikPub', { unique: new Uint8Array(3) }),
      'ERR_AIK_ATTRIBUTES',
    ],
    ['an attestation of another key', () => ({ aikPub: flipped(evidence.aikPub, -200) }), 'ERR_AIK_ATTEST'],
    ['an attestation with another mark', () => ({ attest: flipped(evidence.attest, 0) }), 'ERR_ATTESTATION_MALFORMED'],
    ['an attestation of another time', () => ({ attest: reattested({ firmwareVersion: 1n }) }), 'ERR_AIK_SIGNATURE'],
    [
      'an attestation for another request',
      () => ({ attest: reattested({ extraData: new Uint8Array(32) }) }),
      'ERR_AIK_ATTEST',
    ],
    ['a quote in its place', () => ({ attest: quoted() }), 'ERR_AIK_ATTEST'],
    ['a signature with one flipped bit', () => ({ signature: flipped(evidence.signature, -1) }), 'ERR_AIK_SIGNATURE'],
    ['a signature of another scheme', () => ({ signature: resigned({ hash: ALG.SHA1 }) }), 'ERR_AIK_SIGNATURE'],
    [
      'creation data with one flipped bit',
      () => ({ creationData: flipped(evidence.creationData, 8) }),
      'ERR_AIK_CREATION',
    ],
    ['creation data that are none', () => ({ creationData: new Uint8Array(3) }), 'ERR_ATTESTATION_MALFORMED'],
  ])('%s', (_, spoil, code) => {
    expect(answerTo(spoil())).toEqual([400, code])
  })

  const reattested = (changes: object) => encodeAttest({ ...decodeAttest(evidence.attest), ...changes })
  const quoted = () => reattested({ attested: { kind: 'quote', selections: [], pcrDigest: new Uint8Array(32) } })
  const resigned = (changes: object) => encodeSignature({ ...decodeSignature(evidence.signature), ...changes })

  test('what was signed an hour ago by a device whose clock is right is refused all the same', () => {
    good.clock.now = NOW + 60 * MINUTE
    const answer = answerTo({})
    good.clock.now = NOW
    expect(answer).toEqual([400, 'ERR_ATTESTATION_CLOCK'])
  })

  test('a clock that is off by four minutes will do, one by six will not', () => {
    good.clock.now = NOW + 4 * MINUTE
    const near = answerTo({})
    good.clock.now = NOW - 6 * MINUTE
    const far = answerTo({})
    good.clock.now = NOW
    expect([near[0], far]).toEqual([200, [400, 'ERR_ATTESTATION_CLOCK']])
  })

  test('a time that was put in afterwards does not go with the attestation', () => {
    expect(answerTo({ clientTime: new Date(NOW + 1).toISOString() })).toEqual([400, 'ERR_AIK_ATTEST'])
  })
})

describe('a device without an owner is refused', () => {
  test('that is not registered, although its TPM is sound', async () => {
    const other = await scene({}, 'dell-latitude-3120')
    const theirs = (await goodEvidence(other)).evidence
    const response = challenge({ ...good, facts: other.facts }, theirs)
    expect([response.status, jsonOf(response)]).toEqual([
      403,
      { code: '0x801c03ea', message: 'the device is not registered' },
    ])
  })

  test('with the hash of a registered one, and another endorsement key', async () => {
    const other = await scene({}, 'dell-latitude-3120')
    const theirs = (await goodEvidence(other)).evidence
    const stolen = { ...theirs, hardwareHash: evidence.hardwareHash }
    const response = challenge({ ...good, facts: other.facts }, stolen)
    expect([response.status, jsonOf(response).message]).toEqual([403, 'the endorsement key is not the registered one'])
  })

  test.each(['hardwareHash', 'clientTime', 'ekPub', 'ekCertificate', 'aikPub', 'creationData', 'attest', 'signature'])(
    'that leaves out %s',
    (member) => {
      expect(answerTo({ [member]: undefined })).toEqual([400, 'ERR_ATTESTATION_MALFORMED'])
    },
  )

  test('whose hardware hash cannot be decoded', () => {
    expect(answerTo({ hardwareHash: 'T0E=' })).toEqual([400, 'ERR_HASH_TRUNCATED'])
  })

  test('whose members are no base64, or whose time is none', () => {
    expect(answerTo({ ekPub: '***' as never })).toEqual([400, 'ERR_ATTESTATION_MALFORMED'])
    expect(answerTo({ clientTime: 'yesterday' })).toEqual([400, 'ERR_ATTESTATION_MALFORMED'])
  })
})

test('the endorsement key of the chip is where Windows looks for it', async () => {
  const read = await good.client.readPublic(EK_HANDLE.rsa)
  expect(read.ok && Buffer.compare(encodePublic(read.value.publicArea), evidence.ekPub)).toBe(0)
})
