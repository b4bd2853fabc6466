import { expect, test } from 'vitest'
import type { BootState } from '../../../src/domain/boot.ts'
import { boot, END, JOIN, LOOKUP, type Page, type Script, START } from './oobe-scene.ts'

const BEGUN: Partial<BootState> = { preProvisioning: { startedAt: 60_000 } }
const RESEALED: Partial<BootState> = {
  preProvisioning: { startedAt: 60_000, resealedAt: 1_860_000 },
  isJoined: true,
  isEnrolled: true,
}
const DEVICE: Page[] = ['tpmAttestation', 'deviceJoin', 'enrollment', 'deviceStatus', 'technicianStatus']
const FOUND: Page[] = ['network', 'connectivity', 'autopilotProfile', 'criticalUpdates']
const doesNotApply = { kind: 'doesNotApply', why: [] }
const begun = { provisioningReview: [doesNotApply] }
const failure = { kind: 'gaveUp', trouble: { code: '0x80180005', text: 'not allowed' } }

test('after a restart the technician flow goes on without the pages of the person, and Reseal switches the device off', async () => {
  const { way, output, saved } = await boot(begun, { ...BEGUN, language: 'en-US', region: 'US' })
  expect(way).toEqual([...FOUND, 'provisioningReview', 'naming', ...DEVICE])
  expect(output).toEqual({ kind: 'powerOff', reason: 'the technician resealed it' })
  expect(saved).toMatchObject({
    preProvisioning: { startedAt: 60_000, resealedAt: 1_860_000 },
    isEnrolled: true,
    deviceStatusDone: false,
    language: undefined,
    region: undefined,
  })
})

test.each<[Page, Page[]]>([
  ['tpmAttestation', ['tpmAttestation']],
  ['deviceJoin', ['tpmAttestation', 'deviceJoin']],
  ['enrollment', ['tpmAttestation', 'deviceJoin', 'enrollment']],
  ['deviceStatus', ['tpmAttestation', 'deviceJoin', 'enrollment', 'deviceStatus']],
])(
  'a failure of %s is shown on the status page of the technician, and Retry begins with the attestation',
  async (page, before) => {
    const script: Script = { ...begun, [page]: [failure], technicianStatus: [{ kind: 'retry' }] }
    const { way, inputs } = await boot(script, BEGUN)
    expect(way).toEqual([...FOUND, 'provisioningReview', 'naming', ...before, 'technicianStatus', ...DEVICE])
    expect(inputs.technicianStatus).toEqual([
      { failure, startedAt: 60_000, tenantDomain: 'hillview.test' },
      { failure: null, startedAt: 60_000, tenantDomain: 'hillview.test' },
    ])
    expect(inputs[page]?.[0]).toMatchObject({ endsAtFailure: true })
  },
)

test('Reset on the status page of the technician resets the device', async () => {
  const { output } = await boot({ ...begun, enrollment: [failure], technicianStatus: [{ kind: 'reset' }] }, BEGUN)
  expect(output).toEqual({ kind: 'reset', what: 'everything' })
})

test('Refresh asks for the profile again, and Cancel leads to the pages of the person', async () => {
  const { way, output } = await boot({ provisioningReview: [{ kind: 'refresh' }, { kind: 'cancelled' }] }, BEGUN)
  const rest: Page[] = [...START, 'criticalUpdates', 'naming', 'licenseTerms', ...JOIN, ...END]
  const again: Page[] = ['autopilotProfile', 'criticalUpdates', 'provisioningReview']
  expect(way).toEqual([...FOUND, 'provisioningReview', ...again, ...rest])
  expect(output).toMatchObject({ outcome: { kind: 'desktop' } })
})

test('the user flow has the sign-in, both parts of the status page, and no attestation', async () => {
  const { way, inputs, output } = await boot({}, RESEALED)
  expect(way).toEqual([...START, ...LOOKUP, 'signIn', 'deviceStatus', 'qualityUpdates', ...END])
  expect(inputs.signIn).toMatchObject([{ notNeeded: undefined }])
  expect(inputs.deviceStatus).toMatchObject([{ isDone: false, isEnrolled: true }])
  expect(inputs.deviceStatus![0]).not.toHaveProperty('endsAtFailure')
  expect(output).toMatchObject({ outcome: { kind: 'desktop', account: 'standard', managed: true } })
})

test('a device that has lost its enrolment since is set up as if it was new', async () => {
  const { inputs } = await boot({}, { ...RESEALED, isEnrolled: false })
  expect(inputs.enrollment).toMatchObject([{ enrollsAs: 'user', isEnrolled: false }])
})
