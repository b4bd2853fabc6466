import { expect, test } from 'vitest'
import type { Authentication, Credentials, Realm } from '../../../machines/pages/authentication.ts'
import type { NewPassword, NewPasswordAnswer } from '../../../machines/pages/new-password.ts'
import { type PhoneProofInput, type ProofAnswer, phoneProofMachine } from '../../../machines/pages/phone-proof.ts'
import type { SentProof } from '../../../machines/pages/second-proof.ts'
import { signInMachine } from '../../../machines/pages/sign-in.ts'
import type { AccountLookup, KeyAnswer, PluggedKey, SignInInput } from '../../../machines/pages/sign-in-setup.ts'
import type { Branding } from '../../../src/domain/autopilot.ts'
import { Secret } from '../../../src/domain/secret.ts'
import { anAccount, aProfile, aTrouble } from '../samples.ts'
import { contextOf, everyOutcome, type Moves, outcomeOf, play, press, replies, skipped, stateOf } from '../scene.ts'

const account = anAccount()
const tenant = {
  id: account.tenantId,
  domain: 'hillview.test',
  assignedUpn: '',
  profile: 'Students',
  isExplicit: true,
  hidesOtherAccount: true,
}
const realm: Realm = { page: undefined }
const found = { kind: 'found', displayName: 'Alex Rivera', realm } satisfies AccountLookup
const signedIn: Authentication = { kind: 'signedIn', account }
const branding: Branding = { name: 'Hillview School' }

const email = (text: string) => press('user.next', { email: text })
const password = (text = 'correct horse') => press('user.signIn', {}, { password: new Secret(text) })

interface World {
  input?: Partial<SignInInput>
  lookups?: AccountLookup[]
  answers?: Authentication[]
  sent?: SentProof[]
  proofs?: ProofAnswer[]
  changes?: NewPasswordAnswer[]
  keys?: KeyAnswer[]
}

/** A sign-in page whose identity provider answers like this. */
async function start(
  { input = {}, lookups = [], answers = [], sent = [], proofs = [], changes = [], keys = [] }: World,
  ...moves: Moves<typeof signInMachine>
) {
  const loadBranding = replies<Branding | null, string>(branding)
  const lookUpAccount = replies<AccountLookup, { email: string; usage: 'workOrSchool' | 'personal' }>(...lookups)
  const authenticate = replies<Authentication, Credentials>(...answers)
  const sendProof = replies<SentProof, object>(...sent)
  const signInWithKey = replies<KeyAnswer, PluggedKey>(...keys)
  const setNewPassword = replies<NewPasswordAnswer, NewPassword>(...changes)
  const pollProof = replies<ProofAnswer, PhoneProofInput>(...proofs)
  const matches: boolean[] = []
  const machine = signInMachine.provide({
    actions: { reportTenantMatch: (_, { matched }) => matches.push(matched) },
    actors: {
      loadBranding: loadBranding.logic,
      lookUpAccount: lookUpAccount.logic,
      authenticate: authenticate.logic,
      setNewPassword: setNewPassword.logic,
      signInWithKey: signInWithKey.logic,
      sendProof: sendProof.logic,
      phoneProof: phoneProofMachine.provide({ actors: { pollProof: pollProof.logic } }),
    },
  })
  const scene = await play(machine, { usage: 'workOrSchool', ...input }, ...moves)
  return {
    ...scene,
    matches,
    domains: loadBranding.asked,
    lookedUp: lookUpAccount.asked,
    tried: authenticate.asked,
    plugged: signInWithKey.asked,
    changed: setNewPassword.asked,
    sentFor: sendProof.asked,
    polled: pollProof.asked,
  }
}

/** As far as the password of an account that exists. */
const atPassword = (answers: Authentication[], input: Partial<SignInInput>, ...moves: Moves<typeof signInMachine>) =>
  start({ input, lookups: [found, found], answers }, email(account.upn), ...moves)

