import { assign, fromPromise, setup } from 'xstate'
import { mustBeProvided } from '../must-be-provided.ts'
import { type DoesNotApply, doesNotApply, hidden, type StateMeta, shows } from '../page.ts'

export interface NamingInput {
  /** `CloudAssignedDeviceName`; empty for none. */
  template: string
  isNamed: boolean
}

export type NamingOutcome = { kind: 'restart'; name: string } | DoesNotApply

export interface NamingContext extends NamingInput {
  outcome: NamingOutcome
  name: string
}

/** Gives the device the name of the profile's template, and restarts it. */
export const namingMachine = setup({
  types: {} as { input: NamingInput; context: NamingContext; output: NamingOutcome; meta: StateMeta },
  actors: { expandTemplate: fromPromise<string, string>(mustBeProvided('expandTemplate')) },
  guards: {
    hasNoTemplate: ({ context }) => context.template === '',
    isNamed: ({ context }) => context.isNamed,
  },
  actions: {
    conclude: assign({ outcome: (_, outcome: NamingOutcome) => outcome }),
    noteName: assign({ name: (_, name: string) => name }),
  },
  // How long Windows shows the page before it restarts is nowhere stated: an assumption.
  delays: { untilRestart: 5_000 },
}).createMachine({
  id: 'naming',
  context: ({ input }) => ({ ...input, name: '', outcome: doesNotApply('no name template', 'naming skipped') }),
  output: ({ context }) => context.outcome,
  initial: 'deciding',
  states: {
    deciding: {
      meta: hidden('3.3 [D]'),
      always: [
        { guard: 'hasNoTemplate', target: 'settled' },
        {
          guard: 'isNamed',
          actions: { type: 'conclude', params: () => doesNotApply('the device was named before', 'naming skipped') },
          target: 'settled',
        },
        { target: 'expanding' },
      ],
    },
    expanding: {
      meta: hidden('3.3 [D]', '3.3 [M]'),
      invoke: {
        id: 'expandTemplate',
        src: 'expandTemplate',
        input: ({ context }) => context.template,
        onDone: { actions: { type: 'noteName', params: ({ event }) => event.output }, target: 'renaming' },
      },
    },
    renaming: {
      meta: shows('naming', '1.2 [D]'),
      after: {
        untilRestart: {
          actions: { type: 'conclude', params: ({ context }) => ({ kind: 'restart', name: context.name }) },
          target: 'settled',
        },
      },
    },
    settled: { type: 'final' },
  },
})
