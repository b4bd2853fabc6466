import { describe, expect, test } from 'vitest'
import { oobeMachine } from '../../../machines/oobe/oobe.ts'
import { OOBE_CONFIG } from '../../../src/domain/autopilot.ts'
import type { BootState } from '../../../src/domain/boot.ts'
import { anAccount, aProfile, SELF_DEPLOYING } from '../samples.ts'
import { everyOutcome } from '../scene.ts'
import { ASSIGNED, assigned, boot, NONE, type Page, type Script } from './oobe-scene.ts'

const restart = { kind: 'restart' }
const anyway = { kind: 'continuedAnyway' }
const selfDeploying = assigned(aProfile({ oobeConfig: SELF_DEPLOYING }))

describe('a restart', () => {
  test.each<[string, Script, Page, string, Partial<BootState>]>([
    [
      'for critical updates',
      { criticalUpdates: [restart] },
      'criticalUpdates',
      'critical updates',
      { criticalUpdatesDone: true },
    ],
    [
      'for the name of the template',
      { naming: [{ ...restart, name: 'HV-1234' }] },
      'naming',
      'the device was renamed',
      { deviceName: 'HV-1234', isNamed: true },
    ],
    [
      'for the name of a person',
      { autopilotProfile: [NONE], deviceName: [{ ...restart, name: 'ROOM-12' }] },
      'deviceName',
      'the device was renamed',
      { deviceName: 'ROOM-12', isNamed: true, licenseAccepted: true },
    ],
    [
      'for device setup',
      { deviceStatus: [restart] },
      'deviceStatus',
      'device setup needs a restart',
      { deviceStatusDone: true, isEnrolled: true, isJoined: true },
    ],
    [
      'for quality updates',
      { qualityUpdates: [restart] },
      'qualityUpdates',
      'quality updates',
      { qualityUpdatesDone: true, isFinishingUpdates: true, deviceStatusDone: true },
    ],
  ])('%s ends the power-on, and what was settled is on the disk', async (_, script, last, reason, disk) => {
    const scene = await boot(script)
    expect(scene.output).toEqual({ kind: 'restart', reason })
    expect(scene.order.at(-1)).toBe(last)
    expect(scene.saved).toMatchObject(disk)
  })
})

test.each<[Page, Script]>([
  ['tpmAttestation', { autopilotProfile: [selfDeploying] }],
  ['deviceStatus', {}],
  ['accountStatus', {}],
])('a reset asked for in %s ends the power-on', async (page, script) => {
  const { order, output } = await boot({ ...script, [page]: [{ kind: 'reset' }] })
  expect({ last: order.at(-1), output }).toEqual({ last: page, output: { kind: 'reset', what: 'everything' } })
})

const desktop = { kind: 'desktop', account: 'standard', managed: true, autopilot: true }
const note = 'continued past a failed Enrollment Status Page'

test.each<[string, Script, object]>([
  ['continued past the device phase', { deviceStatus: [anyway] }, { ...desktop, note }],
  ['continued past the user phase', { accountStatus: [anyway] }, { ...desktop, note }],
  ['continued past both', { deviceStatus: [anyway], accountStatus: [anyway] }, { ...desktop, note }],
  ['continued past nothing', {}, desktop],
  [
    'an administrator by the profile',
    { autopilotProfile: [assigned(aProfile({ oobeConfig: OOBE_CONFIG.skipEula }))] },
    { ...desktop, account: 'administrator' },
  ],
  [
    'self-deploying, continued past the device phase',
    { autopilotProfile: [selfDeploying], deviceStatus: [anyway] },
    { kind: 'signInScreen', managed: true, autopilot: true, note },
  ],
])('the outcome of a device that is %s', async (_, script, outcome) => {
  expect((await boot(script)).output).toEqual({ kind: 'ended', outcome })
})

test('a failed page that was continued past before a restart is noted all the same', async () => {
  const before = await boot({ deviceStatus: [anyway], qualityUpdates: [restart] })
  const doesNotApply = [{ kind: 'doesNotApply', why: [] }]
  const after = await boot({ deviceStatus: doesNotApply, qualityUpdates: doesNotApply }, before.saved)
  expect(after.output).toMatchObject({ outcome: { note } })
})

test('everything that was settled is on the disk at the end', async () => {
  expect((await boot()).saved).toEqual({
    language: 'en-US',
    region: 'US',
    keyboard: '00000409',
    secondKeyboard: 'none',
    wifi: 'School',
    criticalUpdatesDone: true,
    profile: aProfile(),
    licenseAccepted: true,
    deviceName: 'DESKTOP-0000001',
    isNamed: false,
    isNameSettled: false,
    account: anAccount(),
    isJoined: true,
    isEnrolled: true,
    deviceStatusDone: true,
    qualityUpdatesDone: true,
    privacy: {
      advertisingId: true,
      diagnosticData: true,
      findMyDevice: true,
      inking: true,
      location: true,
      tailoredExperiences: true,
    },
    privacyAccepted: true,
    accountStatusDone: true,
    helloDone: true,
    isContinuedAnyway: false,
    laterUsers: 0,
  })
})

