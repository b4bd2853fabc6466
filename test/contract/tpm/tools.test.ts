import { createHash, X509Certificate } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { activate } from '../../../src/device/tpm/attestation.ts'
import { TpmClient } from '../../../src/device/tpm/client.ts'
import { manufacture } from '../../../src/device/tpm/manufacture.ts'
import { startedTpm } from '../../../src/device/tpm/started-tpm.ts'
import type { Tpm } from '../../../src/device/tpm/tpm.ts'
import { derivedKeys } from '../../../src/ports/rsa-keys.ts'
import { EK_CERTIFICATE_INDEX, RH } from '../../../src/protocols/tpm/constants.ts'
import { makeCredential } from '../../../src/protocols/tpm/credential.ts'
import { decodeCredentialFile, encodeCredentialFile } from '../../../src/protocols/tpm/credential-file.ts'
import { decodeSimulatorResponse, encodeSimulatorCommand } from '../../../src/protocols/tpm/frames.ts'
import { nameOf } from '../../../src/protocols/tpm/public-area.ts'
import { aik } from '../../../src/protocols/tpm/templates.ts'
import { decodePublic, encodePublic } from '../../../src/protocols/tpm/tpmt-public.ts'
import { FACTS } from './built-in.ts'
import { serve } from './served.ts'
import { type Swtpm, startSwtpm } from './swtpm.ts'
import { isSkipped, toolbox } from './tools.ts'

const SECRET = 'OOBE-simulator activation secret'
const NONCE = '0a'.repeat(10)
const AK_ATTRIBUTES = 'fixedtpm|fixedparent|sensitivedataorigin|userwithauth|noda|restricted|sign'
const CHANCE = { seed: new Uint8Array(32).fill(3), encryption: new Uint8Array(32).fill(4) }

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'oobe-tpm-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const path = (name: string) => join(folder, name)
const read = (name: string) => new Uint8Array(readFileSync(path(name)))
const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex')

const chip = () => startedTpm({ facts: FACTS, keys: derivedKeys, clock: () => 5 }, { write: () => {} })

const SUBJECTS: Record<string, () => Promise<{ tcti: string; stop(): Promise<void> }>> = {
  'the built-in TPM': async () => serve(await chip()),
  swtpm: () => startSwtpm('not-need-init,startup-clear'),
}

