import { afterAll, beforeAll, expect, test } from 'vitest'
import { PROVIDER_ID } from '../../src/mock-service/oma-dm/provider.ts'
import { decodeRequestSecurityTokenResponse } from '../../src/protocols/ms-wstep/request-security-token.ts'
import { decodeGetPoliciesResponse, effectivePolicy } from '../../src/protocols/ms-xcep/get-policies.ts'
import { decodeEnvelope } from '../../src/protocols/soap/envelope.ts'
import { type Exchange, type Foreign, HAPPY_PATH, type Played, play, startForeign, textOf } from './foreign-server.ts'
import { infoset, provisioning, type Reading } from './infoset.ts'

/** The fourth transport: a target profile that leads to a server of other making. What it means has to be what the mock means. */
let foreign: Foreign
let there: Played
let direct: Played

beforeAll(async () => {
  foreign = await startForeign('hash=sha256')
  there = await play(HAPPY_PATH, foreign.target)
  direct = await play(HAPPY_PATH)
})
afterAll(() => foreign.stop())

const entries = <Kind extends string>({ result }: Played, kind: Kind) =>
  result.journal.filter((entry) => entry.kind === kind) as Extract<(typeof result.journal)[number], { kind: Kind }>[]

/** Each run of the same thing counts once. */
const once = (names: readonly string[]): string[] => names.filter((name, index) => name !== names[index - 1])

/** Exchanges with the MDM, in either run. */
const withMdm = ({ exchanges }: Played): Exchange[] =>
  exchanges.filter(({ request }) => {
    const { hostname } = new URL(request.url)
    return hostname === 'localhost' || hostname === '127.0.0.1' || hostname.startsWith('enrollment.manage')
  })

const posts = (played: Played): Exchange[] => withMdm(played).filter(({ request }) => request.method === 'POST')
const soap = (played: Played): Exchange[] => posts(played).slice(0, 3)
const sessions = (played: Played): Exchange[] => posts(played).slice(3)

test('the same end by the same pages', () => {
  const pages = (played: Played) =>
    once(entries(played, 'screen').map((entry) => ('screen' in entry ? entry.screen.page : entry.skipped)))
  expect(there.result.outcome).toEqual({ kind: 'desktop', account: 'standard', managed: true, autopilot: true })
  expect(there.result.outcome).toEqual(direct.result.outcome)
  expect(pages(there)).toEqual(pages(direct))
})

test('the same operations in the same order, with the same statuses', () => {
  const isSession = (operation: string) => operation.startsWith('OMA-DM') || operation === 'content download'
  const operations = (played: Played) =>
    once(entries(played, 'request').map(({ operation }) => (isSession(operation) ? 'management' : operation)))
  expect(operations(there).filter((name) => name !== 'management')).toEqual(
    operations(direct).filter((name) => name !== 'management'),
  )
  expect(soap(there).map(({ response }) => response.status)).toEqual([200, 200, 200])
  expect(soap(direct).map(({ response }) => response.status)).toEqual([200, 200, 200])
  // Once this server is busy, and each package is looked for at an address where it is not, first.
  expect(new Set(sessions(direct).map(({ response }) => response.status))).toEqual(new Set([200]))
  expect(
    sessions(there)
      .filter(({ response }) => response.status !== 200)
      .map(({ response }) => response.status),
  ).toEqual([429])
})

test('only the MDM gets requests elsewhere: lookup, sign-in, join and updates stay with the mock', () => {
  const elsewhere = (played: Played) => {
    const mdm = new Set(withMdm(played))
    return played.exchanges
      .filter((exchange) => !mdm.has(exchange))
      .map(({ request, response }) => `${request.method} ${request.url.split('?')[0]} ${response.status}`)
  }
  expect(elsewhere(there)).toEqual(elsewhere(direct))
  expect(elsewhere(there).length).toBeGreaterThan(15)
})

/** Another one in every run, or in every server: addresses, ids, tokens, certificate requests. */
const VOLATILE = { MessageID: 'urn:uuid', To: 'address', BinarySecurityToken: 'base64' }

test('a device says the same to both while it enrols [points 3, 4, 5, 6, 7, 13, 17, 20: foreign server]', () => {
  for (const [index, exchange] of soap(there).entries()) {
    const other = soap(direct)[index]!
    expect(exchange.request.headers).toEqual(other.request.headers)
    expect(infoset(exchange.request.body, { volatile: VOLATILE })).toEqual(
      infoset(other.request.body, { volatile: VOLATILE }),
    )
  }
  expect(foreign.log().filter(({ event }) => event === 'refused')).toEqual([])
})

test('a device begins every session alike [points 28, 30: foreign server]', () => {
  const read = { volatile: { LocURI: 'address' }, without: ['SessionID'] }
  const [ours] = sessions(there)
  const [theirs] = sessions(direct)
  expect(infoset(ours!.request.body, read)).toEqual(infoset(theirs!.request.body, read))
  expect(ours!.request.headers).toEqual(theirs!.request.headers)
  expect(new URL(ours!.request.url).search).toBe('?school=7F&mode=Maintenance&Platform=WoA')
  expect(ours!.caller.certificate).toBeDefined()
})

