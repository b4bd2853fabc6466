import { describe, expect, test } from 'vitest'
import { OOBE_CONFIG } from '../../../src/domain/autopilot.ts'
import type { BootState } from '../../../src/domain/boot.ts'
import { anAccount, aProfile, SELF_DEPLOYING } from '../samples.ts'
import { assigned, boot, NONE, type Page, type Script, WIRED } from './oobe-scene.ts'

const profile = aProfile({
  language: 'de-DE',
  region: 'CH',
  deviceName: 'HV-%SERIAL%',
  tenantUpn: 'robin@hillview.test',
})
const found = assigned(profile)
const selfDeploying = assigned(aProfile({ oobeConfig: SELF_DEPLOYING }))
const tenant = {
  id: profile.tenantId,
  domain: 'hillview.test',
  assignedUpn: 'robin@hillview.test',
  profile: 'Students',
  isExplicit: true,
  hidesOtherAccount: profile.forcedEnrollment,
}
const personal: Script = { autopilotProfile: [NONE], deviceUsage: [{ kind: 'personal' }] }
const doesNotApply = { kind: 'doesNotApply', why: [] }

const inputOf = async (page: Page, script: Script, disk: Partial<BootState> = {}) =>
  (await boot(script, disk)).inputs[page]?.at(-1)

const common = { remembered: undefined, isRevisit: false }

describe('a profile presets pages only when it came over the wire', () => {
  const wired: Script = { lookAround: [WIRED], autopilotProfile: [found] }
  const wireless: Script = { autopilotProfile: [found] }
  test.each<[Page, object, object]>([
    [
      'language',
      { languages: ['en-US', 'de-DE'], preset: 'de-DE' },
      { languages: ['en-US', 'de-DE'], preset: undefined },
    ],
    ['region', { language: 'en-US', preset: 'CH' }, { language: 'en-US', preset: undefined }],
    ['keyboard', { language: 'en-US', profile }, { language: 'en-US', profile: undefined }],
    ['secondKeyboard', { keyboard: '00000409', profile }, { keyboard: '00000409', profile: undefined }],
  ])('%s', async (page, onWire, onWifi) => {
    expect(await inputOf(page, wired)).toEqual({ ...common, ...onWire })
    expect(await inputOf(page, wireless)).toEqual({ ...common, ...onWifi })
  })

  test.each<Page>(['language', 'region'])('and only when it names one: %s', async (page) => {
    const script = { lookAround: [WIRED], autopilotProfile: [assigned(aProfile())] }
    expect(await inputOf(page, script)).toMatchObject({ preset: undefined })
  })
})

test('the profile that came over the wire is cached on the disk, as one that came later is', async () => {
  expect((await boot({ lookAround: [WIRED], autopilotProfile: [found] })).saved?.profile).toEqual(profile)
  expect((await boot({ autopilotProfile: [found] })).saved?.profile).toEqual(profile)
})

test('a language that the profile presets is the one that region and keyboard follow', async () => {
  const script = { lookAround: [WIRED], autopilotProfile: [found], language: [doesNotApply] }
  const { inputs } = await boot(script)
  expect([inputs.region?.[0], inputs.keyboard?.[0]]).toMatchObject([{ language: 'de-DE' }, { language: 'de-DE' }])
})

test('without a preset and a choice, region and keyboard follow the first language of the device', async () => {
  const { inputs } = await boot({ language: [doesNotApply] })
  expect([inputs.region?.[0], inputs.keyboard?.[0]]).toMatchObject([{ language: 'en-US' }, { language: 'en-US' }])
})

test('a chosen language is the one that region and keyboard follow', async () => {
  const { inputs } = await boot({ language: [{ kind: 'chosen', language: 'de-DE' }] })
  expect([inputs.region?.[0], inputs.keyboard?.[0]]).toMatchObject([{ language: 'de-DE' }, { language: 'de-DE' }])
})

