import { describe, expect, test } from 'vitest'
import { anAccount, aProfile, SELF_DEPLOYING } from '../samples.ts'
import {
  ASSIGNED,
  assigned,
  boot,
  END,
  JOIN,
  LOOKUP,
  NONE,
  type Page,
  type Script,
  START,
  WIRED,
} from './oobe-scene.ts'

const selfDeploying = assigned(aProfile({ oobeConfig: SELF_DEPLOYING }))

describe('the order', () => {
  test('on Wi-Fi with a user-driven profile', async () => {
    const { order, output } = await boot()
    expect(order).toEqual(['powerOn', 'recovery', 'lookAround', ...START, ...LOOKUP, ...JOIN, ...END])
    expect(output).toEqual({
      kind: 'ended',
      outcome: { kind: 'desktop', account: 'standard', managed: true, autopilot: true },
    })
  })

  test('on a wire the profile comes before the first page, and is not asked for twice', async () => {
    const { way } = await boot({ lookAround: [WIRED] })
    expect(way).toEqual([
      'connectivity',
      'autopilotProfile',
      ...START,
      'criticalUpdates',
      'naming',
      'licenseTerms',
      ...JOIN,
      ...END,
    ])
  })

  test('a device that has the updates first asks for the profile behind them, on Wi-Fi', async () => {
    const { way } = await boot({}, {}, 0, { updatesComeFirst: true })
    const [lookup, updates, ...rest] = LOOKUP
    expect(way).toEqual([...START, updates, lookup, ...rest, ...JOIN, ...END])
  })

  test.each<[string, Script, Page[]]>([
    [
      'without internet on it, the profile has to wait',
      { connectivity: [{ kind: 'lost' }] },
      ['connectivity', ...START, ...LOOKUP],
    ],
    [
      'when the device is not registered, the lookup is asked again',
      { autopilotProfile: [NONE] },
      ['connectivity', 'autopilotProfile', ...START, ...LOOKUP],
    ],
  ])('on a wire %s', async (_, script, way) => {
    expect((await boot({ lookAround: [WIRED], ...script })).way).toEqual([...way, ...JOIN, ...END])
  })

  test('a self-deploying device ends at the sign-in screen', async () => {
    const { way, output } = await boot({ autopilotProfile: [selfDeploying] })
    expect(way).toEqual([...START, ...LOOKUP, 'tpmAttestation', ...JOIN.slice(1), 'kioskSignIn'])
    expect(output).toEqual({ kind: 'ended', outcome: { kind: 'signInScreen', managed: true, autopilot: true } })
  })

  test.each([
    ['the device is not registered', NONE, 'no Autopilot profile: 807 not registered'],
    [
      'the service cannot be reached',
      { kind: 'unreachable', answer: { kind: 'unreachable', code: '0x80072ee7', text: 'no such host' } },
      'no Autopilot profile: 0x80072ee7 no such host',
    ],
  ])('the ordinary consumer way when %s', async (_, answer, note) => {
    const { way, output } = await boot({ autopilotProfile: [answer] })
    const consumer: Page[] = ['autopilotProfile', 'criticalUpdates', 'licenseTerms', 'deviceName', 'deviceUsage']
    const ofDevice: Page[] = ['deviceStatus', 'qualityUpdates']
    const withOffers: Page[] = END.flatMap((page) => (page === 'privacy' ? [page, 'consumerOffers'] : [page]))
    expect(way).toEqual([...START, ...consumer, ...JOIN.slice(0, 3), 'preparationPolicy', ...ofDevice, ...withOffers])
    expect(output).toEqual({
      kind: 'ended',
      outcome: { kind: 'desktop', account: 'administrator', managed: true, autopilot: false, note },
    })
  })

  test('the network is tested until there is internet when the lookup found none', async () => {
    const offline = { kind: 'offline' }
    const { way } = await boot({ autopilotProfile: [offline] })
    const again: Page[] = ['autopilotProfile', 'connectivity']
    expect(way).toEqual([...START, ...again, ...LOOKUP, ...JOIN, ...END])
  })

  test('a personal device is not managed', async () => {
    const doesNotApply = [{ kind: 'doesNotApply', why: [] }]
    const { output, heard } = await boot({
      autopilotProfile: [NONE],
      deviceUsage: [{ kind: 'personal' }],
      signIn: [{ kind: 'signedIn', account: anAccount({ kind: 'personal' }) }],
      deviceJoin: doesNotApply,
      enrollment: doesNotApply,
    })
    expect(output).toMatchObject({ outcome: { managed: false, autopilot: false } })
    expect(heard.map(({ type }) => type)).toEqual(['user.signedIn'])
  })
})

const back = { kind: 'back' }

