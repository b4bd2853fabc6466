import { expect, test } from 'vitest'
import { fromPromise } from 'xstate'
import type { Authentication, Credentials } from '../../../machines/pages/authentication.ts'
import { type Leaving, nextSignInMachine } from '../../../machines/pages/next-sign-in.ts'
import { Secret } from '../../../src/domain/secret.ts'
import { anAccount, aTrouble } from '../samples.ts'
import { contextOf, everyMove, everyOutcome, firstContext, outcomeOf, play, press, replies, stateOf } from '../scene.ts'

const account = anAccount({ upn: 'sam@hillview.test', displayName: 'Sam Ruiz' })
const input = { tenantId: account.tenantId, hasKiosk: false }
const signedIn: Authentication = { kind: 'signedIn', account }
const trouble = aTrouble({ code: '0x80190001' })

const signIn = (email = account.upn, password = 'blue umbrella') =>
  press('user.signIn', { email }, { password: new Secret(password) })

/** The sign-in screen of a device that is set up, when the identity provider answers like this. */
const chosen = { type: 'reset.chosen' } as const
const asGuest = press('user.guest')

async function start(
  answers: Authentication[],
  over: { hasKiosk?: boolean; known?: string[]; tenantId?: string | undefined } & Partial<Leaving> = {},
  moves: (ReturnType<typeof signIn> | typeof chosen | typeof asGuest)[] = answers.map(() => signIn()),
) {
  const { refusedReset = null, hasGuest = false, hasOrganization = true, ...facts } = over
  const calls: string[] = []
  const noted = (name: string) => fromPromise<void>(async () => void calls.push(name))
  const endSession = fromPromise<Leaving>(async () => {
    calls.push('endSession')
    return { refusedReset, hasGuest, hasOrganization }
  })
  const authenticate = replies<Authentication, Credentials>(...answers)
  const machine = nextSignInMachine.provide({
    actors: { endSession, authenticate: authenticate.logic, openSession: noted('openSession') },
  })
  const scene = await play(machine, { ...input, ...facts }, ...moves)
  return { ...scene, calls, tried: authenticate.asked }
}

test('the session of the first person ends before a person is asked', async () => {
  const scene = await start([])
  expect({ state: stateOf(scene), calls: scene.calls }).toEqual({ state: 'asking', calls: ['endSession'] })
})

test('a person who signs in has a session, and the statechart ends with them', async () => {
  const scene = await start([signedIn], {}, [signIn(' sam@hillview.test ')])
  expect(outcomeOf(scene)).toEqual({ kind: 'signedIn', account })
  expect(scene.calls).toEqual(['endSession', 'openSession'])
  const [{ email, password, usage, tenantId } = undefined!] = scene.tried
  expect({ email, password: password.reveal(), usage, tenantId }).toEqual({
    email: account.upn,
    password: 'blue umbrella',
    usage: 'workOrSchool',
    tenantId: account.tenantId,
  })
})

test.each<[string, Authentication, { isWrong: boolean; isNotAllowed?: boolean; trouble: object | null }]>([
  ['a wrong password', { kind: 'wrongPassword' }, { isWrong: true, trouble: null }],
  ['trouble', { kind: 'trouble', trouble }, { isWrong: false, trouble }],
  [
    'a password that has to be changed',
    { kind: 'newPasswordWanted', change: {}, trouble },
    { isWrong: false, isNotAllowed: true, trouble: null },
  ],
  ['a second proof that is missing', { kind: 'proofMissing', trouble }, { isWrong: false, trouble }],
  [
    'an account of another organization',
    { kind: 'signedIn', account: anAccount({ tenantId: '0b0d1e00-0000-4000-8000-000000000002' }) },
    { isWrong: true, trouble: null },
  ],
])('%s is said, and the password is forgotten', async (_, answer, shown) => {
  const scene = await start([answer])
  expect(stateOf(scene)).toBe('asking')
  expect(contextOf(scene)).toMatchObject({ ...shown, credentials: null, account: null })
  expect(scene.calls).toEqual(['endSession'])
})

test('what was said is gone with the next try', async () => {
  const scene = await start([{ kind: 'wrongPassword' }], {}, [signIn(), signIn()])
  expect(stateOf(scene)).toBe('authenticating')
  expect(contextOf(scene)).toMatchObject({ isWrong: false, trouble: null })
})

test('a device that has joined nothing knows no organization that a person has to belong to', async () => {
  const scene = await start([signedIn], { tenantId: undefined })
  expect(outcomeOf(scene)).toEqual({ kind: 'signedIn', account })
})

test('a person whom the device does not know is none who has returned', async () => {
  const scene = await start([signedIn], { known: ['alex@hillview.test'] })
  expect(outcomeOf(scene)).toEqual({ kind: 'signedIn', account })
})

test('the account of a kiosk that lost its sign-in needs its name alone', async () => {
  const scene = await start([], { hasKiosk: true }, [signIn(' KIOSKUSER0 ', '')])
  expect(outcomeOf(scene)).toEqual({ kind: 'kiosk' })
  expect(scene.calls).toEqual(['endSession'])
})

test.each([
  ['with a password it is another account', true, 'kioskUser0', 'x', 'authenticating'],
  ['another name without a password is incomplete', true, 'ben', '', 'asking'],
  ['a device without a kiosk has no such account', false, 'kioskUser0', '', 'asking'],
])('%s', async (_, hasKiosk, email, password, state) => {
  expect(stateOf(await start([], { hasKiosk }, [signIn(email, password)]))).toBe(state)
})

test('a reset that was not begun is said before a person signs in', async () => {
  expect(contextOf(await start([], { refusedReset: trouble })).refusedReset).toEqual(trouble)
})

test.each([
  [true, 1],
  [false, 0],
])('accounts of the organization may sign in: %s', async (hasOrganization, times) => {
  const scene = await start([{ kind: 'wrongPassword' }], { hasGuest: true, hasOrganization })
  expect(scene.tried).toHaveLength(times)
})

test('a guest needs Shared PC mode', async () => {
  expect(stateOf(await start([], {}, [asGuest]))).toBe('asking')
})

everyOutcome(nextSignInMachine, {
  guest: async () => outcomeOf(await start([], { hasGuest: true }, [asGuest])),
  localReset: async () => outcomeOf(await start([], {}, [chosen])),
  signedIn: async () => outcomeOf(await start([signedIn])),
  returned: async () => outcomeOf(await start([signedIn], { known: ['SAM@hillview.test'] })),
  kiosk: async () => outcomeOf(await start([], { hasKiosk: true }, [signIn('kioskUser0', '')])),
})

everyMove(nextSignInMachine, {
  context: { ...firstContext(nextSignInMachine, input), hasGuest: true },
  events: {
    'user.signIn': signIn(),
    'user.signIn without an address': signIn(' '),
    'user.signIn without a password': signIn(account.upn, ''),
    'user.signIn with nothing': press('user.signIn'),
    'user.guest': asGuest,
  },
  moves: {
    leaving: {},
    asking: { 'user.signIn': 'authenticating', 'user.guest': 'guest' },
    authenticating: {},
    openingSession: {},
  },
})
