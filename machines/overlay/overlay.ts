import { assign, setup } from 'xstate'
import type { OverlayWindow } from '../../src/domain/key-chords.ts'
import type { Trouble } from '../../src/domain/trouble.ts'
import { endings, fromEnding } from '../outcomes.ts'
import { asks, hidden, type StateMeta, type UserEvent } from '../page.ts'

/** Facts of the device, for the page that shows them. */
export interface OverlayInput {
  window: OverlayWindow
  facts: readonly { label: string; value: string }[]
  /** Why the device cannot be reset; null where it can. */
  resetTrouble: Trouble | null
}

export type OverlayOutcome =
  | { kind: 'closed' }
  | { kind: 'restart'; reason: string }
  /** A restart, with the count of restarts set back. */
  | { kind: 'freshRestart' }
  | { kind: 'shutDown' }
  /** Pre-provision with Windows Autopilot: the pages below give way to it. */
  | { kind: 'preProvision' }
  /** Reset this PC, in Settings. */
  | { kind: 'reset'; what: 'everything' }

export interface OverlayContext extends OverlayInput {
  logsCollected: boolean
}

/** What key chords open above the pages of the first boot. */
export const overlayMachine = setup({
  types: {} as {
    input: OverlayInput
    context: OverlayContext
    events:
      | UserEvent<'user.close'>
      | UserEvent<'user.restart'>
      | UserEvent<'user.resetRetries'>
      | UserEvent<'user.shutDown'>
      | UserEvent<'user.reset'>
      | UserEvent<'user.collectLogs'>
      | UserEvent<'user.next'>
      | UserEvent<'user.cancel'>
    output: OverlayOutcome
    meta: StateMeta
  },
  guards: {
    isWindow: ({ context }, { window }: { window: OverlayWindow }) => context.window === window,
    canReset: ({ context }) => context.resetTrouble === null,
    isChosen: (_, { chosen, option }: { chosen: string | undefined; option: string }) => chosen === option,
  },
  actions: { noteLogs: assign({ logsCollected: true }) },
}).createMachine({
  id: 'overlay',
  context: ({ input }) => ({ ...input, logsCollected: false }),
  output: fromEnding<OverlayOutcome>(),
  initial: 'opening',
  states: {
    opening: {
      meta: hidden('1.10'),
      always: [
        { guard: { type: 'isWindow', params: { window: 'commandPrompt' } }, target: 'commandPrompt' },
        { guard: { type: 'isWindow', params: { window: 'settings' } }, target: 'settings' },
        { guard: { type: 'isWindow', params: { window: 'diagnostics' } }, target: 'diagnostics' },
        { guard: { type: 'isWindow', params: { window: 'provisioningOptions' } }, target: 'provisioningOptions' },
        { target: 'auditMode' },
      ],
    },
    commandPrompt: {
      meta: asks('commandPrompt', '1.10 [D]'),
      on: {
        'user.close': 'closed',
        'user.restart': 'restart',
        'user.resetRetries': 'freshRestart',
        'user.shutDown': 'shutDown',
      },
    },
    settings: {
      meta: asks('settings', '0.1 item 5 [D]'),
      on: { 'user.close': 'closed', 'user.reset': [{ guard: 'canReset', target: 'reset' }, { target: 'notReset' }] },
    },
    notReset: { meta: asks('settings', '4.9 [D]'), on: { 'user.close': 'closed' } },
    diagnostics: {
      meta: asks('diagnostics', '1.10 [D]'),
      on: { 'user.close': 'closed', 'user.collectLogs': { actions: 'noteLogs' } },
    },
    provisioningOptions: {
      meta: asks('provisioningOptions', '1.10 [D]'),
      on: {
        'user.next': [
          {
            guard: {
              type: 'isChosen',
              params: ({ event }) => ({ chosen: event.values.option, option: 'preProvision' }),
            },
            target: 'preProvision',
          },
          {
            guard: { type: 'isChosen', params: ({ event }) => ({ chosen: event.values.option, option: 'package' }) },
            target: 'installingPackage',
          },
        ],
        'user.cancel': 'closed',
      },
    },
    installingPackage: { meta: asks('provisioningOptions', '1.10 [D]'), on: { 'user.close': 'closed' } },
    auditMode: { meta: asks('auditMode', '1.10 [U]'), on: { 'user.restart': 'restart' } },
    ...endings<OverlayContext, OverlayOutcome>({
      closed: { kind: 'closed' },
      restart: ({ window }) => ({
        kind: 'restart',
        reason: window === 'auditMode' ? 'audit mode was left' : 'shutdown /r in a command prompt',
      }),
      freshRestart: { kind: 'freshRestart' },
      shutDown: { kind: 'shutDown' },
      preProvision: { kind: 'preProvision' },
      reset: { kind: 'reset', what: 'everything' },
    }),
  },
})
