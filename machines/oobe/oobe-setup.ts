import { type AnyStateMachine, assign, type EventObject, fromCallback, fromPromise, sendTo, setup } from 'xstate'
import type { Remembered } from '../../src/domain/boot.ts'
import { managementMachine } from '../management/management.ts'
import { mustBeProvided } from '../must-be-provided.ts'
import { outputOf } from '../outcomes.ts'
import type { StateMeta } from '../page.ts'
import type { VisibleNetworks } from '../pages/network.ts'
import { CHARTS, type ChartName } from './charts.ts'
import type { OobeContext, OobeInput, OobeOutcome } from './oobe-context.ts'
import type { Question, Telling } from './plan.ts'
import { type Mode, modeOf } from './plans.ts'

/** The plans know the types of each; all of them at once are more than the compiler takes. */
const charts: Record<ChartName, AnyStateMachine> = CHARTS

const QUESTIONS: Record<Question, (context: OobeContext) => boolean> = {
  isAnswered: ({ answer }) => answer?.kind === 'assigned',
  updatesComeFirst: ({ facts }) => facts.updatesComeFirst === true,
  expectsUser: ({ disk, moreUsers = 0 }) => disk.laterUsers < moreUsers,
  mayStay: ({ mayStay }) => mayStay === true,
  // Windows 11 SE has no restore page, and a personal account is not of an organization (1.11 [D]).
  mayRestore: ({ facts, disk }) => facts.edition !== 'SE' && disk.account?.kind === 'workOrSchool',
  isTechnician: ({ isTechnician }) => isTechnician,
  isResetting: ({ disk }) => disk.isResetting === true,
  // A person who was interrupted by a start signs in again: a shared device does not know whose it is.
  expectsOrKeepsUser: ({ disk, moreUsers = 0, mayStay }) =>
    mayStay === true || disk.laterUsers < moreUsers || (disk.laterUsers > 0 && !disk.accountStatusDone),
}

/** What the first boot is made of: each page or phase is another statechart. */
export const oobeSetup = setup({
  types: {} as { input: OobeInput; context: OobeContext; output: OobeOutcome; meta: StateMeta },
  actors: {
    lookAround: fromPromise<VisibleNetworks>(mustBeProvided('lookAround')),
    ...charts,
    /** Sends `apps.toCome` while a required app is to come, and `apps.over`: those come last that no page waits for. */
    laterApps: fromCallback<EventObject>(mustBeProvided('laterApps')),
    management: managementMachine,
  },
  // A wire without internet must not hold back the first page; how long Windows looks is nowhere stated: an assumption.
  // How long the first person stays at the desktop before the next comes is an assumption as well.
  // An app that does not come, such as one without a network, ends no first boot: how long one is watched is ours.
  delays: { wiredProbe: 30_000, untilNextUser: 15 * 60_000, laterApps: 60 * 60_000 },
  guards: {
    isWired: (_, seen: VisibleNetworks) => seen.status.via === 'ethernet',
    endedAs: ({ context, event }, { kind, question }: { kind: string; question?: Question }) =>
      outputOf<{ kind: string }>(event).kind === kind && (question === undefined || QUESTIONS[question](context)),
    isMode: ({ context }, { mode }: { mode: Mode }) => modeOf(context) === mode,
    isAnswered: ({ context }) => QUESTIONS.isAnswered(context),
    updatesComeFirst: ({ context }) => QUESTIONS.updatesComeFirst(context),
    isTechnician: ({ context }) => QUESTIONS.isTechnician(context),
    isResetting: ({ context }) => QUESTIONS.isResetting(context),
    expectsOrKeepsUser: ({ context }) => QUESTIONS.expectsOrKeepsUser(context),
  },
  actions: {
    learn: assign((_, facts: Partial<OobeContext>) => facts),
    note: assign({ disk: ({ context }, facts: Remembered) => ({ ...context.disk, ...facts }) }),
    save: mustBeProvided('save'),
    tell: sendTo('management', (_, type: Telling) => ({ type })),
  },
})
