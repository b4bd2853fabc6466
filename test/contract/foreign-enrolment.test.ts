import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { HttpRequest } from '../../src/domain/http.ts'
import { targetTransport } from '../../src/ports/target-transport.ts'
import {
  against,
  changed,
  type Foreign,
  flipped,
  HAPPY_PATH,
  type Played,
  play,
  type Seen,
  startForeign,
  textOf,
  withHeader,
} from './foreign-server.ts'

/** Enrolment, judged by a server that reads as the specifications say; and what it refuses when one thing is wrong. */
let foreign: Foreign
let played: Played
let log: Seen[]
let transport: ReturnType<typeof targetTransport>

beforeAll(async () => {
  foreign = await startForeign()
  played = await play(HAPPY_PATH, foreign.target)
  log = foreign.log()
  transport = targetTransport({ hosts: new Set(), trust: foreign.target.trust, keyOf: () => undefined })
})
afterAll(async () => {
  transport.close()
  await foreign.stop()
})

const requestTo = (name: 'begin' | 'rules' | 'issue'): HttpRequest =>
  played.exchanges.find(({ request }) => request.method === 'POST' && request.url.endsWith(`/enrol/v2/${name}`))!
    .request

const send = (request: HttpRequest) => transport(request, {}, new AbortController().signal)

/** The text of the fault that a request is answered with. */
async function refusal(request: HttpRequest): Promise<string> {
  const text = textOf(await send(request))
  return /:text[^>]*>([^<]*)</i.exec(text)?.[1] ?? `no fault in ${text}`
}

/** Each change to a good request has its refusal. */
async function expectRefusals(
  request: HttpRequest,
  cases: [from: string | RegExp, to: string, said: string | RegExp][],
) {
  for (const [from, to, said] of cases) expect(await refusal(changed(request, from, to))).toMatch(said)
}

const facts = (event: string, entries = log): Seen => entries.find((entry) => entry.event === event)!

test('the device arrives, and the server has nothing to complain of', () => {
  expect(played.result.outcome).toMatchObject({ kind: 'desktop', managed: true })
  expect(log.filter(({ event }) => event === 'refused' || event === 'bug')).toEqual([])
})

test('the address of discovery is the tenant’s, and the device does not look for one by the e-mail address [point 1: foreign server]', () => {
  const hosts = played.exchanges.map(({ request }) => new URL(request.url).hostname)
  expect(hosts.filter((host) => host.startsWith('enterpriseenrollment.') || host === 'contoso.example')).toEqual([])
  expect(facts('discover').EmailAddress).toBe('alice@contoso.example')
})

test('Discover, and nothing before it, with its headers [points 2, 3, 4: foreign server]', async () => {
  const toServer = played.exchanges.filter(({ request }) => request.url.includes('/enrol/'))
  expect(toServer.map(({ request }) => `${request.method} ${new URL(request.url).pathname.split('/').at(-1)}`)).toEqual(
    ['POST begin', 'POST rules', 'POST issue'],
  )
  const discover = requestTo('begin')
  expect(await refusal(withHeader(discover, 'content-type', 'text/xml'))).toBe('the Content-Type is text/xml')
  expect(await refusal(withHeader(discover, 'user-agent', 'curl'))).toBe('the User-Agent is not ENROLLClient')
  await expectRefusals(discover, [
    [/<a:Action s:mustUnderstand="1">/, '<a:Action>', 'Action lacks mustUnderstand'],
    [/<a:To s:mustUnderstand="1">/, '<a:To>', 'To lacks mustUnderstand'],
    ['/Discover</a:Action>', '/Discovery</a:Action>', /^Action is .*Discovery$/],
    ['/enrol/v2/begin</a:To>', '/begin</a:To>', /^To is /],
    ['urn:uuid:', 'urn:', 'the MessageID is no urn:uuid'],
    ['addressing/anonymous', 'addressing/none', /^the answer is wanted at .*none$/],
  ])
})

test('who asks, in which version, on which edition, by which policies [points 5, 6, 7: foreign server]', async () => {
  expect(facts('discover')).toMatchObject({
    EmailAddress: 'alice@contoso.example',
    RequestVersion: '7.0',
    ApplicationVersion: '10.0.26100.4652',
    OSEdition: '203',
    policies: ['OnPremise', 'Federated'],
  })
  await expectRefusals(requestTo('begin'), [
    ['>7.0<', '>8.0<', 'RequestVersion'],
    ['>7.0<', '>4.0<', 'build 26100 speaks 7.0, and asks for 4.0'],
    ['>203<', '>0xCB<', 'OSEdition'],
    ['<AuthPolicy>OnPremise</AuthPolicy>', '', 'AuthPolicies'],
    ['<DeviceType>CIMClient_Windows</DeviceType>', '', /^request holds /],
    ['alice@', '', 'EmailAddress'],
  ])
})

