import { answered, endings, fromEnding } from '../outcomes.ts'
import { asks, hidden, shows } from '../page.ts'
import {
  firstContext,
  leftOf,
  type RequiredSetupContext,
  type RequiredSetupOutcome,
  reportOf,
  requiredSetupSetup,
  SKIPS,
} from './required-setup-setup.ts'

const FAILING = { guard: 'hasFailed', actions: 'noteFailure', target: '#requiredSetup.failed' } as const

/** A part of the deployment in which the policy's workloads of one kind have their turn. */
const part = <Next extends string>(stage: 'apps' | 'scripts' | 'furtherApps', next: Next) =>
  ({
    meta: shows('devicePreparation', '2.8 [D]'),
    entry: [
      { type: 'enter', params: stage },
      { type: 'holdTo', params: stage },
    ],
    always: [FAILING, { guard: { type: 'isOver', params: stage }, target: next }],
  }) as const

/**
 * The page of Windows Autopilot device preparation, in the place of the Enrollment Status Page: management extension, account type,
 * synchronisation, LOB apps, scripts, Win32 apps. The first failure ends it.
 */
export const requiredSetupMachine = requiredSetupSetup.createMachine({
  id: 'requiredSetup',
  context: ({ input }) => firstContext(input),
  output: fromEnding<RequiredSetupOutcome>(),
  initial: 'deciding',
  states: {
    deciding: { meta: hidden('2.8 [D]'), always: [...SKIPS.always, { target: 'readingSettings' }] },
    readingSettings: {
      meta: hidden('2.8 [F]'),
      invoke: {
        id: 'readSettings',
        src: 'readSettings',
        onDone: { actions: { type: 'noteSettings', params: answered }, target: 'running' },
      },
    },
    running: {
      initial: 'installingAgent',
      invoke: { id: 'watchWorkloads', src: 'watchWorkloads' },
      entry: ['resetPercent', 'startPercent', 'startLimit'],
      exit: ['stopPercent', 'stopLimit'],
      on: {
        'workloads.changed': { actions: { type: 'see', params: ({ event }) => event.progress } },
        'percent.passed': { actions: ['countPercent', 'startPercent'] },
        'limit.reached': { actions: 'noteTimeout', target: 'failed' },
      },
      states: {
        installingAgent: {
          meta: shows('devicePreparation', '2.8 [D]', '2.8 [F]'),
          entry: [
            { type: 'enter', params: 'agent' },
            { type: 'holdTo', params: 'agent' },
          ],
          always: [
            { guard: 'isAgentHere', target: 'enforcingAccountType' },
            { guard: 'isAgentFailed', actions: 'noteAgentFailure', target: '#requiredSetup.failed' },
          ],
          after: { agentLimit: { actions: 'noteTimeout', target: '#requiredSetup.failed' } },
        },
        enforcingAccountType: {
          meta: shows('devicePreparation', '2.8 [D]'),
          invoke: {
            id: 'enforceAccountType',
            src: 'enforceAccountType',
            input: ({ context }) => ({ isStandardUser: context.settings.isStandardUser }),
            onDone: { actions: 'noteStandard', target: 'syncing' },
          },
        },
        syncing: {
          meta: shows('devicePreparation', '2.8 [D]'),
          entry: [
            { type: 'enter', params: 'sync' },
            { type: 'holdTo', params: 'sync' },
          ],
          invoke: { id: 'watchSync', src: 'watchSync' },
          always: FAILING,
          on: { 'sync.over': 'installingApps' },
        },
        installingApps: part('apps', 'runningScripts'),
        runningScripts: part('scripts', 'installingFurtherApps'),
        installingFurtherApps: part('furtherApps', '#requiredSetup.finishing'),
      },
    },
    finishing: {
      meta: shows('devicePreparation', '2.8 [B]'),
      entry: ['fillPercent', { type: 'holdTo', params: 'over' }],
      invoke: {
        id: 'reportOutcome',
        src: 'reportOutcome',
        input: ({ context }) => reportOf(context),
        onDone: 'complete',
      },
    },
    // A person dismisses the page, and is signed in (2.8 [D]). That the restart comes then is an assumption.
    complete: {
      meta: asks('requiredSetupComplete', '2.8 [D]'),
      on: { 'user.next': [{ guard: 'needsRestart', target: 'restart' }, { target: 'finished' }] },
    },
    failed: {
      meta: asks('devicePreparationFailure', '2.8 [D]'),
      entry: { type: 'holdTo', params: 'failed' },
      invoke: {
        id: 'reportOutcome',
        src: 'reportOutcome',
        input: ({ context }) => reportOf(context),
      },
      on: {
        'user.tryAgain': 'retrying',
        'user.continueAnyway': {
          guard: 'canSkip',
          actions: { type: 'holdTo', params: 'over' },
          target: 'continuedAnyway',
        },
        'user.collectLogs': { guard: 'canCollectLogs', actions: 'noteLogs' },
      },
    },
    // From the beginning: what is done is passed by. The time limit starts anew, an assumption.
    retrying: {
      meta: hidden('2.8 [D]'),
      entry: 'forgetFailure',
      invoke: {
        id: 'retryFailed',
        src: 'retryFailed',
        onDone: { actions: { type: 'see', params: answered }, target: 'running' },
      },
    },
    ...endings<RequiredSetupContext, RequiredSetupOutcome>({
      finished: (context) => ({ kind: 'finished', ...leftOf(context) }),
      continuedAnyway: (context) => ({ kind: 'continuedAnyway', ...leftOf(context) }),
      restart: (context) => ({ kind: 'restart', ...leftOf(context) }),
      doesNotApply: SKIPS.outcome,
    }),
  },
})
