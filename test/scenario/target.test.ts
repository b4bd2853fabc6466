import { execFileSync } from 'node:child_process'
import { generateKeyPairSync } from 'node:crypto'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { importSPKI, jwtVerify } from 'jose'
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import { hostsOf } from '../../src/domain/target-hosts.ts'
import { UserError } from '../../src/domain/trouble.ts'
import { loadTarget } from '../../src/scenario/target.ts'

const folder = mkdtempSync(join(tmpdir(), 'oobe-target-'))
const PROFILE = join(folder, 'profile.yaml')
const put = (name: string, content: string) => writeFileSync(join(folder, name), content)
const BASE = 'title: An MDM\nservices:\n  discovery: https://mdm.example/EnrollmentServer/Discovery.svc\n'
const load = (more: string) => {
  put('profile.yaml', `${BASE}${more}`)
  return loadTarget(PROFILE)
}
const enrolling = (lines: string) => load(`enrollment:\n${lines.replace(/^/gm, '  ')}\n`)

/** How a profile that enrols so is refused. */
function refusalOf(lines: string): UserError {
  try {
    enrolling(lines)
  } catch (error) {
    if (error instanceof UserError) return error
    throw error
  }
  throw new Error('it was not refused')
}

let rsaPublic = ''

beforeAll(() => {
  mkdirSync(join(folder, 'keys'))
  for (const [name, algorithm] of [
    ['rsa', ['-algorithm', 'RSA', '-pkeyopt', 'rsa_keygen_bits:2048']],
    ['ec', ['-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:P-256']],
  ] as const) {
    const key = join(folder, 'keys', `${name}.pem`)
    execFileSync('openssl', ['genpkey', ...algorithm, '-out', key], { stdio: 'ignore' })
    const subject = ['-subj', `/CN=${name}.example`, '-days', '30', '-out', join(folder, 'keys', `${name}.crt`)]
    execFileSync('openssl', ['req', '-x509', '-key', key, ...subject], { stdio: 'ignore' })
  }
  const rsa = join(folder, 'keys', 'rsa.pem')
  const locked = ['pkcs8', '-topk8', '-in', rsa, '-passout', 'pass:chalk', '-out', join(folder, 'keys', 'locked.pem')]
  execFileSync('openssl', locked, { stdio: 'ignore' })
  rsaPublic = execFileSync('openssl', ['pkey', '-in', rsa, '-pubout'], { encoding: 'utf8' })
  put('token.txt', '  from.a.file \n')
  put('empty.pem', 'nothing\n')
  put('blank.txt', ' \n')
  put('lines.txt', 'a.b\n.c\n')
  put('quoted.txt', '"a.b.c"\n')
})
afterAll(() => rmSync(folder, { recursive: true }))
afterEach(() => vi.unstubAllEnvs())