test('an answer in other prefixes, with white space and unknown members; its policy OnPremise, and a token all the same [points 8, 9: foreign server]', () => {
  const text = textOf(played.exchanges.find(({ request }) => request === requestTo('begin'))!.response)
  expect(text).toMatch(/^<\?xml .*\?>\r\n<env:Envelope /)
  expect(text).toMatch(/<m:EnrollmentServiceUrl> https:\S+\t<\/m:EnrollmentServiceUrl>/)
  expect(text).toContain('<m:Motd>')
  expect(text).toContain('<m:AuthPolicy>OnPremise</m:AuthPolicy>')
  expect(requestTo('rules').url).toBe(requestTo('begin').url.replace('begin', 'rules'))
})

test.each<[string[], string]>([
  [['issue=none'], '0x80180001'],
  [['refuse=Authorization/DeviceCapReached'], '0x80180013'],
  [['refuse=CertificateRequest'], '0x80180004'],
  [['refuse=EnrollmentServer/CustomServerError'], '0x80180032'],
  [['refuse=Unheard'], '0x80180008'],
])('%j ends with %s, and nothing is asked twice [points 10, 25, 26: foreign server]', async (habits, code) => {
  const { result, exchanges } = await against(habits)
  expect(result.outcome).toMatchObject({ kind: 'failed', page: 'enrollment', code })
  if (habits[0] !== 'issue=none') {
    expect((result.outcome as { text: string }).text).toBe('Hedgerow has no place <left> & says so')
    const { status, body } = exchanges.at(-1)!.response
    const isQuiet = habits[0] === 'refuse=CertificateRequest'
    expect([status, textOf({ body }).includes(isQuiet ? '<env:fault>' : '<env:Fault>')]).toEqual([
      isQuiet ? 200 : 500,
      true,
    ])
  }
  const urls = exchanges
    .map(({ request }) => `${request.method} ${request.url}`)
    .filter((url) => url.includes('/enrol/'))
  expect(new Set(urls).size).toBe(urls.length)
})

test.each([
  ['empty', '0x80180029'],
  ['abroad', '0x8018001a'],
  ['plain', '0x8018001a'],
])('a discovery that is %s ends with %s [point 10: foreign server]', async (begin, code) => {
  const run = await against([`begin=${begin}`])
  expect(run.result.outcome).toMatchObject({ kind: 'failed', page: 'enrollment', code })
  expect(run.log.some(({ event }) => event === 'issued')).toBe(false)
})

test('a server of an untrusted authority, and one that is a bit another, are refused with their code [point 10: foreign server]', async () => {
  const pem = foreign.target.trust[0]!
  const other = pem.replace(
    /(-\n)([\s\S]*)(\n-)/,
    (_, before, base64, after) => `${before}${flipped(base64, 200)}${after}`,
  )
  for (const trust of [[], [other]]) {
    const { result } = await play(HAPPY_PATH, { ...foreign.target, trust })
    expect(result.outcome).toMatchObject({ kind: 'failed', page: 'enrollment', code: '0x80180012' })
  }
})

test('without policies a key of 2048 bits and SHA-1, as openssl reads it [point 12: foreign server]', async () => {
  const { result, exchanges, log: seen } = await against(['policies=none'])
  expect(result.outcome).toMatchObject({ kind: 'desktop', managed: true })
  expect(exchanges.some(({ request }) => request.url.endsWith('/rules'))).toBe(false)
  expect(facts('issued', seen)).toMatchObject({ bits: 2048, signature: 'sha1WithRSAEncryption' })
})