test.each<[string, Script, Partial<BootState>]>([
  ['the use of the device', { autopilotProfile: [NONE], deviceUsage: [{ kind: 'personal' }] }, { usage: 'personal' }],
  ['a second layout', { secondKeyboard: [{ kind: 'added', keyboard: '00000407' }] }, { secondKeyboard: '00000407' }],
])('%s is remembered', async (_, script, disk) => {
  expect((await boot(script)).saved).toMatchObject(disk)
})

test('pages that did not apply leave no answers of a person behind', async () => {
  const doesNotApply = [{ kind: 'doesNotApply', why: [] }]
  const start = { language: doesNotApply, region: doesNotApply, keyboard: doesNotApply, secondKeyboard: doesNotApply }
  const { disk } = await boot({ ...start, network: doesNotApply })
  const { language, region, keyboard, secondKeyboard, wifi } = disk
  expect([language, region, keyboard, secondKeyboard, wifi]).toEqual(Array(5).fill(undefined))
})

describe('people who come later', () => {
  const statuses = (order: Page[]) => order.slice(order.indexOf('welcome'))

  test('each has an account setup of their own, as a standard user [point 60]', async () => {
    const administrator = assigned(aProfile({ oobeConfig: OOBE_CONFIG.skipEula }))
    const { order, output, saved, inputs } = await boot({ autopilotProfile: [administrator] }, {}, 2)
    const next: Page[] = ['nextSignIn', 'accountStatus', 'hello', 'firstLogon']
    expect(statuses(order)).toEqual(['welcome', 'accountStatus', 'hello', 'firstLogon', ...next, ...next])
    expect(inputs.accountStatus).toEqual(Array(3).fill(expect.objectContaining({ isDone: false })))
    expect(inputs.nextSignIn?.[0]).toEqual({ tenantId: aProfile().tenantId, hasKiosk: false })
    expect(saved).toMatchObject({ laterUsers: 2, account: { upn: 'sam@hillview.test' }, accountStatusDone: true })
    expect(output).toEqual({ kind: 'ended', outcome: { ...desktop, account: 'standard' } })
  })

  test('at a device without a first person it begins at the sign-in screen', async () => {
    const { order, output } = await boot({ autopilotProfile: [selfDeploying] }, {}, 1)
    expect(order.slice(-4)).toEqual(['nextSignIn', 'accountStatus', 'hello', 'firstLogon'])
    expect(output).toEqual({ kind: 'ended', outcome: desktop })
  })

  test('whose account setup a start interrupted sign in again at a device without a user', async () => {
    const disk = { laterUsers: 1, accountStatusDone: false, isJoined: true, isEnrolled: true }
    const { order, output } = await boot({ autopilotProfile: [selfDeploying] }, disk, 1)
    expect(order.slice(-4)).toEqual(['nextSignIn', 'accountStatus', 'hello', 'firstLogon'])
    expect(output).toEqual({ kind: 'ended', outcome: desktop })
  })

  test('are no administrators after a start either', async () => {
    const administrator = assigned(aProfile({ oobeConfig: OOBE_CONFIG.skipEula }))
    const { inputs } = await boot({ autopilotProfile: [administrator] }, { laterUsers: 1, isJoined: true }, 1)
    expect(inputs.welcome).toEqual([expect.objectContaining({ isStandardUser: true })])
    const first = await boot({ autopilotProfile: [administrator] })
    expect(first.inputs.welcome).toEqual([expect.objectContaining({ isStandardUser: false })])
  })

  test('those who have come before a power cut do not come again', async () => {
    const { order } = await boot({}, { laterUsers: 1, isJoined: true, isEnrolled: true }, 1)
    expect(order).not.toContain('nextSignIn')
  })
})

const kindOf = async (script: Script) => {
  const { output } = await boot(script)
  return { kind: output.kind === 'ended' ? output.outcome.kind : output.kind }
}

const KIOSK = { shows: 'Contoso.App_1!App' }
const lost = { kind: 'lost', kiosk: KIOSK }

test('a kiosk that lost its sign-in waits for its account, or for any user of the organization', async () => {
  const deployed = { autopilotProfile: [selfDeploying], kioskSignIn: [lost] }
  const alone = await boot(deployed)
  expect(alone.output).toMatchObject({ outcome: { kind: 'signInScreen', isKioskLost: true, managed: true } })
  const byHand = await boot({ ...deployed, nextSignIn: [{ kind: 'kiosk' }] }, {}, 1)
  expect(byHand.inputs.nextSignIn).toEqual([{ tenantId: aProfile().tenantId, hasKiosk: true }])
  expect(byHand.output).toMatchObject({ outcome: { kind: 'kiosk', shows: KIOSK.shows, autopilot: true } })
})

everyOutcome(oobeMachine, {
  kiosk: () => kindOf({ autopilotProfile: [selfDeploying], kioskSignIn: [{ kind: 'signedIn', kiosk: KIOSK }] }),
  desktop: () => kindOf({ autopilotProfile: [ASSIGNED] }),
  signInScreen: () => kindOf({ autopilotProfile: [selfDeploying] }),
  restart: () => kindOf({ criticalUpdates: [restart] }),
  reset: () => kindOf({ deviceStatus: [{ kind: 'reset' }] }),
  powerOff: async () => (await boot({}, { preProvisioning: { startedAt: 0 } })).output,
})