describe('what a profile gives a device to enrol with', () => {
  test.each([
    ['text: right.in.it', 'right.in.it'],
    ['file: token.txt', 'from.a.file'],
    ['env: OOBE_TEST_TOKEN', 'from.the.environment'],
  ])('a token that is ready: %s', (line, value) => {
    vi.stubEnv('OOBE_TEST_TOKEN', 'from.the.environment')
    const { means, signIn } = enrolling(`token: { ${line} }`)
    expect([means?.token?.reveal(), signIn]).toEqual([value, undefined])
    expect(JSON.stringify(means)).not.toContain(value)
  })

  test('a token that the profile mints, which jose takes for an issuer’s', async () => {
    const { means } = enrolling('token: { minted: { key: keys/rsa.pem, keyId: k1, claims: { aud: a, upn: u } } }')
    const { payload, protectedHeader } = await jwtVerify(means!.token!.reveal(), await importSPKI(rsaPublic, 'RS256'), {
      audience: 'a',
      algorithms: ['RS256'],
    })
    expect([payload.upn, protectedHeader.kid, payload.exp! - payload.iat!]).toEqual(['u', 'k1', 3600])
  })

  test('a person who signs in for one, and defaults for the rest', () => {
    const { means, signIn, ...target } = enrolling(
      'token: { oidc: { issuer: https://idp.example/school, flow: code, clientId: oobe } }',
    )
    expect([means, signIn]).toEqual([
      {},
      {
        flow: 'code',
        issuer: 'https://idp.example/school',
        clientId: 'oobe',
        scope: 'openid',
        redirectUri: 'http://127.0.0.1/',
        use: 'accessToken',
        timeoutMs: 600_000,
      },
    ])
    expect([...hostsOf({ ...target, signIn: signIn! })].sort()).toEqual(['idp.example', 'mdm.example'])
  })

  test('a client secret, wherever it is', () => {
    vi.stubEnv('OOBE_TEST_SECRET', 's3cret')
    const oidc =
      'issuer: https://idp.example, flow: device, clientId: c, scope: a b, resource: r, audience: d, timeout: 1m'
    const { signIn } = enrolling(`token: { oidc: { ${oidc}, clientSecret: { env: OOBE_TEST_SECRET } } }`)
    expect(signIn?.clientSecret?.reveal()).toBe('s3cret')
    expect(signIn).toMatchObject({ flow: 'device', scope: 'a b', resource: 'r', audience: 'd', timeoutMs: 60_000 })
  })

  test('a user name and a password', () => {
    const { means } = enrolling('password: { username: alice@contoso.example, text: correct-horse }')
    expect([means?.password?.username, means?.password?.password.reveal()]).toEqual([
      'alice@contoso.example',
      'correct-horse',
    ])
  })

  test.each([
    'certificate: { file: keys/rsa.crt, key: keys/rsa.pem }',
    'certificate: { file: keys/rsa.crt, key: keys/locked.pem, passphrase: { text: chalk } }',
  ])('a certificate with its key, as openssl made them: %s', (line) => {
    const { der, key } = enrolling(line).means!.certificate!
    const spki = execFileSync('openssl', ['x509', '-inform', 'DER', '-noout', '-pubkey'], { input: der })
    expect([spki.toString(), key.asymmetricKeyType]).toEqual([rsaPublic, 'rsa'])
  })

  test('hosts by IPv6 address, however they are written', () => {
    const target = load('hosts: ["2001:db8:0:0::7", "::1"]\n')
    expect([...hostsOf(target)].sort()).toEqual(['2001:db8::7', '::1', 'mdm.example'])
    put('profile.yaml', 'title: An MDM\norigin: "https://[2001:DB8::7]:8443"\n')
    expect([...hostsOf(loadTarget(PROFILE))].filter((host) => host.includes(':'))).toEqual(['2001:db8::7'])
  })

  test('hosts in any spelling are the host that connections have', () => {
    const target = load('hosts: [other.example., "10.513"]\n')
    expect([...hostsOf(target)].sort()).toEqual(['10.0.2.1', 'mdm.example', 'other.example'])
  })

  test('a certificate for TLS may have any key', () => {
    const { clientCertificate, means } = load('clientCertificate: { file: keys/ec.crt, key: keys/ec.pem }\n')
    expect([clientCertificate?.chain, means]).toEqual([expect.stringContaining('BEGIN CERTIFICATE'), undefined])
    expect(JSON.stringify(clientCertificate)).not.toContain('PRIVATE KEY')
  })
})