describe('going back', () => {
  test.each<[string, Script, Page[]]>([
    [
      'from the keyboard',
      { keyboard: [back] },
      ['language', 'region', 'keyboard', 'region', 'keyboard', 'secondKeyboard', 'network', 'connectivity'],
    ],
    [
      'from the second keyboard',
      { secondKeyboard: [back] },
      ['language', 'region', 'keyboard', 'secondKeyboard', 'keyboard', 'secondKeyboard', 'network', 'connectivity'],
    ],
    [
      'from the network',
      { network: [back] },
      ['language', 'region', 'keyboard', 'secondKeyboard', 'network', 'secondKeyboard', 'network', 'connectivity'],
    ],
    ['from a network without internet', { connectivity: [{ kind: 'lost' }] }, [...START, 'network', 'connectivity']],
  ])('%s shows the page before', async (_, script, way) => {
    expect((await boot(script)).way).toEqual([...way, ...LOOKUP, ...JOIN, ...END])
  })

  test.each<[string, Script, Page, boolean[]]>([
    ['region', { keyboard: [back] }, 'region', [false, true]],
    ['the keyboard', { secondKeyboard: [back] }, 'keyboard', [false, true]],
    ['the second keyboard', { network: [back] }, 'secondKeyboard', [false, true]],
    ['the network', { connectivity: [{ kind: 'lost' }] }, 'network', [false, true]],
    ['the keyboard after the region was chosen anew', { keyboard: [back] }, 'keyboard', [false, true]],
    ['the network after the second keyboard was chosen anew', { network: [back] }, 'network', [false, true]],
  ])('tells %s whether it is shown again', async (_, script, page, isRevisit) => {
    const { inputs } = await boot(script)
    expect(inputs[page]?.map((input) => (input as { isRevisit: boolean }).isRevisit)).toEqual(isRevisit)
  })

  test('all the way to the region and forth again keeps what was chosen last', async () => {
    const { way, disk } = await boot({
      network: [back],
      secondKeyboard: [{ kind: 'added', keyboard: '00000407' }, back],
      keyboard: [{ kind: 'chosen', keyboard: '00000409' }, back, { kind: 'chosen', keyboard: '00000807' }],
      region: [
        { kind: 'chosen', region: 'US' },
        { kind: 'chosen', region: 'CH' },
      ],
    })
    expect(way.slice(0, 11)).toEqual([
      ...START.slice(0, 5),
      'secondKeyboard',
      'keyboard',
      'region',
      'keyboard',
      'secondKeyboard',
      'network',
    ])
    expect(disk).toMatchObject({ region: 'CH', keyboard: '00000807', secondKeyboard: 'none' })
  })
})

const startOver = { kind: 'startOver' }

test.each<[string, Script, Page[]]>([
  ['the join', { deviceJoin: [startOver] }, ['signIn', 'deviceJoin', ...JOIN]],
  ['the enrolment', { enrollment: [startOver] }, ['signIn', 'deviceJoin', 'enrollment', ...JOIN]],
])('starting over from %s begins with the sign-in', async (_, script, way) => {
  expect((await boot(script)).way).toEqual([...START, ...LOOKUP, ...way, ...END])
})

test('management runs beside it from power-on, and learns of the enrolment and the sign-in', async () => {
  const { managed, heard } = await boot()
  expect(managed).toEqual([{ isEnrolled: false, installersCollide: false }])
  expect(heard).toEqual([
    { type: 'device.enrolled', after: 'enrollment' },
    { type: 'user.signedIn', after: 'welcome' },
  ])
})

test('management of an enrolled device knows that it is, and is not told again', async () => {
  const enrollment = [{ kind: 'doesNotApply', why: [] }]
  const { managed, heard } = await boot({ enrollment }, { isEnrolled: true })
  expect(managed).toEqual([{ isEnrolled: true, installersCollide: false }])
  expect(heard).toEqual([{ type: 'user.signedIn', after: 'welcome' }])
})

test('no user has signed in where there is no welcome', async () => {
  const { heard } = await boot({ autopilotProfile: [selfDeploying] })
  expect(heard).toEqual([{ type: 'device.enrolled', after: 'enrollment' }])
})

test('a profile that is assigned on the second try counts', async () => {
  const { output } = await boot({ lookAround: [WIRED], autopilotProfile: [NONE, ASSIGNED] })
  expect(output).toMatchObject({ outcome: { kind: 'desktop', autopilot: true } })
  expect(output).not.toHaveProperty('outcome.note')
})

test('starting over on a self-deploying device begins with the attestation', async () => {
  const { way } = await boot({ autopilotProfile: [selfDeploying], deviceJoin: [startOver] })
  const again: Page[] = ['tpmAttestation', 'deviceJoin', 'tpmAttestation']
  expect(way).toEqual([...START, ...LOOKUP, ...again, ...JOIN.slice(1), 'kioskSignIn'])
})
