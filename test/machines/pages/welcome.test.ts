import { describe, expect, test } from 'vitest'
import type { Carried } from '../../../machines/carried.ts'
import type { Authentication, Credentials } from '../../../machines/pages/authentication.ts'
import type { NewPassword, NewPasswordAnswer } from '../../../machines/pages/new-password.ts'
import { type PhoneProofInput, type ProofAnswer, phoneProofMachine } from '../../../machines/pages/phone-proof.ts'
import type { RequestedProof, SentProof } from '../../../machines/pages/second-proof.ts'
import { type Recall, type WelcomeInput, welcomeMachine } from '../../../machines/pages/welcome.ts'
import type { Branding } from '../../../src/domain/autopilot.ts'
import { Secret } from '../../../src/domain/secret.ts'
import { anAccount, aTrouble } from '../samples.ts'
import {
  contextOf,
  everyMove,
  everyOutcome,
  firstContext,
  type Moves,
  outcomeOf,
  play,
  press,
  replies,
  stateOf,
} from '../scene.ts'

const account = anAccount()
const input: WelcomeInput = { account, tenantDomain: 'hillview.test', isStandardUser: true }
const branding: Branding = { name: 'Hillview School' }
const signedIn: Authentication = { kind: 'signedIn', account }
const password = (text = 'correct horse') => press('user.signIn', {}, { password: new Secret(text) })

interface World {
  isRecalled?: boolean
  hasWebSignIn?: boolean
  proofs?: RequestedProof[]
  sent?: SentProof[]
  phone?: ProofAnswer[]
  answers?: Authentication[]
  changes?: NewPasswordAnswer[]
  input?: Partial<WelcomeInput>
}

/** A device whose person has signed in before, and whose credentials are in memory unless a restart lost them. */
async function start(world: World, ...moves: Moves<typeof welcomeMachine>) {
  const loadBranding = replies<Branding | null, string>(branding)
  const authenticate = replies<Authentication, Credentials>(...(world.answers ?? []))
  const setNewPassword = replies<NewPasswordAnswer, NewPassword>(...(world.changes ?? []))
  const createSession = replies<void, { isStandardUser: boolean }>(undefined)
  const machine = welcomeMachine.provide({
    actors: {
      loadBranding: loadBranding.logic,
      recallCredentials: replies<Recall>({
        isRecalled: world.isRecalled ?? true,
        hasWebSignIn: world.hasWebSignIn ?? false,
      }).logic,
      requestProof: replies<RequestedProof>(...(world.proofs ?? [])).logic,
      sendProof: replies<SentProof, Carried>(...(world.sent ?? [])).logic,
      phoneProof: phoneProofMachine.provide({
        actors: { pollProof: replies<ProofAnswer, PhoneProofInput>(...(world.phone ?? [])).logic },
      }),
      authenticate: authenticate.logic,
      setNewPassword: setNewPassword.logic,
      createSession: createSession.logic,
    },
  })
  const scene = await play(machine, { ...input, ...world.input }, ...moves)
  return {
    ...scene,
    domains: loadBranding.asked,
    tried: authenticate.asked,
    changed: setNewPassword.asked,
    sessions: createSession.asked,
  }
}

test('the page carries the name of the school', async () => {
  const scene = await start({})
  expect({ branding: contextOf(scene).branding, domains: scene.domains }).toEqual({
    branding,
    domains: ['hillview.test'],
  })
})

test.each([
  [true, 'greeting'],
  [false, 'askingForPassword'],
])('with credentials in memory %s it is %s', async (isRecalled, state) => {
  expect(stateOf(await start({ isRecalled }))).toBe(state)
})

test('one millisecond before the greeting is over there is no session yet', async () => {
  const scene = await start({}, 2_999)
  expect({ state: stateOf(scene), sessions: scene.sessions }).toEqual({ state: 'greeting', sessions: [] })
})

test.each([true, false])('after the greeting a session is created, isStandardUser %s', async (isStandardUser) => {
  const scene = await start({ input: { isStandardUser } }, 3_000)
  expect({ outcome: outcomeOf(scene), sessions: scene.sessions }).toEqual({
    outcome: { kind: 'signedIn' },
    sessions: [{ isStandardUser }],
  })
})

test('a password is asked for the account of before', async () => {
  const { tried } = await start({ isRecalled: false }, password())
  expect(tried.map((credentials) => ({ ...credentials, password: credentials.password.reveal() }))).toEqual([
    { usage: 'workOrSchool', email: account.upn, password: 'correct horse', tenantId: account.tenantId },
  ])
})

test.each<[Authentication['kind'], Authentication, string, object]>([
  ['signedIn', signedIn, 'greeting', { complaint: 'none', trouble: null, password: null }],
  [
    'wrongPassword',
    { kind: 'wrongPassword' },
    'askingForPassword',
    { complaint: 'wrongPassword', trouble: null, password: null },
  ],
  [
    'trouble',
    { kind: 'trouble', trouble: aTrouble() },
    'failed',
    { complaint: 'none', trouble: aTrouble(), password: null },
  ],
  [
    'newPasswordWanted',
    { kind: 'newPasswordWanted', change: {}, trouble: aTrouble() },
    'askingForPassword',
    { complaint: 'notAllowed', trouble: null, password: null },
  ],
  [
    'proofMissing',
    { kind: 'proofMissing', trouble: aTrouble() },
    'failed',
    { complaint: 'none', trouble: aTrouble(), password: null },
  ],
])('a password that is answered with %s', async (_, answer, state, notes) => {
  const scene = await start({ isRecalled: false, answers: [answer] }, password())
  expect(stateOf(scene)).toBe(state)
  expect(contextOf(scene)).toMatchObject(notes)
})