describe('a profile with a mistake is reported with its place', () => {
  test.each<[string, string, RegExp]>([
    ['no way', 'token: {}', /:5:10: enrollment\.token says none: one of text, file, env, minted, oidc$/],
    ['two ways', 'token: { text: a, env: B }', /:5:26: enrollment\.token says text and env: one of/],
    ['a variable that is not set', 'token: { env: OOBE_TEST_UNSET }', /:5:17: .* OOBE_TEST_UNSET from the environment/],
    ['a variable that is empty', 'token: { env: OOBE_TEST_EMPTY }', /OOBE_TEST_EMPTY from .* which is empty$/],
    ['an empty file', 'token: { file: blank.txt }', /:5:18: enrollment\.token needs blank\.txt, which is empty$/],
    ['a header instead of a token', 'token: { text: Bearer a.b.c }', /:5:18: .* begins with the word Bearer/],
    ['a token in lines', 'token: { file: lines.txt }', /:5:18: enrollment\.token has white space in it/],
    ['a token in quotes', 'token: { file: quoted.txt }', /:5:18: enrollment\.token is in quotes/],
    ['a token as it is', 'token: a.b.c', /:5:10: enrollment\.token: has to hold keys: text, file, env, minted, oidc$/],
    ['a file that is not there', 'token:\n  file: gone.txt', /:6:11: gone\.txt cannot be read: ENOENT/],
    ['a password without a text', 'password: { username: a }', /:5:13: enrollment\.password says none/],
    [
      'a key that is none',
      'token: { minted: { key: empty.pem, claims: {} } }',
      /:5:27: empty\.pem holds no private key in PEM$/,
    ],
    [
      'a key that RS256 cannot have',
      'token: { minted: { key: keys/ec.pem, claims: {} } }',
      /:5:27: keys\/ec\.pem is no RSA key/,
    ],
    [
      'no certificate',
      'certificate: { file: empty.pem, key: keys/rsa.pem }',
      /:5:24: empty\.pem holds no certificate in PEM$/,
    ],
    [
      'a key of another certificate',
      'certificate: { file: keys/ec.crt, key: keys/rsa.pem }',
      /:5:42: keys\/rsa\.pem is not the key of keys\/ec\.crt$/,
    ],
    [
      'a key that signs no messages',
      'certificate: { file: keys/ec.crt, key: keys/ec.pem }',
      /:5:42: keys\/ec\.pem is no RSA key/,
    ],
    [
      'a locked key',
      'certificate: { file: keys/rsa.crt, key: keys/locked.pem }',
      /holds no private key without its passphrase$/,
    ],
    [
      'a wrong passphrase',
      'certificate: { file: keys/rsa.crt, key: keys/locked.pem, passphrase: { text: x } }',
      /holds no private key with that passphrase$/,
    ],
    [
      'a flow that there is not',
      'token: { oidc: { issuer: https://idp.example, flow: devise, clientId: c } }',
      /:5:55: enrollment\.token\.oidc\.flow: .*Did you mean "device"\?$/,
    ],
    [
      'a redirect to somewhere else',
      'token: { oidc: { issuer: https://idp.example, flow: code, clientId: c, redirectUri: https://x.example/ } }',
      /redirectUri: must be on this machine/,
    ],
    [
      'an issuer that is no URL',
      'token: { oidc: { issuer: idp, flow: code, clientId: c } }',
      /:5:28: .* must be a URL/,
    ],
    [
      'more time than a timer has',
      'token: { oidc: { issuer: https://idp.example, flow: code, clientId: c, timeout: 40d } }',
      /timeout is more than a day$/,
    ],
  ])('%s', (_, lines, message) => {
    vi.stubEnv('OOBE_TEST_EMPTY', '')
    const { message: text, details } = refusalOf(lines)
    expect(text.replace(folder, '')).toMatch(message)
    expect(details.some((line) => /^ +\|? *\^|\^/.test(line))).toBe(true)
  })

  const issuer = (url: string, more = '') =>
    `services: { discovery: https://mdm.example/ }\nenrollment: { token: { oidc: { issuer: "${url}", flow: code, clientId: c${more} } } }`
  test.each<[string, RegExp]>([
    ['origin: https://localhost:99999', /:2:9: origin: https:\/\/localhost:99999 is no URL$/],
    ['origin: "https://["', /:2:9: origin: https:\/\/\[ is no URL$/],
    ['services: { discovery: "https://%zz/x" }', /:2:24: services\.discovery: https:\/\/%zz\/x is no URL$/],
    [issuer('https://['), /:3:40: enrollment\.token\.oidc\.issuer: https:\/\/\[ is no URL$/],
    [issuer('https://idp.example', ', redirectUri: "http://127.0.0.1:99999/"'), /redirectUri: \S+:99999\/ is no URL$/],
  ])('what only begins like a URL: %s', (lines, message) => {
    put('profile.yaml', `title: An MDM\n${lines}\n`)
    expect(() => loadTarget(PROFILE)).toThrow(
      expect.objectContaining({ code: 'ERR_TARGET', message: expect.stringMatching(message) }),
    )
  })

  test('the authority of an attestation may stand in its host', () => {
    put('profile.yaml', 'title: A\nservices: { attestation: "https://{authority}.aik.example/x" }\n')
    expect([...hostsOf(loadTarget(PROFILE))]).toEqual(['authority.aik.example'])
  })

  test.each([
    [
      'services: { login: https://login.microsoftonline.com }',
      /:2:20: login\.microsoftonline\.com is a production host/,
    ],
    ['origin: https://manage.microsoft.com', /:2:9: manage\.microsoft\.com is a production host/],
    ['origin: https://mdm.example\nhosts: [a.example, r.manage.microsoft.com]', /:3:20: r\.manage\.microsoft\.com is/],
    [
      'origin: https://mdm.example\nhosts: [169.254.169.254]',
      /:3:9: 169\.254\.169\.254 is a cloud metadata service: it is never contacted/,
    ],
    ['origin: https://mdm.example\nhosts: ["0xa9fea9fe"]', /:3:9: 169\.254\.169\.254 is a cloud metadata service/],
    ['origin: https://mdm.example\nhosts: [graph.microsoft.us..]', /:3:9: graph\.microsoft\.us is a production host/],
    [
      'origin: https://ｌogin.partner.microsoftonline.cn',
      /:2:9: login\.partner\.microsoftonline\.cn is a production host/,
    ],
    ['origin: "https://[fd00:ec2::254]/"', /:2:9: fd00:ec2::254 is a cloud metadata service/],
    ['origin: "https://[fd00::7]/"', /:2:9: fd00::7 is a unique local address/],
    ['origin: "https://[FE80::1]/"', /:2:9: fe80::1 is a link-local address/],
    ['origin: https://mdm.example\nhosts: ["fd00::1::2"]', /:3:9: fd00::1::2 is no IPv6 address/],
    ['origin: https://mdm.example\nhosts: ["mdm.example:443"]', /:3:9: hosts\.0: must be a host name/],
  ])('a host that is never contacted: %s [point 64]', (lines, message) => {
    put('profile.yaml', `title: An MDM\n${lines}\n`)
    expect(() => loadTarget(PROFILE)).toThrow(message)
  })

  test.each([
    'token: { text: Bearer eyJhbGciOi.hunter2.hunter2 }',
    'token: { text: "Bearer hunter2", env: X }',
    "token: { 'text': 'hunter2', file: y }",
    'token:\n  text: eyJhbGciOi.hunter2 hunter2\n  file: y',
    'password: { text: hunter2, nobody: x }',
    'token: { text: hunter2',
    'token: [ eyJhbGciOi.hunter2 ]',
  ])('and shows no secret: %j [point 64]', (lines) => {
    const { message, details } = refusalOf(lines)
    expect(details.length).toBeGreaterThan(0)
    expect([message, ...details].join('\n')).not.toContain('hunter2')
  })

  test('a key for RS256 of a few bits is no key', () => {
    const { privateKey } = generateKeyPairSync('ed25519')
    put('keys/ed.pem', privateKey.export({ type: 'pkcs8', format: 'pem' }) as string)
    expect(() => enrolling('token: { minted: { key: keys/ed.pem, claims: {} } }')).toThrow(/is no RSA key/)
  })
})
