import { X509Certificate } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { parse, stringify } from 'yaml'
import { call, expectRefused, file, folder } from './call.ts'

const shipped = (name: string) =>
  parse(readFileSync(new URL(`../../devices/${name}.yaml`, import.meta.url), 'utf8')) as {
    tpm?: Record<string, unknown>
  }

/** A device file whose TPM is changed, or gone. */
function device(tpm: Record<string, unknown> | null, name = 'asus-br1100fka'): string {
  const facts = shipped(name)
  if (tpm) facts.tpm = { ...facts.tpm, ...tpm }
  else delete facts.tpm
  return file('changed.yaml', stringify(facts))
}

describe('oobe device tpm', () => {
  test('shows what tpmtool shows, then keys and certificates', async () => {
    const { code, stdout, stderr } = await call('device', 'tpm', 'asus-br1100fka')
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    const lines = stdout.split('\n')
    expect(lines.slice(0, 6)).toEqual([
      '-TPM Present: True',
      '-TPM Version: 2.0',
      '-TPM Manufacturer ID: NTC',
      '-TPM Manufacturer Full Name: Nuvoton',
      '-TPM Manufacturer Version: 7.2.3.1',
      '-Is Initialized: True',
    ])
    expect(lines).toContain('-Ready For Attestation: True')
    expect(lines).toContain('    -Max Auth Fail: 32')
    expect(lines).toContain('Endorsement key RSA-2048')
    expect(lines).toContain('  certificate      NV index 0x01c00002')
    expect(lines).toContain('  alternative name id:4E544300, NPCT75x, id:00070002')
    expect(stdout).not.toContain('Faults')
  })

  test.each([
    ['dell-latitude-3120', /certificate {6}https:\/\/ekop\.intel\.test\/ekcertservice\/[\w-]{43}%3D\n/],
    ['lenovo-300w-gen-3', /certificate {6}https:\/\/ftpm\.amd\.test\/pki\/aia\/[0-9a-f]{32}\n/],
  ])('says where the maker of %s has its certificate', async (name, url) => {
    expect((await call('device', 'tpm', name)).stdout).toMatch(url)
  })

  test('says of a device without a TPM that it has none, and of a TPM 1.2 what it is', async () => {
    const none = await call('device', 'tpm', device(null))
    expect([none.code, none.stdout.split('\n')[0]]).toEqual([0, '-TPM Present: False'])
    expect(none.stdout).toContain('0x800705b4')
    const old = await call('device', 'tpm', device({ version: '1.2' }))
    expect(old.stdout).toContain('-TPM Version: 1.2\n')
    expect(old.stdout).toContain('-Ready For Attestation: False\n')
    expect(old.stdout).not.toContain('Endorsement key')
  })

  test.each([
    ['noEndorsementCertificate', '-Information Flags: 0x40000: the EK certificate was not read', '0x800705b4'],
    ['lockout', '    -Is Locked Out: True', '0x800705b4'],
    ['vulnerableFirmware', '-TPM Has Vulnerable Firmware: True', '0x81039024'],
    ['certificateForAnotherKey', '  certificate      NV index 0x01c00002; for another key', '0x81039001'],
    ['unknownIssuer', 'CN=NTC TPM issuing CA, unlisted (simulated)', '0x80190194'],
  ])('says of the fault %s what shows of it, and what comes of it', async (fault, shown, code) => {
    const { stdout } = await call('device', 'tpm', device({ faults: [fault] }))
    expect(stdout).toContain(shown)
    expect(stdout).toMatch(new RegExp(`\nFaults\n  ${fault}: .* self-deploying fails on tpmAttestation with ${code} `))
  })

  test('gives everything as JSON', async () => {
    const { stdout } = await call('device', 'tpm', 'asus-br1100fka', '--json')
    const json = JSON.parse(stdout)
    expect(json).toMatchObject({
      device: 'asus-br1100fka',
      present: true,
      readiness: { mask: 0, text: '0x0: ready' },
      lockout: { counter: 0, max: 32 },
      endorsementKeys: [
        { type: 'RSA-2048', handle: '0x81010001' },
        { type: 'P-256', handle: '0x81010002' },
      ],
    })
    const [issuing, root] = json.authorities.map((der: string) => new X509Certificate(Buffer.from(der, 'base64')))
    const ek = new X509Certificate(Buffer.from(json.endorsementKeys[0].certificate.der, 'base64'))
    expect([ek.verify(issuing.publicKey), issuing.verify(root.publicKey), ek.verify(root.publicKey)]).toEqual([
      true,
      true,
      false,
    ])
    expect(JSON.parse((await call('device', 'tpm', device(null), '--json')).stdout)).toMatchObject({ present: false })
  })

  test('gives the certificate as PEM, alone or with its issuers, or into a file as DER', async () => {
    const pem = (await call('device', 'tpm', 'asus-br1100fka', '--ek-certificate')).stdout
    const chain = (await call('device', 'tpm', 'asus-br1100fka', '--ek-certificate', '--chain')).stdout
    expect([pem, chain].map((text) => text.match(/BEGIN CERTIFICATE/g)?.length)).toEqual([1, 3])
    const [der, text] = [join(folder, 'ek.cer'), join(folder, 'ek.pem')]
    expect(await call('device', 'tpm', 'asus-br1100fka', '--ek-certificate', '--out', der)).toEqual({
      code: 0,
      stdout: '',
      stderr: '',
    })
    await call('device', 'tpm', 'asus-br1100fka', '--ek-certificate', '--out', text)
    expect(new X509Certificate(readFileSync(der)).toString()).toBe(pem)
    expect(readFileSync(text, 'utf8')).toBe(pem)
  })

  test('refuses what it cannot do, each with its reason', async () => {
    expectRefused(
      await call('device', 'tpm', device(null), '--ek-certificate'),
      'ERR_NO_EK_CERTIFICATE: changed has no EK certificate: it has no TPM',
    )
    expectRefused(
      await call('device', 'tpm', device({ certificate: 'none' }), '--ek-certificate'),
      'ERR_NO_EK_CERTIFICATE: changed has no EK certificate: tpm.certificate is none',
    )
    expectRefused(
      await call('device', 'tpm', 'asus-br1100fka', '--out', 'x'),
      'ERR_BAD_ARGUMENTS: --out goes with --ek-certificate',
    )
    expectRefused(
      await call('device', 'tpm', 'asus-br1100fka', '--json', '--ek-certificate'),
      'ERR_BAD_ARGUMENTS: --json and --ek-certificate are two different things',
      '  --json has the certificate too',
    )
    expectRefused(
      await call('device', 'tpm', 'asus-br1100fka', '--ek-certificate', '--chain', '--out', 'x.der'),
      'ERR_BAD_ARGUMENTS: a chain is written as PEM',
      '  name a file that ends in .pem, not x.der',
    )
    const ended = await call('device', 'tpm', 'asus-br1100fka', '--ek-certificate', '--out', join(folder, 'no', 'x'))
    expect([ended.code, ended.stderr.split(':')[0]]).toEqual([3, 'error ERR_WRITE'])
    expect((await call('device', 'tpm', '--help')).stdout).toMatch(/^oobe device tpm DEVICE/)
  })

  test('refuses an unknown fault', async () => {
    const ended = await call('device', 'tpm', device({ faults: ['onFire'] }))
    expect(ended.code).toBe(2)
    expect(ended.stderr).toContain('must be one of noEndorsementCertificate')
  })
})

test('a chip has one firmware version, wherever it is printed', async () => {
  for (const action of ['show', 'decode', 'tpm']) {
    expect((await call('device', action, 'asus-br1100cka')).stdout).toContain('7.85.4555.0')
  }
})