test.each<[string, Page, Script, Partial<BootState>, object]>([
  [
    'the retry policy',
    'autopilotProfile',
    {},
    {},
    { retry: { attemptsMax: 3, waitMs: 2_000 }, edition: 'SE', isRecovering: false },
  ],
  [
    'how often the first boot was broken off',
    'recovery',
    {},
    { oobeRetries: 5 },
    { languages: ['en-US', 'de-DE'], retries: 5, isRecovering: false, entersRecovery: true },
  ],
  [
    'the template of the profile',
    'naming',
    { autopilotProfile: [found] },
    {},
    { template: 'HV-%SERIAL%', isNamed: false },
  ],
  ['the name that was given', 'naming', {}, { isNamed: true }, { template: '', isNamed: true }],
  [
    'the profile that hides the terms',
    'licenseTerms',
    { autopilotProfile: [found] },
    {},
    { isAccepted: false, profile },
  ],
  [
    'that there is no profile',
    'licenseTerms',
    { autopilotProfile: [NONE] },
    { licenseAccepted: true },
    { isAccepted: true, profile: null },
  ],
  ['that no one named the device', 'deviceName', { autopilotProfile: [NONE] }, {}, { isNamed: false }],
  [
    'the use that was chosen before',
    'deviceUsage',
    { autopilotProfile: [NONE] },
    { usage: 'personal' },
    {
      remembered: 'personal',
      reason: 'no Autopilot profile, 807: no tenant has registered this device',
      edition: 'SE',
    },
  ],
  ['that an update is to be finished', 'powerOn', {}, { isFinishingUpdates: true }, { isFinishingUpdates: true }],
  ['the updates of before', 'criticalUpdates', {}, { criticalUpdatesDone: true }, { isDone: true }],
  ['the network of before', 'network', {}, { wifi: 'School' }, { remembered: 'School', isRevisit: false }],
  [
    'the tenant of the profile',
    'signIn',
    { autopilotProfile: [found] },
    {},
    { usage: 'workOrSchool', tenant, notNeeded: undefined },
  ],
  [
    'work or school',
    'signIn',
    { autopilotProfile: [NONE] },
    {},
    { usage: 'workOrSchool', tenant: undefined, notNeeded: undefined },
  ],
  ['personal use', 'signIn', personal, {}, { usage: 'personal', tenant: undefined, notNeeded: undefined }],
  ['that it is not enrolled', 'tpmAttestation', { autopilotProfile: [selfDeploying] }, {}, { isEnrolled: false }],
  [
    'that it is enrolled',
    'tpmAttestation',
    { autopilotProfile: [selfDeploying] },
    { isEnrolled: true },
    { isEnrolled: true },
  ],
  [
    'personal use',
    'deviceJoin',
    personal,
    {},
    { isJoined: false, isEnrolled: false, joinsAs: 'user', isPersonal: true },
  ],
  [
    'the mode',
    'deviceJoin',
    { autopilotProfile: [selfDeploying] },
    {},
    { isJoined: false, isEnrolled: false, joinsAs: 'device', isPersonal: false },
  ],
  [
    'that it is enrolled',
    'enrollment',
    {},
    { isEnrolled: true },
    { isEnrolled: true, enrollsAs: 'user', isPersonal: false },
  ],
  ['the phase', 'deviceStatus', {}, {}, { phase: 'device', isDone: false, isEnrolled: true }],
  [
    'that the phase is over',
    'accountStatus',
    {},
    { accountStatusDone: true },
    { phase: 'user', isDone: true, isEnrolled: true },
  ],
  ['the updates of before', 'qualityUpdates', {}, { qualityUpdatesDone: true }, { isDone: true, isEnrolled: true }],
  ['the account', 'welcome', {}, {}, { account: anAccount(), tenantDomain: 'hillview.test', isStandardUser: true }],
  ['the profile', 'privacy', { autopilotProfile: [found] }, {}, { isAccepted: false, profile }],
  ['the name of the person', 'firstLogon', {}, {}, { displayName: 'Alex Rivera' }],
])('tells %s to %s', async (_, page, script, disk, input) => {
  expect(await inputOf(page, script, disk)).toEqual(input)
})

const before = 'the user signed in before the restart'

test.each<[string, Script, Partial<BootState>, string | undefined]>([
  ['on an enrolled device', {}, { isEnrolled: true, account: anAccount() }, before],
  ['on a device that was joined but not enrolled', {}, { isJoined: true, account: anAccount() }, undefined],
  ['with a personal account of before', personal, { account: anAccount({ kind: 'personal' }) }, before],
])('whether a sign-in is needed %s', async (_, script, disk, notNeeded) => {
  expect(await inputOf('signIn', script, disk)).toMatchObject({ notNeeded })
})

test('a standard user is one by the profile only', async () => {
  const administrator = assigned(aProfile({ oobeConfig: 2047 - OOBE_CONFIG.userNotLocalAdmin - SELF_DEPLOYING }))
  expect(await inputOf('welcome', { autopilotProfile: [administrator] })).toMatchObject({ isStandardUser: false })
})

test('a person who skips the naming has named nothing: a profile that comes later still does', async () => {
  const before = await boot({ autopilotProfile: [NONE], deviceName: [{ kind: 'skipped' }] })
  expect(await inputOf('naming', { autopilotProfile: [found] }, before.saved)).toEqual({
    template: 'HV-%SERIAL%',
    isNamed: false,
  })
})
