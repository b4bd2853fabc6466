import { afterAll, beforeAll, expect, test } from 'vitest'
import { CODE, signedOf } from '../../src/domain/windows-codes.ts'
import { type Foreign, HAPPY_PATH, type Played, play, type Seen, seenAs, startForeign } from './foreign-server.ts'

/** HealthAttestation, asked for by a server that is not ours; there is no service that a device could attest to. */
let foreign: Foreign
let played: Played
let log: Seen[]

beforeAll(async () => {
  foreign = await startForeign('health=yes')
  played = await play(HAPPY_PATH, foreign.target)
  log = foreign.log()
})
afterAll(() => foreign.stop())

const ROOT = './Vendor/MSFT/HealthAttestation'
const results = (name: string): unknown[] =>
  seenAs('result', log).flatMap(({ uri, data }) => (uri === `${ROOT}/${name}` ? [data] : []))
const statuses = (name: string, command: string): unknown[] =>
  seenAs('status', log).flatMap((seen) =>
    seen.uri === `${ROOT}/${name}` && seen.command === command ? [seen.code] : [],
  )

test('every node has its access, and no message was refused [point 59: foreign server]', () => {
  expect(log.filter(({ event }) => ['refused', 'bug', 'lost'].includes(event))).toEqual([])
  expect(played.result.outcome).toMatchObject({ kind: 'desktop', managed: true })
  expect([statuses('VerifyHealth', 'Get'), statuses('Status', 'Replace')]).toEqual([[405], [405]])
  expect(results('HASEndpoint')).toEqual(['has.spserv.microsoft.com.'])
  expect([results('MaxSupportedProtocolVersion'), results('TpmReadyStatus')]).toEqual([['3'], ['0']])
})

test('VerifyHealth: requested, then no nonce; with a nonce no service is reached [point 59: foreign server]', () => {
  // Before, in the message of the first Exec, behind it, in that of the second, behind that.
  expect(results('Status')).toEqual(['0', '1', '10', '1', '404'])
  const told = seenAs('alert', log).filter(({ type }) => String(type).endsWith(':HealthAttestation.Result'))
  expect(told.map(({ code, data }) => [code, data])).toEqual([
    ['1226', '10'],
    ['1226', '404'],
  ])
  expect(statuses('Nonce', 'Replace')).toEqual([500, 500, 500, 200])
  expect([statuses('Certificate', 'Get'), statuses('CorrelationID', 'Get')]).toEqual([
    [404, 404],
    [404, 404],
  ])
})

test('TriggerAttestation: accepted, the status cleared, then that nothing takes the connection [point 59: foreign server]', () => {
  expect(statuses('TriggerAttestation', 'Exec')).toEqual([400, 400, 202])
  expect(statuses('AttestStatus', 'Get')).toEqual([404, 404, 200])
  expect(results('AttestStatus')).toEqual([String(signedOf(CODE.cannotConnect))])
  expect([statuses('GetAttestReport', 'Get'), statuses('GetServiceCorrelationIDs', 'Get')]).toEqual([
    [404, 404],
    [404, 404],
  ])
})
