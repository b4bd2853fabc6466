import { describe, expect, test } from 'vitest'
import { loadScenarios } from '../../src/scenario/scenario.ts'
import { disturbed } from './disturbed.ts'
import { writesOf } from './played.ts'

const [selfDeploying, termsOfUse, ethernet] = [
  'self-deploying-ethernet',
  'terms-of-use',
  'asus-ethernet-happy-path',
].map((name) => loadScenarios(name)[0]!)

const requests = (run: Awaited<ReturnType<typeof disturbed>>, operation: string) =>
  run.journal.filter((entry) => entry.kind === 'request' && entry.operation === operation).length

describe('a device that deploys itself and loses its power', () => {
  test.each([
    'deviceJoin.joined',
    'enrollment.discovering',
    'enrollment.gettingPolicies',
    'enrollment.requestingCertificate',
  ])('at %s, between join and certificate, proves its TPM again and enrols', async (state) => {
    const run = await disturbed(selfDeploying!, 'power', state)
    expect(run.outcome).toEqual({ kind: 'signInScreen', managed: true, autopilot: true })
    expect({ waysOut: run.waysOut, proofs: requests(run, 'TPM attestation proof') }).toEqual({ waysOut: {}, proofs: 2 })
  })

  test('after the enrolment does not prove its TPM again', async () => {
    const run = await disturbed(selfDeploying!, 'power', 'enrollmentStatus.readingPolicy')
    expect([run.outcome.kind, requests(run, 'TPM attestation proof')]).toEqual(['signInScreen', 1])
  })
})

test.each(['deviceJoin.joined', 'enrollment.requestingCertificate'])(
  'terms of use that were accepted before the power went at %s are not asked for again',
  async (state) => {
    const run = await disturbed(termsOfUse!, 'power', state)
    expect({ kind: run.outcome.kind, waysOut: run.waysOut }).toEqual({ kind: 'desktop', waysOut: {} })
    // The page is opened once and answered once.
    expect(requests(run, 'MDM terms of use')).toBe(2)
  },
)

test.each(['accountSetup.networkConnections', 'accountSetup.apps'])(
  'orders for a person that a power cut at %s broke off come back with the person',
  async (state) => {
    const run = await disturbed(ethernet!, 'power', state)
    expect({ kind: run.outcome.kind, waysOut: run.waysOut }).toEqual({ kind: 'desktop', waysOut: {} })
    const writes = writesOf(run.journal, '/Policy/Config/Education/DefaultPrinterName')
    // Nothing for a person reaches a device without a person signed in.
    expect(writes.map(({ status }) => status)).not.toContain(405)
    expect(writes.map(({ status }) => status)).toContain(200)
  },
)
