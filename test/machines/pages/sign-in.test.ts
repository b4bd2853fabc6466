import { expect, test } from 'vitest'
import {
  type AccountLookup,
  type Authentication,
  type Credentials,
  type SentProof,
  type SignInInput,
  signInMachine,
} from '../../../machines/pages/sign-in.ts'
import type { Branding } from '../../../src/domain/autopilot.ts'
import { Secret } from '../../../src/domain/secret.ts'
import { anAccount, aProfile, aTrouble } from '../samples.ts'
import { contextOf, everyOutcome, type Moves, outcomeOf, play, press, replies, skipped, stateOf } from '../scene.ts'

const account = anAccount()
const tenant = { id: account.tenantId, domain: 'hillview.test', assignedUpn: '', profile: 'Students', isExplicit: true }
const found: AccountLookup = { kind: 'found', displayName: 'Alex Rivera' }
const signedIn: Authentication = { kind: 'signedIn', account }
const branding: Branding = { name: 'Hillview School' }

const email = (text: string) => press('user.next', { email: text })
const password = (text = 'correct horse') => press('user.signIn', {}, { password: new Secret(text) })

interface World {
  input?: Partial<SignInInput>
  lookups?: AccountLookup[]
  answers?: Authentication[]
  sent?: SentProof[]
  proofs?: Authentication[]
}

/** A sign-in page whose identity provider answers like this. */
async function start(
  { input = {}, lookups = [], answers = [], sent = [], proofs = [] }: World,
  ...moves: Moves<typeof signInMachine>
) {
  const loadBranding = replies<Branding | null, string>(branding)
  const lookUpAccount = replies<AccountLookup, { email: string; usage: 'workOrSchool' | 'personal' }>(...lookups)
  const authenticate = replies<Authentication, Credentials>(...answers)
  const sendProof = replies<SentProof>(...sent)
  const awaitProof = replies<Authentication, { tenantId: string | undefined }>(...proofs)
  const matches: boolean[] = []
  const machine = signInMachine.provide({
    actions: { reportTenantMatch: (_, { matched }) => matches.push(matched) },
    actors: {
      loadBranding: loadBranding.logic,
      lookUpAccount: lookUpAccount.logic,
      authenticate: authenticate.logic,
      sendProof: sendProof.logic,
      awaitProof: awaitProof.logic,
    },
  })
  const scene = await play(machine, { usage: 'workOrSchool', ...input }, ...moves)
  return { ...scene, matches, domains: loadBranding.asked, lookedUp: lookUpAccount.asked, tried: authenticate.asked }
}

/** As far as the password of an account that exists. */
const atPassword = (answers: Authentication[], input: Partial<SignInInput>, ...moves: Moves<typeof signInMachine>) =>
  start({ input, lookups: [found, found], answers }, email(account.upn), ...moves)

test('does not apply when the parent says that nobody has to sign in', async () => {
  const scene = await start({ input: { notNeeded: 'self-deploying mode: no user signs in', tenant } })
  expect(outcomeOf(scene)).toEqual(skipped('self-deploying mode: no user signs in', 'sign-in skipped'))
})

test.each<[string, Partial<SignInInput>, Branding | null, string[]]>([
  ['carries the name of the school with a profile', { tenant }, branding, ['hillview.test']],
  ['is plain without a profile', {}, null, []],
])('the page %s', async (_, input, shown, domains) => {
  const scene = await start({ input })
  expect({ state: stateOf(scene), branding: contextOf(scene).branding, domains: scene.domains }).toEqual({
    state: 'enteringEmail',
    branding: shown,
    domains,
  })
})

test('a user who is assigned to the device enters no e-mail address', async () => {
  const input = { tenant: { ...tenant, assignedUpn: 'robin@hillview.test' } }
  const scene = await start({ input, lookups: [found] })
  expect({ state: stateOf(scene), lookedUp: scene.lookedUp }).toEqual({
    state: 'enteringPassword',
    lookedUp: [{ email: 'robin@hillview.test', usage: 'workOrSchool' }],
  })
})

test.each<[string, AccountLookup, string, object]>([
  ['that exists', found, 'enteringPassword', { complaint: 'none', trouble: null }],
  ['that nobody knows', { kind: 'unknown' }, 'enteringEmail', { complaint: 'unknownAccount', trouble: null }],
  [
    'that cannot be looked up',
    { kind: 'trouble', trouble: aTrouble() },
    'failed',
    { complaint: 'none', trouble: aTrouble() },
  ],
])('an account %s', async (_, lookup, state, notes) => {
  const scene = await start({ lookups: [lookup] }, email('  alex@hillview.test '))
  expect(stateOf(scene)).toBe(state)
  expect(contextOf(scene)).toMatchObject({ email: 'alex@hillview.test', ...notes })
})

test('the address, the password and the tenant are what is signed in with', async () => {
  const { tried } = await atPassword([signedIn], { tenant }, password())
  expect(tried.map((credentials) => ({ ...credentials, password: credentials.password.reveal() }))).toEqual([
    { usage: 'workOrSchool', email: account.upn, password: 'correct horse', tenantId: tenant.id },
  ])
})

