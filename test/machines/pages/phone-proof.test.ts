import { expect, test } from 'vitest'
import { type PhoneProofInput, type ProofAnswer, phoneProofMachine } from '../../../machines/pages/phone-proof.ts'
import { anAccount, aTrouble } from '../samples.ts'
import { everyMove, everyOutcome, firstContext, outcomeOf, play, replies, stateOf } from '../scene.ts'

const account = anAccount()
const { tenantId } = account
const sent = { name: 'the notification that was sent' }
const input: PhoneProofInput = { proof: sent, tenantId }
const signedIn: ProofAnswer = { kind: 'signedIn', account }
const pending = (name: string): ProofAnswer => ({ kind: 'pending', proof: { name } })
const refused = (trouble = aTrouble()): ProofAnswer => ({ kind: 'refused', trouble })
const notEnough: ProofAnswer = { kind: 'refused', trouble: null }

/** A phone about which the service says this in turn. */
async function start(answers: ProofAnswer[], ...waits: number[]) {
  const poll = replies<ProofAnswer, PhoneProofInput>(...answers)
  const machine = phoneProofMachine.provide({ actors: { pollProof: poll.logic } })
  return { ...(await play(machine, input, ...waits)), asked: poll.asked }
}

test.each<[number[], string, number]>([
  [[999], 'waiting', 0],
  [[1_000], 'polling', 1],
])('after %j ms it is %s', async (waits, state, questions) => {
  const scene = await start([], ...waits)
  expect({ state: stateOf(scene), questions: scene.asked.length }).toEqual({ state, questions })
})

test.each<[number[], string, number]>([
  [[1_000], 'waiting', 1],
  [[1_000, 999], 'waiting', 1],
  [[1_000, 1_000], 'polling', 2],
])('when the person has not answered, it is %j ms later %s', async (waits, state, questions) => {
  const scene = await start([pending('first')], ...waits)
  expect({ state: stateOf(scene), questions: scene.asked.length }).toEqual({ state, questions })
})

test('asks each second until the person has answered, and each time with what the last answer brought', async () => {
  const scene = await start([pending('first'), pending('second'), signedIn], 1_000, 1_000, 1_000)
  expect({ outcome: outcomeOf(scene), asked: scene.asked }).toEqual({
    outcome: { kind: 'signedIn', account },
    asked: [
      { proof: sent, tenantId },
      { proof: { name: 'first' }, tenantId },
      { proof: { name: 'second' }, tenantId },
    ],
  })
})

test.each<[string, ProofAnswer]>([
  ['its trouble', refused()],
  ['no trouble', notEnough],
])('a refusal ends it with %s, and nothing is asked again', async (_, answer) => {
  const scene = await start([answer, signedIn], 1_000, 1_000)
  expect({ outcome: outcomeOf(scene), questions: scene.asked.length }).toEqual({ outcome: answer, questions: 1 })
})

const answered = (output: ProofAnswer) => ({ type: 'xstate.done.actor.pollProof', output })

everyMove(phoneProofMachine, {
  context: firstContext(phoneProofMachine, input),
  events: {
    'a second is over': { type: 'xstate.after.untilNextPoll.phoneProof.waiting' },
    'the person has not answered': answered(pending('first')),
    'the person has confirmed': answered(signedIn),
    'the person has denied': answered(refused()),
    'the proof is not enough': answered(notEnough),
  },
  moves: {
    waiting: { 'a second is over': 'polling' },
    polling: {
      'the person has not answered': 'waiting',
      'the person has confirmed': 'signedIn',
      'the person has denied': 'refused',
      'the proof is not enough': 'refused',
    },
  },
})

everyOutcome(phoneProofMachine, {
  signedIn: async () => outcomeOf(await start([signedIn], 1_000)),
  refused: async () => outcomeOf(await start([refused()], 1_000)),
})
