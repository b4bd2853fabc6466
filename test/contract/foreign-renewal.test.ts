import { expect, test } from 'vitest'
import type { HttpRequest } from '../../src/domain/http.ts'
import { CODE, signedOf } from '../../src/domain/windows-codes.ts'
import { against, type Played, type Seen, seenAs, textOf } from './foreign-server.ts'

/** Renewal and recovery, judged by a server that verifies with OpenSSL, and forgets the old certificate at once. */
const found = (log: readonly Seen[], name: string): unknown =>
  seenAs('result', log).find(({ uri }) => String(uri).endsWith(`/${name}`))?.data

const isRefused = ({ event }: Seen) => ['refused', 'bug', 'lost', 'unrenewed'].includes(event)

/** The certificates that sessions were held with, in turn. */
const printsOf = ({ result }: Played): string[] => [
  ...new Set(
    result.journal.flatMap((entry) =>
      entry.kind === 'request' && entry.operation.startsWith('OMA-DM') ? [entry.certificate ?? 'none'] : [],
    ),
  ),
]

test('a certificate near its end is renewed before the first session [point 27: foreign server, openssl]', async () => {
  const played = await against(['renew=served', 'days=20'])
  expect(played.log.filter(isRefused)).toEqual([])
  expect(played.result.outcome).toMatchObject({ kind: 'desktop', managed: true })
  const [renewed, ...others] = seenAs('renewed', played.log)
  expect(others).toEqual([])
  expect(renewed).toMatchObject({ kind: 'Renew', bits: 2048, signature: 'sha384WithRSAEncryption' })
  expect(printsOf(played)).toEqual([renewed!.print])
  expect(
    ['Status', 'ErrorCode', 'RenewPeriod', 'RetryInterval', 'ROBOSupport'].map((name) => found(played.log, name)),
  ).toEqual(['2', '0', '30', '7', 'true'])
})

test('RenewNow comes in a session with the old certificate; the next has the new one [point 27: foreign server, openssl]', async () => {
  const played = await against(['renew=ordered'])
  expect(played.log.filter(isRefused)).toEqual([])
  const [renewed] = seenAs('renewed', played.log)
  const prints = printsOf(played)
  expect([prints.length, prints[1]]).toEqual([2, renewed!.print])
  expect(found(played.log, 'Status')).toBe('2')
})

test('a refused renewal costs no session, and is not repeated before its time [point 27: foreign server]', async () => {
  const played = await against(['renew=refused', 'days=20'])
  expect(played.result.outcome).toMatchObject({ kind: 'desktop', managed: true })
  expect(seenAs('unrenewed', played.log)).toHaveLength(1)
  expect([found(played.log, 'Status'), found(played.log, 'ErrorCode')]).toEqual([
    '3',
    String(signedOf(CODE.notEligibleToRenew)),
  ])
  expect(printsOf(played)).toHaveLength(1)
})

test('recovery: not before the server allows it, then by a token and for another key [point 27: foreign server]', async () => {
  const played = await against(['renew=recover'])
  expect(played.log.filter(isRefused)).toEqual([])
  const [renewed] = seenAs('renewed', played.log)
  expect(renewed).toMatchObject({ kind: 'Recovery', context: { EmmDeviceId: renewed!.number } })
  expect(printsOf(played)[1]).toBe(renewed!.print)
  expect([found(played.log, 'RecoveryStatus'), found(played.log, 'Status')]).toEqual(['2', '0'])
})

test('one bit less in the PKCS#7, and OpenSSL does not take it [point 27: openssl, foreign server]', async () => {
  const change = (request: HttpRequest): HttpRequest => {
    const text = textOf(request)
    if (!text.includes('ws-trust/200512/Renew<')) return request
    const next = text.replace(/(#PKCS7"[^>]*>)([^<]+)/, (_, before: string, token: string) => {
      const der = Buffer.from(token, 'base64')
      der[der.length - 1] = der.at(-1)! ^ 1
      return before + der.toString('base64')
    })
    return { ...request, body: new TextEncoder().encode(next) }
  }
  const played = await against(['renew=served', 'days=20'], change)
  expect(seenAs('refused', played.log)[0]).toMatchObject({
    where: 'issue',
    kind: 'InvalidSecurity',
    text: expect.stringMatching(/^the PKCS#7 does not verify/),
  })
  expect(found(played.log, 'ErrorCode')).toBe(String(signedOf(CODE.enrollmentInvalidSecurity)))
})