test('does not apply when the parent says that no one has to sign in', async () => {
  const scene = await start({ input: { notNeeded: 'the user signed in before the restart', tenant } })
  expect(outcomeOf(scene)).toEqual(skipped('the user signed in before the restart', 'sign-in skipped'))
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
  ['that is unknown', { kind: 'unknown' }, 'enteringEmail', { complaint: 'unknownAccount', trouble: null }],
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

test('the address, the password, the tenant and the realm are what is signed in with', async () => {
  const { tried } = await atPassword([signedIn], { tenant }, password())
  expect(tried.map((credentials) => ({ ...credentials, password: credentials.password.reveal() }))).toEqual([
    { usage: 'workOrSchool', email: account.upn, password: 'correct horse', tenantId: tenant.id, realm },
  ])
})

test.each<[string, Authentication, Partial<SignInInput>, string, boolean[], object]>([
  ['signs in', signedIn, { tenant }, 'signedIn', [true], { account, password: null }],
  [
    'belongs to another tenant',
    { kind: 'signedIn', account: anAccount({ tenantId: 'other' }) },
    { tenant },
    'refusedByTenant',
    [false],
    { account: null, password: null },
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
  const empty = { email: '', password: null, complaint: 'none', trouble: null, realm: null, proof: null }
  expect(contextOf(scene)).toMatchObject({ ...empty, branding })
})

const proof = { name: 'the proof that is wanted' }
const sentProof = { name: 'the proof that was sent' }
const proofWanted: Authentication = { kind: 'proofWanted', proof }
const sent = { kind: 'sent', number: '42', proof: sentProof } satisfies SentProof

/** As far as the number that the person enters on the phone. */
const atProof = (world: World, ...moves: Moves<typeof signInMachine>) =>
  start(
    { lookups: [found], answers: [proofWanted], sent: [sent, { ...sent, number: '17' }], ...world },
    email(account.upn),
    password(),
    ...moves,
  )

test.each<[string, World, string, object, boolean[]]>([
  ['is waited for under its number', {}, 'provingIdentity', { number: '42', trouble: null }, []],
  [
    'that was given signs in',
    { input: { tenant }, proofs: [{ kind: 'signedIn', account }] },
    'signedIn',
    { account },
    [true],
  ],
  [
    'of a person of another tenant is refused',
    { input: { tenant }, proofs: [{ kind: 'signedIn', account: anAccount({ tenantId: 'other' }) }] },
    'refusedByTenant',
    { account: null },
    [false],
  ],
  [
    'that was denied may be asked for again',
    { proofs: [{ kind: 'refused', trouble: aTrouble() }] },
    'unproven',
    { trouble: aTrouble() },
    [],
  ],
  [
    'that is not enough may be asked for again',
    { proofs: [{ kind: 'refused', trouble: null }] },
    'unproven',
    { trouble: null },
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
  const scene = await atProof(world, 1_000)
  expect({ state: stateOf(scene), matches: scene.matches }).toEqual({ state, matches })
  expect(contextOf(scene)).toMatchObject(notes)
})

test('the proof that is wanted is sent, and what was sent is what the phone is asked about', async () => {
  const { sentFor, polled } = await atProof({ input: { tenant } }, 1_000)
  expect({ sentFor, polled }).toEqual({ sentFor: [proof], polled: [{ proof: sentProof, tenantId: tenant.id }] })
})

test('another notification has another number', async () => {
  const scene = await atProof({ proofs: [{ kind: 'refused', trouble: aTrouble() }] }, 1_000, press('user.tryAgain'))
  expect({ state: stateOf(scene), ...contextOf(scene) }).toMatchObject({
    state: 'provingIdentity',
    number: '17',
    trouble: null,
  })
})

test.each([
  [599_999, 'provingIdentity', 'none'],
  [600_000, 'enteringEmail', 'timedOut'],
])('after %i ms without a proof it is %s', async (ms, state, complaint) => {
  const scene = await atProof({ proofs: [{ kind: 'pending', proof: sentProof }] }, 1_000, ms - 1_000)
  expect([stateOf(scene), contextOf(scene).complaint]).toEqual([state, complaint])
})

test('the phone is not asked about any more after a person went back', async () => {
  const world: World = { proofs: [{ kind: 'pending', proof: sentProof }] }
  const scene = await atProof(world, 1_000, press('user.back'), 600_000)
  expect({ state: stateOf(scene), polls: scene.polled.length }).toEqual({ state: 'enteringEmail', polls: 1 })
  expect(contextOf(scene)).toMatchObject({ proof: null, number: '', complaint: 'timedOut' })
})

test('who has nothing to prove it with comes to a page that leads nowhere but back', async () => {
  const scene = await atPassword([{ kind: 'proofMissing', trouble: aTrouble({ code: '50072' }) }], {}, password())
  expect([stateOf(scene), contextOf(scene).trouble?.code]).toEqual(['missingProof', '50072'])
})

const withPass: AccountLookup = { ...found, hasAccessPass: true }

test('who has a Temporary Access Pass signs in with it, and who has none is not offered it', async () => {
  const scene = await start({ lookups: [withPass] }, email(account.upn), press('user.useAccessPass'), password())
  expect(scene.tried.map(({ isAccessPass }) => isAccessPass)).toEqual([true])
  const without = await atPassword([], {}, press('user.useAccessPass'), password())
  expect(without.tried.map(({ isAccessPass }) => isAccessPass)).toEqual([undefined])
})

const KEY = 'YK-0417'
const enterPin = (name = KEY, pin = '246813') => press('user.useKey', { securityKey: name }, { pin: new Secret(pin) })
const atKey = (keys: KeyAnswer[], ...moves: Moves<typeof signInMachine>) =>
  start({ keys, input: { securityKeys: [KEY] } }, press('user.options'), press('user.securityKey'), ...moves)

test('a security key signs in, with what was entered for its PIN', async () => {
  const scene = await atKey([{ kind: 'signedIn', account }], enterPin())
  expect(outcomeOf(scene)).toEqual({ kind: 'signedIn', account })
  expect(scene.plugged.map(({ name, pin }) => [name, pin.reveal()])).toEqual([[KEY, '246813']])
  expect(contextOf(scene).key).toBeNull()
})

test.each<[KeyAnswer, string, string]>([
  [{ kind: 'wrongPin' }, 'insertingKey', 'wrongPin'],
  [{ kind: 'heldKey' }, 'insertingKey', 'heldKey'],
  [{ kind: 'lockedKey' }, 'insertingKey', 'lockedKey'],
  [{ kind: 'unfamiliarKey' }, 'insertingKey', 'unfamiliarKey'],
  [{ kind: 'trouble', trouble: aTrouble({ code: '135016' }) }, 'failed', 'none'],
])('the key answers %j', async (answer, state, complaint) => {
  const scene = await atKey([answer], enterPin())
  expect([stateOf(scene), contextOf(scene).complaint]).toEqual([state, complaint])
})

test('a key that holds back is pulled out and put in again before its next PIN', async () => {
  const held = await atKey(
    [{ kind: 'wrongPin' }, { kind: 'heldKey' }, { kind: 'wrongPin' }],
    enterPin(),
    press('user.insertAgain'),
    enterPin(),
    press('user.insertAgain'),
    enterPin(),
  )
  expect(held.plugged.map(({ isInsertedAgain }) => isInsertedAgain)).toEqual([false, false, true])
})

test.each([
  ['another key', enterPin('YK-9999')],
  ['no PIN', enterPin(KEY, '')],
])('%s is not tried', async (_, move) => {
  const scene = await atKey([], move)
  expect([stateOf(scene), scene.plugged]).toEqual(['insertingKey', []])
})

test.each([
  [true, 'enteringPassword'],
  [false, 'enteringEmail'],
])('the way to another account, when escapeLinkHidden is %s, leads to %s', async (hidesOtherAccount, state) => {
  const scene = await atPassword([], { tenant: { ...tenant, hidesOtherAccount } }, press('user.otherAccount'))
  expect(stateOf(scene)).toBe(state)
})

const change = { name: 'the page for a new password' }
const newPasswordWanted: Authentication = { kind: 'newPasswordWanted', change, trouble: aTrouble({ code: '50055' }) }
const typed = (first: string, second = first) =>
  press('user.signIn', {}, { newPassword: new Secret(first), confirmPassword: new Secret(second) })

test.each<[string, NewPasswordAnswer[], Moves<typeof signInMachine>, string, string]>([
  ['is asked for', [], [], 'enteringNewPassword', 'none'],
  ['has to be typed twice', [], [typed('Paper-Kite-2', 'other')], 'enteringNewPassword', 'differentPasswords'],
  ['may be too weak', [{ kind: 'weakPassword' }], [typed('kite')], 'enteringNewPassword', 'weakPassword'],
  ['may lead to a second proof', [proofWanted], [typed('Paper-Kite-2')], 'provingIdentity', 'none'],
  ['signs in', [signedIn], [typed('Paper-Kite-2')], 'signedIn', 'none'],
  ['may be refused', [{ kind: 'trouble', trouble: aTrouble() }], [typed('Paper-Kite-2')], 'failed', 'none'],
])('a new password %s', async (_, changes, moves, state, complaint) => {
  const world: World = { lookups: [found], answers: [newPasswordWanted], sent: [sent], changes }
  const scene = await start(world, email(account.upn), password(), ...moves)
  expect([stateOf(scene), contextOf(scene).complaint]).toEqual([state, complaint])
  expect(scene.changed.map((one) => one.change)).toEqual(changes.map(() => change))
})

test('a federated domain has its own page, and its accounts sign in there', async () => {
  const federated: AccountLookup = {
    ...found,
    realm: { page: 'https://sts.hillview.test/' },
    signInPage: 'Hillview STS',
  }
  const scene = await start({ lookups: [federated] }, email(account.upn))
  expect([stateOf(scene), contextOf(scene).signInPage]).toEqual(['enteringPassword', 'Hillview STS'])
  const { tried } = await start({ lookups: [federated] }, email(account.upn), password())
  expect(tried.map((credentials) => credentials.realm)).toEqual([{ page: 'https://sts.hillview.test/' }])
})

everyOutcome(signInMachine, {
  signedIn: async () =>
    outcomeOf(await atPassword([signedIn], { tenant: { ...tenant, id: aProfile().tenantId } }, password())),
  doesNotApply: async () => outcomeOf(await start({ input: { notNeeded: 'the user signed in before the restart' } })),
})