test.each<[string, Authentication, Partial<SignInInput>, string, boolean[], object]>([
  ['signs in', signedIn, { tenant }, 'settled', [true], { password: null }],
  [
    'belongs to another tenant',
    { kind: 'signedIn', account: anAccount({ tenantId: 'other' }) },
    { tenant },
    'refusedByTenant',
    [false],
    { password: null },
  ],
  [
    'has another password',
    { kind: 'wrongPassword' },
    { tenant },
    'enteringPassword',
    [],
    { complaint: 'wrongPassword', password: null },
  ],
  [
    'meets trouble',
    { kind: 'trouble', trouble: aTrouble() },
    { tenant },
    'failed',
    [],
    { trouble: aTrouble(), password: null },
  ],
])('an account that %s', async (_, answer, input, state, matches, notes) => {
  const scene = await atPassword([answer], input, password())
  expect({ state: stateOf(scene), matches: scene.matches }).toEqual({ state, matches })
  expect(contextOf(scene)).toMatchObject(notes)
})

test('without a profile there is no tenant to match, whatever the account', async () => {
  const scene = await atPassword([{ kind: 'signedIn', account: anAccount({ tenantId: 'any' }) }], {}, password())
  expect(outcomeOf(scene)).toEqual({ kind: 'signedIn', account: anAccount({ tenantId: 'any' }) })
})

test('the complaint about a password is gone with the next one', async () => {
  const scene = await atPassword([{ kind: 'wrongPassword' }], {}, password('wrong'), password())
  expect({ state: stateOf(scene), complaint: contextOf(scene).complaint }).toEqual({
    state: 'authenticating',
    complaint: 'none',
  })
})

test.each([
  [599_999, 'enteringPassword', 'none'],
  [600_000, 'enteringEmail', 'timedOut'],
])('after %i ms without a password it is %s', async (ms, state, complaint) => {
  const scene = await atPassword([], {}, ms)
  expect({ state: stateOf(scene), complaint: contextOf(scene).complaint }).toEqual({ state, complaint })
})

test('a wrong password opens a new session', async () => {
  const scene = await atPassword([{ kind: 'wrongPassword' }], {}, 599_999, password(), 599_999)
  expect(stateOf(scene)).toBe('enteringPassword')
})

test.each<[string, Authentication[], Moves<typeof signInMachine>]>([
  ['going back from the password', [], [press('user.back')]],
  [
    'trying again after a refusal',
    [{ kind: 'signedIn', account: anAccount({ tenantId: 'other' }) }],
    [password(), press('user.tryAgain')],
  ],
  ['trying again after trouble', [{ kind: 'trouble', trouble: aTrouble() }], [password(), press('user.tryAgain')]],
])('%s starts with an empty page', async (_, answers, moves) => {
  const scene = await atPassword(answers, { tenant }, ...moves)
  expect(stateOf(scene)).toBe('enteringEmail')
  expect(contextOf(scene)).toMatchObject({ email: '', password: null, complaint: 'none', trouble: null, branding })
})

const proofWanted: Authentication = { kind: 'proofWanted' }
const sent: SentProof = { kind: 'sent', number: '42' }

/** As far as the number that the person enters on the phone. */
const atProof = (world: World, ...moves: Moves<typeof signInMachine>) =>
  start(
    { lookups: [found], answers: [proofWanted], sent: [sent, { kind: 'sent', number: '17' }], ...world },
    email(account.upn),
    password(),
    ...moves,
  )

test.each<[string, World, string, object, boolean[]]>([
  ['is waited for under its number', {}, 'provingIdentity', { number: '42', trouble: null }, []],
  ['that was given signs in', { input: { tenant }, proofs: [signedIn] }, 'settled', {}, [true]],
  [
    'of somebody of another tenant is refused',
    { input: { tenant }, proofs: [{ kind: 'signedIn', account: anAccount({ tenantId: 'other' }) }] },
    'refusedByTenant',
    {},
    [false],
  ],
  [
    'that was denied may be asked for again',
    { proofs: [{ kind: 'trouble', trouble: aTrouble() }] },
    'unproven',
    { trouble: aTrouble() },
    [],
  ],
  [
    'that cannot be asked for',
    { sent: [{ kind: 'trouble', trouble: aTrouble() }] },
    'failed',
    { trouble: aTrouble() },
    [],
  ],
])('a second proof %s', async (_, world, state, notes, matches) => {
  const scene = await atProof(world)
  expect({ state: stateOf(scene), matches: scene.matches }).toEqual({ state, matches })
  expect(contextOf(scene)).toMatchObject(notes)
})

test('another notification has another number', async () => {
  const scene = await atProof({ proofs: [{ kind: 'trouble', trouble: aTrouble() }] }, press('user.tryAgain'))
  expect({ state: stateOf(scene), ...contextOf(scene) }).toMatchObject({
    state: 'provingIdentity',
    number: '17',
    trouble: null,
  })
})

test('a proof that nobody gives times out', async () => {
  const scene = await atProof({}, 600_000)
  expect([stateOf(scene), contextOf(scene).complaint]).toEqual(['enteringEmail', 'timedOut'])
})

test('who has nothing to prove it with comes to a page that leads nowhere but back', async () => {
  const scene = await atPassword([{ kind: 'proofMissing', trouble: aTrouble({ code: '50072' }) }], {}, password())
  expect([stateOf(scene), contextOf(scene).trouble?.code]).toEqual(['missingProof', '50072'])
})

test('a federated domain has a page of its own', async () => {
  const scene = await start({ lookups: [{ ...found, signInPage: 'Hillview STS' }] }, email(account.upn))
  expect([stateOf(scene), contextOf(scene).signInPage]).toEqual(['enteringPassword', 'Hillview STS'])
})

everyOutcome('signIn', {
  signedIn: async () =>
    outcomeOf(await atPassword([signedIn], { tenant: { ...tenant, id: aProfile().tenantId } }, password())),
  doesNotApply: async () => outcomeOf(await start({ input: { notNeeded: 'somebody signed in before the restart' } })),
})
