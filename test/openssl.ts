import { spawnSync } from 'node:child_process'
import type { KeyObject } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/**
 * Whether OpenSSL finds a detached CMS signature to be of this content and of this certificate, which is its own root; and what it prints
 * of the signature.
 */
export function readSignature(cms: Uint8Array, content: Uint8Array, certificate: Uint8Array) {
  const folder = mkdtempSync(join(tmpdir(), 'cms-'))
  const file = (name: string) => join(folder, name)
  try {
    writeFileSync(file('cms.der'), cms)
    writeFileSync(file('content'), content)
    const lines = Buffer.from(certificate).toString('base64').replace(/.{64}/g, '$&\n')
    writeFileSync(file('root.pem'), `-----BEGIN CERTIFICATE-----\n${lines}\n-----END CERTIFICATE-----\n`)
    const input = ['cms', '-inform', 'DER', '-in', file('cms.der'), '-binary']
    const trust = ['-CAfile', file('root.pem'), '-purpose', 'any', '-no_check_time']
    const verified = spawnSync('openssl', [...input, '-verify', '-content', file('content'), ...trust])
    const printed = spawnSync('openssl', [...input, '-cmsout', '-print', '-noout'], { encoding: 'utf8' })
    return {
      isVerified: verified.status === 0,
      content: verified.stdout,
      text: printed.stdout,
      errors: String(verified.stderr),
    }
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/** What OpenSSL makes of a DER certificate request. */
export interface ReadRequest {
  text: string
  /** Whether its own key signed it: OpenSSL 3.0 says so on standard error, and exits with 0 all the same. */
  isVerified: boolean
}

export function readRequest(der: Uint8Array): ReadRequest {
  const folder = mkdtempSync(join(tmpdir(), 'csr-'))
  try {
    const file = join(folder, 'request.der')
    writeFileSync(file, der)
    const options = ['-noout', '-verify', '-text', '-nameopt', 'multiline,show_type']
    const { stdout, stderr } = spawnSync('openssl', ['req', '-inform', 'DER', '-in', file, ...options], {
      encoding: 'utf8',
    })
    return { text: stdout, isVerified: /verify OK/.test(stderr) }
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/** What OpenSSL makes of a signed CMS message, when this certificate alone may have signed it. */
export function openCms(der: Uint8Array, certificate: Uint8Array): { isVerified: boolean; content: Buffer } {
  const folder = mkdtempSync(join(tmpdir(), 'cms-'))
  try {
    const [message, signer] = [join(folder, 'message.der'), join(folder, 'signer.pem')]
    writeFileSync(message, der)
    const pem = Buffer.from(certificate).toString('base64').replace(/.{64}/g, '$&\n')
    writeFileSync(signer, `-----BEGIN CERTIFICATE-----\n${pem}\n-----END CERTIFICATE-----\n`)
    const options = ['-inform', 'DER', '-in', message, '-binary', '-noverify', '-nointern', '-certfile', signer]
    const { status, stdout } = spawnSync('openssl', ['cms', '-verify', ...options])
    return { isVerified: status === 0, content: stdout }
  } finally {
    rmSync(folder, { recursive: true })
  }
}

const pemOf = (der: Uint8Array): string => {
  const lines = Buffer.from(der).toString('base64').replace(/.{64}/g, '$&\n')
  return `-----BEGIN CERTIFICATE-----\n${lines}\n-----END CERTIFICATE-----\n`
}

/** What OpenSSL finds in an EnvelopedData that is for this certificate. */
export function openEnvelope(der: Uint8Array, certificate: Uint8Array, key: KeyObject): string {
  return withFiles(
    {
      'message.der': der,
      'recipient.pem': pemOf(certificate),
      'key.pem': key.export({ type: 'pkcs8', format: 'pem' }),
    },
    (file) =>
      spawnSync(
        'openssl',
        ['cms', '-decrypt', '-binary', '-inform', 'DER', '-in', file('message.der')].concat([
          ...['-recip', file('recipient.pem'), '-inkey', file('key.pem')],
        ]),
        { encoding: 'utf8' },
      ).stdout,
  )
}

/** What OpenSSL finds in a PFX: its certificates and its key, in PEM. */
export const openPfx = (der: Uint8Array, password: string): string =>
  withFiles({ 'one.pfx': der }, (file) => {
    const found = spawnSync('openssl', ['pkcs12', '-in', file('one.pfx'), '-passin', `pass:${password}`, '-nodes'], {
      encoding: 'utf8',
    })
    return found.status === 0 ? found.stdout : ''
  })

/** A PFX by OpenSSL. @param options its options for the encryption, such as `-keypbe` */
export const pfxByOpenssl = (
  certificate: Uint8Array,
  key: KeyObject,
  password: string,
  options: readonly string[],
): Uint8Array =>
  withFiles({ 'one.pem': pemOf(certificate), 'key.pem': key.export({ type: 'pkcs8', format: 'pem' }) }, (file) => {
    const named = ['-in', file('one.pem'), '-inkey', file('key.pem'), '-passout', `pass:${password}`]
    return new Uint8Array(spawnSync('openssl', ['pkcs12', '-export', ...named, ...options]).stdout)
  })

/** An EnvelopedData by OpenSSL. @param cipher its name of the algorithm, for example `aes128` */
export function sealedByOpenssl(content: Uint8Array, recipient: Uint8Array, cipher: string): Uint8Array {
  return withFiles({ content, 'recipient.pem': pemOf(recipient) }, (file) => {
    const options = ['cms', '-encrypt', '-binary', `-${cipher}`, '-in', file('content'), '-outform', 'DER']
    return new Uint8Array(spawnSync('openssl', [...options, file('recipient.pem')]).stdout)
  })
}

function withFiles<Value>(files: Record<string, string | Uint8Array>, use: (file: (name: string) => string) => Value) {
  const folder = mkdtempSync(join(tmpdir(), 'cms-'))
  try {
    for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content)
    return use((name) => join(folder, name))
  } finally {
    rmSync(folder, { recursive: true })
  }
}