describe.skipIf(isSkipped).each(Object.keys(SUBJECTS))('tpm2-tools find in %s', (name) => {
  let subject: { tcti: string; stop(): Promise<void> }
  beforeEach(async () => {
    subject = await SUBJECTS[name]!()
  })
  afterEach(() => subject.stop())

  const tools = () => {
    const run = toolbox(folder, { TPM2TOOLS_TCTI: subject.tcti })
    // There is no resource manager: what a tool leaves loaded is in the way of the next ones.
    return async (line: string) => {
      const output = await run(...(line.split(' ') as [string, ...string[]]))
      await run('tpm2_flushcontext', '-t')
      return output
    }
  }

  test('an endorsement key, an attestation key, and a credential that only the two open', async () => {
    const run = tools()
    await run('tpm2_createek -G rsa -c ek.ctx -u ek.pub')
    await run(`tpm2_createprimary -C o -G rsa2048:rsassa-sha256:null -a ${AK_ATTRIBUTES} -c ak.ctx`)
    await run('tpm2_readpublic -c ak.ctx -n ak.name')
    writeFileSync(path('secret'), SECRET)
    await run(`tpm2_makecredential -T none -u ek.pub -s secret -n ${hex(read('ak.name'))} -o credential`)
    expect(read('credential')).toHaveLength(336)
    const open = async (credential: string) => {
      const bare = toolbox(folder, { TPM2TOOLS_TCTI: subject.tcti })
      await bare('tpm2_startauthsession', '--policy-session', '-S', 'session.ctx')
      const policy = await bare('tpm2_policysecret', '-S', 'session.ctx', '-c', 'e')
      const session = ['-P', 'session:session.ctx']
      try {
        await bare(
          'tpm2_activatecredential',
          '-c',
          'ak.ctx',
          '-C',
          'ek.ctx',
          '-i',
          credential,
          '-o',
          'opened',
          ...session,
        )
      } finally {
        await bare('tpm2_flushcontext', 'session.ctx')
        await bare('tpm2_flushcontext', '-t')
      }
      return { policy: policy.trim(), secret: new TextDecoder().decode(read('opened')) }
    }
    expect(await open('credential')).toEqual({
      policy: hex(decodePublic(read('ek.pub').slice(2)).authPolicy),
      secret: SECRET,
    })

    const ours = makeCredential(
      decodePublic(read('ek.pub').slice(2)),
      read('ak.name'),
      new Uint8Array(16).fill(5),
      CHANCE,
    )
    writeFileSync(path('ours'), encodeCredentialFile(ours))
    expect((await open('ours')).secret).toBe('\u0005'.repeat(16))

    ours.idObject[40]! ^= 1
    writeFileSync(path('spoilt'), encodeCredentialFile(ours))
    await expect(open('spoilt')).rejects.toThrow(/0x1df/i)
  })

  test('a quote that tpm2_checkquote accepts, and refuses after one flipped bit', async () => {
    const run = tools()
    await run(`tpm2_createprimary -C o -G rsa2048:rsassa-sha256:null -a ${AK_ATTRIBUTES} -c ak.ctx`)
    await run('tpm2_readpublic -c ak.ctx -f pem -o ak.pem')
    await run(`tpm2_pcrextend 11:sha256=${createHash('sha256').update('hello').digest('hex')}`)
    expect(await run('tpm2_pcrread sha256:11')).toContain(
      '0x9851312028952521510E8EAAB5BE94E7DC24B5FC292B2E9781173CF11FFA9878',
    )
    await run(`tpm2_quote -c ak.ctx -l sha256:0,7,11 -q ${NONCE} -m quote -s signature -o registers -g sha256`)
    const check = `tpm2_checkquote -u ak.pem -m quote -s signature -f registers -g sha256 -q ${NONCE}`
    expect(await run(check)).toContain('sig: ')
    await expect(run(check.replace(NONCE, '0b'.repeat(10)))).rejects.toThrow(/nonce/i)
    const signature = read('signature')
    signature[100]! ^= 1
    writeFileSync(path('signature'), signature)
    await expect(run(check)).rejects.toThrow(/signature/i)
  })

  test('a session with an HMAC: of the right password a quote, of a wrong one none', async () => {
    const run = tools()
    const key = `tpm2_createprimary -C o -G rsa2048:rsassa-sha256:null -a ${AK_ATTRIBUTES} -p secret -c ak.ctx`
    await run(key)
    const quote = (auth: string) => run(`tpm2_quote -c ak.ctx -l sha256:0 -m quote -s signature -g sha256 -p ${auth}`)
    await run('tpm2_startauthsession --hmac-session -S session.ctx')
    expect(await quote('session:session.ctx+secret')).toContain('quoted: ff5443478018')
    // The session continues, with other nonces.
    expect(await quote('session:session.ctx+secret')).toContain('quoted: ff5443478018')
    await expect(quote('session:session.ctx+wrong')).rejects.toThrow(/0x9a2/i)
    await run('tpm2_flushcontext session.ctx')
    await expect(quote('wrong')).rejects.toThrow(/0x9a2/i)
  })

  test('a creation that openssl verifies', async () => {
    const run = tools()
    const creation = '--creation-hash hash -t ticket'
    await run(`tpm2_createprimary -C o -G rsa2048:rsassa-sha256:null -a ${AK_ATTRIBUTES} -c ak.ctx ${creation}`)
    await run('tpm2_readpublic -c ak.ctx -f pem -o ak.pem')
    await run(
      'tpm2_certifycreation -C ak.ctx -c ak.ctx -d hash -t ticket -o signature --attestation attest -g sha256 -f plain',
    )
    expect(await run('openssl dgst -sha256 -verify ak.pem -signature signature attest')).toContain('Verified OK')
    await expect(run('openssl dgst -sha256 -verify ak.pem -signature signature hash')).rejects.toThrow()
  })
})