test('both say the same of where to go, in the same protocol headers [points 2, 8: foreign server]', () => {
  const reading: Reading = {
    isUnordered: true,
    // Motd is what no client knows; the mock asks for a web sign-in where there is no token.
    without: ['Motd', 'AuthenticationServiceUrl', 'Header'],
    volatile: { EnrollmentPolicyServiceUrl: 'address', EnrollmentServiceUrl: 'address', AuthPolicy: 'policy' },
  }
  const [ours, theirs] = [soap(there)[0]!, soap(direct)[0]!]
  expect(textOf(ours.response)).toMatch(/<m:EnrollmentVersion>\s+5\.0\s+<\/m:EnrollmentVersion>/)
  expect(infoset(ours.response.body, reading)).toEqual(infoset(theirs.response.body, reading))
  for (const { response } of [...soap(there), ...soap(direct)]) {
    expect(response.headers['content-type']).toBe('application/soap+xml; charset=utf-8')
    expect(Number(response.headers['content-length'])).toBe(response.body.length)
    expect(response.headers['transfer-encoding']).toBeUndefined()
  }
})

test('both policies mean the same, one in nil parts, without wrappers and with hashes that were not asked for [points 14, 15: foreign server]', () => {
  const meant = (exchange: Exchange) =>
    effectivePolicy(decodeGetPoliciesResponse(decodeEnvelope(exchange.response.body)))
  const [ours, theirs] = [meant(soap(there)[1]!), meant(soap(direct)[1]!)]
  expect([ours.keyLength, ours.hashAlgorithm]).toEqual([theirs.keyLength, theirs.hashAlgorithm])
  expect(ours.cryptoProviders.filter((name) => theirs.cryptoProviders.includes(name))).toEqual(theirs.cryptoProviders)
  const text = textOf(soap(there)[1]!.response)
  expect(text).not.toContain('cryptoProviders')
  expect(text.match(/nil="true"/g)!.length).toBeGreaterThan(8)
})

test('both documents provision the same places [points 21, 22, 24: foreign server]', () => {
  const documentOf = (exchange: Exchange) =>
    decodeRequestSecurityTokenResponse(decodeEnvelope(exchange.response.body)).provisioningDocument
  // Thumbprints and provider ids are names that a server chooses.
  const placesOf = (exchange: Exchange) =>
    [...provisioning(documentOf(exchange)).keys()].map((path) =>
      path
        .replace(/[0-9A-F]{40}/i, '*')
        .replace(/Provider\/[^/]+/, 'Provider/*')
        .replace('RenewalPeriod', 'RenewPeriod'),
    )
  // A user's name, the encoding, a second set of polls and the interval of renewals may be left out.
  const optional = /UPN|DEFAULTENCODING|Second|NumberOfRemaining|RetryInterval/
  const ours = new Set(placesOf(soap(there)[2]!))
  const theirs = placesOf(soap(direct)[2]!).filter((path) => !optional.test(path))
  expect(theirs.length).toBeGreaterThan(12)
  expect(theirs.filter((path) => !ours.has(path))).toEqual([])
})

test('both leave the same on the device [points 39, 44, 50, 51: foreign server]', () => {
  const provider = { there: 'Hedgerow%20Device%20Care', direct: encodeURIComponent(PROVIDER_ID) }
  const written = (played: Played, id: string) => {
    const values = new Map<string, string | undefined>()
    const { csp } = played.run.device
    for (const { by, command, uri, status } of entries(played, 'csp')) {
      if (by === 'server' && (command === 'Add' || command === 'Replace') && status === 200) {
        // Counts of packages are a server's own, and no client uses them.
        const value = csp
          .read(uri)
          ?.replaceAll(id, 'PROVIDER')
          .replaceAll(/;\d+(?=\uf000|$)/g, '')
        values.set(uri.replaceAll(id, 'PROVIDER'), value)
      }
    }
    return values
  }
  const ours = written(there, provider.there)
  const theirs = written(direct, provider.direct)
  // The mock's agent is a separate app; this server's agent is a name that it looks after itself, and it writes letters. The mock lists
  // one entry for all security policies, as Intune does, and this server each of them.
  const own = /EnrollmentStatusTracking|8F2B6F4A-7D51-4C58-9D4E-1C0F6A3B5E70|Hedgerow\/Letter|\/ExpectedPolicies$/
  const both = (values: Map<string, string | undefined>) =>
    [...values].filter(([uri]) => !own.test(uri)).sort(([one], [other]) => (one < other ? -1 : 1))
  expect(both(ours)).toEqual(both(theirs))
  expect(both(ours).length).toBeGreaterThan(20)
})

test('the apps of both are installed, and both hear of it [point 56: foreign server]', () => {
  const installed = (played: Played) =>
    entries(played, 'app')
      .filter(({ type, state, name }) => type === 'msi' && state === 'installed' && !name!.includes('Extension'))
      .map(({ name }) => name)
  expect(installed(there)).toEqual(installed(direct))
  expect(installed(there)).toHaveLength(4)
  const log = foreign.log()
  const results = log.filter(({ event, type }) => event === 'alert' && String(type).endsWith('win32csp_install'))
  expect(results.map(({ code, data }) => [code, data])).toEqual(Array.from({ length: 4 }, () => ['1226', '0']))
  // Of two addresses the first was tried first, and the second gave what the hash names.
  const fetched = log.filter(({ event, path }) => event === 'get' && String(path).startsWith('/parcels/'))
  expect(fetched.map(({ found }) => found)).toEqual(Array.from({ length: 4 }, () => [false, true]).flat())
})
