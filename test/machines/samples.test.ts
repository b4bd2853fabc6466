import { expect, test } from 'vitest'
import { accountSetupSamples } from '../../machines/enrollment-status/account-setup.samples.ts'
import type { accountSetupMachine } from '../../machines/enrollment-status/account-setup.ts'
import { powerOnSamples } from '../../machines/pages/power-on.samples.ts'
import type { powerOnMachine } from '../../machines/pages/power-on.ts'
import { welcomeSamples } from '../../machines/pages/welcome.samples.ts'
import { welcomeMachine } from '../../machines/pages/welcome.ts'
import { eventsOf, press, type Samples } from '../../machines/samples.ts'

type Welcome = Samples<typeof welcomeMachine>

test('what a statechart does not have does not compile in its samples', () => {
  const { createSession: _, ...done } = welcomeSamples.done
  const wrong: [Welcome, Welcome, Welcome, Welcome, Welcome, Samples<typeof powerOnMachine>, Accounts, Accounts] = [
    // @ts-expect-error an actor that it does not run
    { ...welcomeSamples, done: { ...welcomeSamples.done, lookAround: [undefined] } },
    // @ts-expect-error an actor is left out
    { ...welcomeSamples, done },
    // @ts-expect-error an actor that never ends
    { ...welcomeSamples, done: { ...welcomeSamples.done, createSession: [] } },
    // @ts-expect-error an output of another actor
    { ...welcomeSamples, done: { ...welcomeSamples.done, recallCredentials: [{ kind: 'signedIn' }] } },
    // @ts-expect-error a button that its page does not have
    { ...welcomeSamples, events: [press('user.skip')] },
    // @ts-expect-error an event of a statechart that names none
    { ...powerOnSamples, events: [press('user.skip')] },
    // @ts-expect-error an event without what it says
    { ...accountSetupSamples, events: [{ type: 'progress.changed' }] },
    // @ts-expect-error an actor that only watches
    { ...accountSetupSamples, done: { watchProgress: [undefined] } },
  ]
  expect(wrong.length).toBe(8)
})

type Accounts = Samples<typeof accountSetupMachine>

test('samples are events, ends of actors and delays', () => {
  const types = eventsOf(welcomeMachine, welcomeSamples).map(({ type }) => type)
  expect([...new Set(types)]).toEqual([
    'user.signIn',
    'user.webSignIn',
    'user.tryAgain',
    'user.cancel',
    'xstate.done.actor.loadBranding',
    'xstate.done.actor.recallCredentials',
    'xstate.done.actor.authenticate',
    'xstate.done.actor.setNewPassword',
    'xstate.done.actor.requestProof',
    'xstate.done.actor.sendProof',
    'xstate.done.actor.phoneProof',
    'xstate.done.actor.createSession',
    'xstate.after.greeting.welcome.greeting',
  ])
})