test('the token is base64 of its text in the right type, and is what was signed [points 13, 20: foreign server]', async () => {
  const rules = requestTo('rules')
  const value = /#base64binary">([^<]+)</.exec(textOf(rules))![1]!
  const [head, payload, signature] = Buffer.from(value, 'base64').toString().split('.') as [string, string, string]
  const token = (...parts: string[]) => Buffer.from(parts.join('.')).toString('base64')
  const bit = (text: string, fromEnd: number) =>
    Buffer.from(flipped(Buffer.from(text, 'base64url').toString('base64'), fromEnd), 'base64').toString('base64url')
  await expectRefusals(rules, [
    [value, token(head, payload, bit(signature, 20)), 'the signature of the token does not verify'],
    [value, token(head, bit(payload, 3), signature), /signature of the token|cannot be read/],
    [value, token(head, payload), 'the token is no compact JWT'],
    [value, value.slice(0, -1), 'the token is not in base64'],
    ['token-type:jwt', 'token-type:saml2', /^a token of type urn.*saml2$/],
    ['secext-1.0.xsd#base64binary"', 'secext-1.0.xsd#hexbinary"', /^a token encoded as /],
    [/ s:mustUnderstand="1"><wsse:BinarySecurityToken/, '><wsse:BinarySecurityToken', 'Security lacks mustUnderstand'],
    [/<TPMManufacturer>.*<\/TPMFirmwareVersion>/, '', /^client holds /],
    [/ xmlns:xsd="[^"]+"/, '', 'xsi and xsd are not both declared'],
    [/<requestFilter [^>]+\/>/, '<requestFilter/>', 'requestFilter is not nil'],
  ])
  const claims = JSON.parse(Buffer.from(payload, 'base64url').toString()) as { exp: number; upn: string }
  const signed = (changes: object): string => {
    const body = Buffer.from(JSON.stringify({ ...claims, ...changes })).toString('base64url')
    writeFileSync(join(foreign.folder, 'input'), `${head}.${body}`)
    const made = execFileSync('openssl', ['dgst', '-sha256', '-sign', 'idp-key.pem', 'input'], { cwd: foreign.folder })
    return token(head, body, made.toString('base64url'))
  }
  await expectRefusals(rules, [
    [value, signed({ aud: 'somebody else' }), /the token has (&#x27;|')somebody else(&#x27;|') as aud/],
    [value, signed({ exp: claims.exp - 7_200 }), 'the token is out of its time'],
    [value, signed({ scp: 'user_impersonation' }), /as scp$/],
  ])
  expect(textOf(await send(changed(rules, value, signed({ jti: 'another' }))))).toContain('GetPoliciesResponse')
})

test('a policy with another length, its hash by reference and among others, providers that a device lacks [points 14, 15: foreign server]', async () => {
  expect(facts('issued')).toMatchObject({ bits: 2048, signature: 'sha384WithRSAEncryption' })
  const { result, log: seen } = await against(['bits=3000', 'hash=sha256'])
  expect(result.outcome).toMatchObject({ kind: 'desktop', managed: true })
  expect(facts('issued', seen)).toMatchObject({ bits: 3072, signature: 'sha256WithRSAEncryption' })
  expect(log.find(({ event }) => event === 'policies')).toMatchObject({ manufacturer: 'INTC' })
})

test('the certificate request is what openssl proves and shows [point 16: openssl]', async () => {
  const issue = requestTo('issue')
  const base64 = /#base64binary">([^<]+)<\/wsse:BinarySecurityToken><ac:/.exec(textOf(issue))![1]!
  const der = Buffer.from(base64, 'base64')
  const text = execFileSync('openssl', ['req', '-inform', 'DER', '-verify', '-noout', '-text'], {
    input: der,
  }).toString()
  expect(text).toMatch(/Subject: CN = [0-9A-F-]{30}![0-9A-F]{32}\n/)
  expect(text).toContain('TLS Web Client Authentication')
  await expectRefusals(issue, [
    [base64, flipped(base64, 10), /^the request does not prove its key/],
    [base64, flipped(base64, der.length - 60), /^the request does not prove its key/],
    [/(Name="DeviceID"><ac:Value>)./, '$10', /^the CN .* is not that of device 0/],
    ['enrollment#PKCS10', 'enrollment#PKCS7', 'the request is no PKCS10'],
  ])
})

test('the context is complete, in its order, and holds what was negotiated [points 17, 18, 19: foreign server]', async () => {
  const { context } = facts('issued') as unknown as { context: Record<string, string[]> }
  expect(Object.keys(context)).toEqual([
    ...['UXInitiated', 'HWDevID', 'Locale', 'TargetedUserLoggedIn', 'OSEdition', 'DeviceName', 'MAC', 'DeviceID'],
    ...['EnrollmentType', 'DeviceType', 'OSVersion', 'ApplicationVersion', 'ZeroTouchProvisioning', 'NotInOobe'],
    'RequestVersion',
  ])
  expect(context).toMatchObject({ NotInOobe: ['false'], EnrollmentType: ['Device'], RequestVersion: ['5.0'] })
  expect(context.MAC).toHaveLength(2)
  const item = (name: string) => new RegExp(`<ac:ContextItem Name="${name}">.*?</ac:ContextItem>`)
  await expectRefusals(requestTo('issue'), [
    [item('HWDevID'), '', 'without HWDevID'],
    [
      /(<ac:ContextItem Name="Locale">.*?<\/ac:ContextItem>)(<ac:ContextItem .*?<\/ac:ContextItem>)/,
      '$2$1',
      /^context items in another order/,
    ],
    [/(Name="NotInOobe"><ac:Value>)false/, '$1true', 'NotInOobe is true'],
    [/(Name="EnrollmentType"><ac:Value>)Device/, '$1Full', 'EnrollmentType is Full'],
    ['Name="RequestVersion"', 'Name="AttestationStatus"', /AttestationStatus does not belong to what was negotiated/],
    [/(Name="RequestVersion"><ac:Value>)5/, '$17', 'RequestVersion 7.0 after 5.0'],
    ['ws-trust/200512/Issue', 'ws-trust/200512/Renew', 'RequestType'],
  ])
})

test('a service of version 4.0 gets 5.0, as recorded devices do [point 19: foreign server]', async () => {
  const { result, log: seen } = await against(['version=4.0'])
  expect(result.outcome).toMatchObject({ kind: 'desktop', managed: true })
  expect(facts('issued', seen)).toMatchObject({ context: { RequestVersion: ['5.0'] } })
})

test.each(['System', 'User'])(
  'of two certificates of one subject the one of the own key, in My/%s, by a document in no usual order [points 21, 22: foreign server]',
  async (store) => {
    const { result, run, exchanges, log: seen } = await against([`store=${store}`])
    expect(result.outcome).toMatchObject({ kind: 'desktop', managed: true })
    const { management } = run.device
    expect(management).toMatchObject({ store, providerId: 'Hedgerow Device Care', connection: { tries: 2 } })
    const shown = exchanges.find(({ request }) => request.url.includes('/care/sync'))!.caller.certificate!
    const subject = execFileSync('openssl', ['x509', '-inform', 'DER', '-noout', '-subject'], {
      input: shown,
    }).toString()
    expect(subject).toContain(`CN = ${facts('issued', seen).number}`)
    expect(management!.certificate).toEqual(shown)
  },
)

const troubleOf = ({ result }: Played): string[] =>
  result.journal.flatMap((entry) =>
    entry.kind === 'log' && entry.event === 'sessionFailed' ? [entry.data!.code!] : [],
  )

test.each<[string, string]>([
  ['root', '0x80072f0d'],
  ['intermediate', '0x80072f0d'],
])(
  'with the %s alone the management server is not believed: %s [point 23: foreign server]',
  async (authorities, code) => {
    const run = await against([`authorities=${authorities}`])
    expect(new Set(troubleOf(run))).toEqual(new Set([code]))
    expect(run.log.some(({ event }) => event === 'package1')).toBe(false)
  },
)

test('root and intermediate of the document are enough, and those of the profile are not [point 23: foreign server]', () => {
  expect(troubleOf(played)).toEqual([])
  expect(played.run.device.authorities).toMatchObject({
    roots: [expect.any(Uint8Array)],
    intermediates: [expect.any(Uint8Array)],
  })
  const care = readFileSync(join(foreign.folder, 'care-root.pem'), 'utf8')
  expect(foreign.target.trust).not.toContain(care)
})

test.each<[string, string]>([
  ['criteria=other', '0x80180024'],
  ['client=other', '0x80180020'],
])('a document with %s ends with %s [points 23, 24: foreign server]', async (habit, code) => {
  const { result } = await against([habit])
  expect(result.outcome).toMatchObject({ kind: 'failed', page: 'enrollment', code })
})

test('a device that deploys itself enrols too, and says that no person is there [points 17, 41: foreign server]', async () => {
  const own = await startForeign()
  try {
    const run = await play('self-deploying-ethernet', own.target)
    expect(run.result.outcome).toMatchObject({ kind: 'signInScreen', managed: true, autopilot: true })
    const seen = own.log()
    expect((facts('issued', seen) as unknown as { context: object }).context).toHaveProperty('PlugandForget', ['true'])
    expect(new Set(seen.flatMap(({ event, login }) => (event === 'package1' ? [login] : [])))).toEqual(
      new Set(['none']),
    )
    expect(seen.filter(({ event }) => event === 'refused')).toEqual([])
  } finally {
    await own.stop()
  }
})
