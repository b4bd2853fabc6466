import { expect, test } from 'vitest'
import { type HelloCheck, type HelloInput, type HelloKey, helloMachine } from '../../../machines/pages/hello.ts'
import { type PhoneProofInput, type ProofAnswer, phoneProofMachine } from '../../../machines/pages/phone-proof.ts'
import type { RequestedProof, SentProof } from '../../../machines/pages/second-proof.ts'
import { PIN_DEFAULTS } from '../../../src/domain/hello.ts'
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
  skipped,
  stateOf,
} from '../scene.ts'

const input: HelloInput = { isDone: false, isJoined: true, tenantId: 'tenant' }
const launches: HelloCheck = { kind: 'launches', rules: PIN_DEFAULTS, why: [{ fact: 'no policy', effect: 'on' }] }
const wanted: RequestedProof = { kind: 'proofWanted', proof: { name: 'wanted' } }
const sent: SentProof = { kind: 'sent', number: '42', proof: { name: 'sent' } }
const proven: ProofAnswer = { kind: 'signedIn', account: anAccount() }
const trouble = { kind: 'trouble' as const, trouble: aTrouble() }

const ok = press('user.ok')
const pins = (pin: string, confirmPin = pin) =>
  press('user.ok', {}, { pin: new Secret(pin), confirmPin: new Secret(confirmPin) })

interface World {
  over?: Partial<HelloInput>
  check?: HelloCheck
  wants?: RequestedProof[]
  sends?: SentProof[]
  answers?: ProofAnswer[]
  keys?: HelloKey[]
}

/** A device whose prerequisites, phone and directory answer like this. Left out: all is well. */
async function start(world: World, ...moves: Moves<typeof helloMachine>) {
  const { over = {}, check = launches, wants = [wanted, wanted], sends = [sent, sent] } = world
  const { answers = [proven, proven], keys = [{ kind: 'registered' }] } = world
  const skips: string[] = []
  const checked = replies<HelloCheck, { tenantId: string | undefined }>(check)
  const machine = helloMachine.provide({
    actions: { reportSkip: () => void skips.push('skipped') },
    actors: {
      checkPrerequisites: checked.logic,
      requestProof: replies<RequestedProof>(...wants).logic,
      sendProof: replies<SentProof, object>(...sends).logic,
      phoneProof: phoneProofMachine.provide({
        actors: { pollProof: replies<ProofAnswer, PhoneProofInput>(...answers).logic },
      }),
      registerKey: replies<HelloKey>(...keys).logic,
    },
  })
  return { ...(await play(machine, { ...input, ...over }, ...moves)), skips, asked: checked.asked }
}

test('a person goes from the introduction by a proof and a PIN to "All set!"', async () => {
  const states = await Promise.all(
    [[], [ok], [ok, 1_000], [ok, 1_000, pins('482915')]].map(async (moves) =>
      stateOf(await start({}, ...(moves as Moves<typeof helloMachine>))),
    ),
  )
  expect(states).toEqual(['introducing', 'provingIdentity', 'enteringPin', 'allSet'])
})

test('the prerequisites are asked for the tenant of the person, and refuse with their reason', async () => {
  const why = [{ fact: 'PassportForWork/UsePassportForWork is false', effect: 'Windows Hello skipped' }]
  const scene = await start({ check: { kind: 'refused', why } })
  expect(scene.asked).toEqual([{ tenantId: 'tenant' }])
  expect(outcomeOf(scene)).toEqual({ kind: 'doesNotApply', why })
})

test.each<[string, Partial<HelloInput>, string]>([
  ['after a restart', { isDone: true }, 'Windows Hello was dealt with before'],
  ['on a device of no organization', { isJoined: false }, 'the device has not joined an organization'],
])('does not apply %s', async (_, over, fact) => {
  expect(outcomeOf(await start({ over }))).toEqual(skipped(fact, 'Windows Hello skipped'))
})

test.each([
  ['of two kinds', '482915', '482916', 'differs'],
  ['that is missing', '', '', 'tooShort'],
  ['that is a pattern', '135791', '135791', 'tooSimple'],
])('a PIN %s stays at the page', async (_, pin, confirmPin, fault) => {
  const scene = await start({}, ok, 1_000, pins(pin, confirmPin))
  expect([stateOf(scene), contextOf(scene).fault]).toEqual(['enteringPin', fault])
})

test.each<[string, World, Moves<typeof helloMachine>]>([
  ['no proof is to be had', { wants: [trouble] }, [ok]],
  ['the notification is not sent', { sends: [trouble] }, [ok]],
  ['the proof is denied', { answers: [{ kind: 'refused', trouble: aTrouble() }] }, [ok, 1_000]],
  ['the key is refused', { keys: [trouble] }, [ok, 1_000, pins('482915')]],
])('when %s, the person may skip it or try again', async (_, world, moves) => {
  const scene = await start(world, ...moves)
  expect([stateOf(scene), contextOf(scene).trouble]).toEqual(['failed', aTrouble()])
  const over = await start(world, ...moves, press('user.skip'))
  expect([outcomeOf(over), over.skips]).toEqual([{ kind: 'skipped' }, ['skipped']])
})

test('who has proven more than a password comes to the PIN at once', async () => {
  expect(stateOf(await start({ wants: [{ kind: 'proven' }] }, ok))).toBe('enteringPin')
})

test('trying again begins with another proof, and without what went wrong', async () => {
  const scene = await start({ answers: [{ kind: 'refused', trouble: aTrouble() }] }, ok, 1_000, press('user.tryAgain'))
  expect([stateOf(scene), contextOf(scene).trouble]).toEqual(['provingIdentity', null])
})

everyMove(helloMachine, {
  context: { ...firstContext(helloMachine, input), rules: PIN_DEFAULTS, proof: {} },
  events: {
    'user.ok': pins('482915'),
    'user.cancel': press('user.cancel'),
    'user.tryAgain': press('user.tryAgain'),
    'user.skip': press('user.skip'),
  },
  moves: {
    checking: {},
    introducing: { 'user.ok': 'requestingProof' },
    requestingProof: {},
    sendingProof: {},
    provingIdentity: { 'user.cancel': 'failed' },
    enteringPin: { 'user.ok': 'registeringKey', 'user.cancel': 'failed' },
    registeringKey: {},
    allSet: { 'user.ok': 'setUp' },
    failed: { 'user.tryAgain': 'requestingProof', 'user.skip': 'skipped' },
  },
})

everyOutcome(helloMachine, {
  setUp: async () => outcomeOf(await start({}, ok, 1_000, pins('482915'), ok)),
  skipped: async () => outcomeOf(await start({ wants: [trouble] }, ok, press('user.skip'))),
  doesNotApply: async () => outcomeOf(await start({ over: { isDone: true } })),
})