describe.skipIf(isSkipped)('an endorsement certificate of a simulated vendor', () => {
  const made = manufacture(FACTS, derivedKeys)
  const [issuing, root] = made.authorities
  const certificates = [...made.nv.values()]

  test.each([
    ['RSA', 0],
    ['ECC', 1],
  ])('is one to openssl (%s)', async (_, index) => {
    const run = toolbox(folder)
    const pem = (der: Uint8Array) => new X509Certificate(der).toString()
    writeFileSync(path('ek.der'), certificates[index]!)
    for (const [name, der] of Object.entries({ ek: certificates[index]!, issuing: issuing!, root: root! })) {
      writeFileSync(path(`${name}.pem`), pem(der))
    }
    const verify = ['verify', '-x509_strict', '-CAfile', 'root.pem', '-untrusted', 'issuing.pem', 'ek.pem']
    expect(await run('openssl', ...verify)).toBe('ek.pem: OK\n')
    const asn1 = await run('openssl', 'asn1parse', '-inform', 'DER', '-in', 'ek.der', '-i')
    expect(asn1).toContain('X509v3 Subject Alternative Name')
    const san = /Alternative Name\n[^\n]+\n[^\n]+\[HEX DUMP\]:([0-9A-F]+)/.exec(asn1)?.[1]
    writeFileSync(path('san.der'), Buffer.from(san!, 'hex'))
    const names = await run('openssl', 'asn1parse', '-inform', 'DER', '-in', 'san.der', '-i')
    expect(names.match(/UTF8STRING +:.*/g)?.map((line) => line.replace(/^UTF8STRING +:/, ''))).toEqual([
      'id:4E544300',
      'NPCT75x',
      'id:00070002',
    ])
    const text = await run('openssl', 'x509', '-in', 'ek.pem', '-noout', '-text')
    expect(text).toMatch(/Subject: *\n/)
    expect(text).toMatch(/Alternative Name: critical/)
    expect(text).toMatch(/Extended Key Usage: \n +2\.23\.133\.8\.1|Endorsement Key Certificate/)
    expect(text).toMatch(index === 0 ? /Key Encipherment/ : /Key Agreement/)
    expect(text).toContain('CA Issuers - URI:http://pki.tpm-vendors.test/ntc/')
  })

  test('comes out of swtpm as it went in', async () => {
    const swtpm = await startSwtpm('not-need-init,startup-clear')
    try {
      const run = toolbox(folder, { TPM2TOOLS_TCTI: swtpm.tcti })
      const attributes = 'ppwrite|writedefine|ppread|ownerread|authread|no_da|platformcreate'
      for (const [index, certificate] of made.nv) {
        const name = `0x${index.toString(16)}`
        writeFileSync(path('ek.der'), certificate)
        await run('tpm2_nvdefine', name, '-C', 'p', '-s', String(certificate.length), '-a', attributes)
        await run('tpm2_nvwrite', name, '-C', 'p', '-i', 'ek.der')
      }
      await run('tpm2_getekcertificate', '-o', 'rsa.der', '-o', 'ecc.der')
      const client = new TpmClient(swtpm.tpm)
      const { length } = made.nv.get(EK_CERTIFICATE_INDEX.rsa)!
      // As the built-in TPM answers.
      expect(await client.nvRead(EK_CERTIFICATE_INDEX.rsa, 16, length - 8)).toEqual({ ok: false, code: 0x146 })
      expect(await client.nvRead(EK_CERTIFICATE_INDEX.rsa, 1025)).toEqual({ ok: false, code: 0x1c4 })
      const { rsa, p256 } = EK_CERTIFICATE_INDEX
      expect(await client.nvRead(rsa, 8, 0, p256)).toEqual({ ok: false, code: 0x149 })
      expect([read('rsa.der'), read('ecc.der')]).toEqual([
        made.nv.get(EK_CERTIFICATE_INDEX.rsa),
        made.nv.get(EK_CERTIFICATE_INDEX.p256),
      ])
    } finally {
      await swtpm.stop()
    }
  })

  test('comes out of the built-in TPM by tpm2-tools', async () => {
    const served = await serve(await chip())
    try {
      const run = toolbox(folder, { TPM2TOOLS_TCTI: served.tcti })
      await run('tpm2_getekcertificate', '-o', 'rsa.der', '-o', 'ecc.der')
      await run('tpm2_nvread', '-C', 'o', '-o', 'owner.der', '0x01c00002')
      await run('tpm2_readpublic', '-c', '0x81010001', '-f', 'der', '-o', 'ek.spki')
      expect([read('rsa.der'), read('owner.der'), read('ecc.der')]).toEqual([
        certificates[0],
        certificates[0],
        certificates[1],
      ])
      const spki = new X509Certificate(certificates[0]!).publicKey.export({ type: 'spki', format: 'der' })
      expect(hex(read('ek.spki'))).toBe(hex(spki))
      expect(await run('tpm2_getcap', 'properties-fixed')).toMatch(/MANUFACTURER:\n +raw: 0x4E544300\n +value: "NTC"/)
    } finally {
      await served.stop()
    }
  })
})

describe.skipIf(isSkipped)('one TPM opens what was made for it by the other side', () => {
  let swtpm: Swtpm
  beforeAll(async () => {
    swtpm = await startSwtpm('not-need-init,startup-clear')
  })
  afterAll(() => swtpm.stop())

  const keysOf = async (tpm: Tpm) => {
    const client = new TpmClient(tpm)
    const ak = await client.createPrimary(RH.OWNER, aik())
    if (!ak.ok) throw new Error('no attestation key')
    return { client, ak: ak.value }
  }

  test('the built-in TPM opens a file of tpm2_makecredential', async () => {
    const { client, ak } = await keysOf(await chip())
    const ek = await client.readPublic(0x8101_0001)
    if (!ek.ok) throw new Error('no endorsement key')
    const publicArea = encodePublic(ek.value.publicArea)
    writeFileSync(
      path('ek.pub'),
      Buffer.concat([Uint8Array.of(publicArea.length >> 8, publicArea.length & 255), publicArea]),
    )
    writeFileSync(path('secret'), SECRET)
    const run = toolbox(folder)
    await run(
      'tpm2_makecredential',
      '-T',
      'none',
      '-u',
      'ek.pub',
      '-s',
      'secret',
      '-n',
      hex(ak.name),
      '-o',
      'credential',
    )
    const opened = await activate(client, ak.handle, decodeCredentialFile(read('credential')))
    expect(opened.ok && new TextDecoder().decode(opened.value)).toBe(SECRET)
    expect(hex(nameOf(publicArea))).toBe(hex(ek.value.name))
  })

  test('GetRandom, bare and behind the prefix of the simulator (vector T11)', async () => {
    const command = new Uint8Array(Buffer.from('80010000000c0000017b0008', 'hex'))
    const bare = hex(await swtpm.exchange(command, 20))
    const prefixed = hex(decodeSimulatorResponse(await swtpm.exchange(encodeSimulatorCommand(command), 28)))
    for (const answer of [bare, prefixed]) expect(answer).toMatch(/^800100000014000000000008[0-9a-f]{16}$/)
    expect(bare).not.toBe(prefixed)
  })
})