test('the complaint about a password is gone with the next one', async () => {
  const scene = await start({ isRecalled: false, answers: [{ kind: 'wrongPassword' }] }, password('wrong'), password())
  expect({ state: stateOf(scene), complaint: contextOf(scene).complaint }).toEqual({
    state: 'authenticating',
    complaint: 'none',
  })
})

describe('web sign-in', () => {
  const web = press('user.webSignIn', {}, { password: new Secret('correct horse') })
  const lost: World = { isRecalled: false, hasWebSignIn: true, answers: [signedIn] }
  const wanted: RequestedProof = { kind: 'proofWanted', proof: {} }
  const sent: SentProof = { kind: 'sent', proof: {}, number: '42' }

  test('is not there without its policy', async () => {
    expect(stateOf(await start({ ...lost, hasWebSignIn: false }, web))).toBe('askingForPassword')
  })

  test.each<[string, World, string]>([
    ['a second proof is asked for', { proofs: [] }, 'requestingProof'],
    ['the phone is asked', { proofs: [wanted], sent: [] }, 'sendingProof'],
    ['the number is shown', { proofs: [wanted], sent: [sent] }, 'provingIdentity'],
    ['nothing else is asked of an access pass', { proofs: [{ kind: 'proven' }] }, 'greeting'],
    ['a refusal is told', { proofs: [{ kind: 'trouble', trouble: aTrouble() }] }, 'failed'],
    ['the phone cannot be asked', { proofs: [wanted], sent: [{ kind: 'trouble', trouble: aTrouble() }] }, 'failed'],
  ])('%s', async (_, world, state) => {
    expect(stateOf(await start({ ...lost, ...world }, web))).toBe(state)
  })

  test.each<[ProofAnswer, string]>([
    [{ kind: 'signedIn', account }, 'greeting'],
    [{ kind: 'refused', trouble: aTrouble() }, 'failed'],
  ])('the phone answers %j', async (answer, state) => {
    const scene = await start({ ...lost, proofs: [wanted], sent: [sent], phone: [answer] }, web, 1_000)
    expect(stateOf(scene)).toBe(state)
  })

  const wantsNew: Authentication = { kind: 'newPasswordWanted', change: {}, trouble: aTrouble() }
  const typed = (first: string, second: string) =>
    press('user.signIn', {}, { newPassword: new Secret(first), confirmPassword: new Secret(second) })

  test('a password that has to be changed leads to the page for a new one', async () => {
    expect(stateOf(await start({ ...lost, answers: [wantsNew] }, web))).toBe('enteringNewPassword')
  })

  test.each<[string, NewPasswordAnswer[], [string, string], object]>([
    ['two that differ', [], ['Kite-2', 'Kite-3'], { state: 'enteringNewPassword', complaint: 'differentPasswords' }],
    ['an empty one', [], ['', ''], { state: 'enteringNewPassword', complaint: 'differentPasswords' }],
    [
      'a weak one',
      [{ kind: 'weakPassword' }],
      ['kite', 'kite'],
      { state: 'enteringNewPassword', complaint: 'weakPassword' },
    ],
    ['a good one', [signedIn], ['Kite-2', 'Kite-2'], { state: 'requestingProof', complaint: 'none' }],
    [
      'one that the service refuses',
      [{ kind: 'trouble', trouble: aTrouble() }],
      ['Kite-2', 'Kite-2'],
      { state: 'failed', complaint: 'none' },
    ],
  ])('of new passwords, %s', async (_, changes, [first, second], shown) => {
    const scene = await start({ ...lost, answers: [wantsNew], changes }, web, typed(first, second))
    expect({ state: stateOf(scene), complaint: contextOf(scene).complaint }).toEqual(shown)
    expect(contextOf(scene).password).toBeNull()
    expect(scene.changed.map(({ password: one, tenantId }) => [one.reveal(), tenantId])).toEqual(
      changes.map(() => [first, account.tenantId]),
    )
  })

  test('the password alone takes the ordinary way', async () => {
    expect(stateOf(await start(lost, password()))).toBe('greeting')
  })
})

everyMove(welcomeMachine, {
  context: { ...firstContext(welcomeMachine, input), hasWebSignIn: true, proof: {}, change: {} },
  events: {
    'user.signIn': password(),
    'user.signIn with an empty password': password(''),
    'user.signIn with nothing': press('user.signIn'),
    'user.webSignIn': press('user.webSignIn', {}, { password: new Secret('correct horse') }),
    'user.signIn with a new password': press(
      'user.signIn',
      {},
      { newPassword: new Secret('Paper-Kite-2'), confirmPassword: new Secret('Paper-Kite-2') },
    ),
    'user.tryAgain': press('user.tryAgain'),
    'user.cancel': press('user.cancel'),
  },
  moves: {
    loadingBranding: {},
    recalling: {},
    greeting: {},
    askingForPassword: { 'user.signIn': 'authenticating', 'user.webSignIn': 'authenticating' },
    enteringNewPassword: {
      'user.signIn': 'enteringNewPassword',
      'user.signIn with an empty password': 'enteringNewPassword',
      'user.signIn with nothing': 'enteringNewPassword',
      'user.signIn with a new password': 'settingNewPassword',
      'user.cancel': 'askingForPassword',
    },
    settingNewPassword: {},
    requestingProof: {},
    sendingProof: {},
    provingIdentity: { 'user.cancel': 'askingForPassword' },
    authenticating: {},
    creatingSession: {},
    failed: { 'user.tryAgain': 'askingForPassword' },
  },
})

everyOutcome(welcomeMachine, {
  signedIn: async () => outcomeOf(await start({ isRecalled: false, answers: [signedIn] }, password(), 3_000)),
})
