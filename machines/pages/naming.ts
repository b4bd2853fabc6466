import { assign, fromPromise, setup } from 'xstate'
import { whatIsWrongWithDeviceName } from '../../src/domain/device-names.ts'
import { mustBeProvided } from '../must-be-provided.ts'
import { answered, endings, fromEnding, known, skips } from '../outcomes.ts'
import { type DoesNotApply, hidden, type StateMeta, shows } from '../page.ts'

export interface NamingInput {
  /** `CloudAssignedDeviceName`; empty for none. */
  template: string
  isNamed: boolean
}

export type NamingOutcome = { kind: 'restart'; name: string } | DoesNotApply

export interface NamingContext extends NamingInput {
  name: string | null
}

const SKIPS = skips<NamingContext>('naming skipped')({
  hasNoTemplate: { when: ({ template }) => template === '', fact: 'no name template' },
  isNamed: { when: ({ isNamed }) => isNamed, fact: 'the device was named before' },
  // Intune refuses such a template; what Windows does with one, from a file or another service, is not published.
  isNoName: {
    when: ({ name }) => name !== null && whatIsWrongWithDeviceName(name) !== undefined,
    fact: ({ template, name }) =>
      `the template "${template}" makes "${name}", which ${whatIsWrongWithDeviceName(name ?? '') ?? ''}`,
    later: true,
  },
})

/** Gives the device the name of the profile's template, and restarts it. */
export const namingMachine = setup({
  types: {} as { input: NamingInput; context: NamingContext; output: NamingOutcome; meta: StateMeta },
  actors: { expandTemplate: fromPromise<string, string>(mustBeProvided('expandTemplate')) },
  guards: SKIPS.guards,
  actions: { noteName: assign({ name: (_, name: string) => name }) },
  // How long Windows shows the page before it restarts is nowhere stated: an assumption.
  delays: { untilRestart: 5_000 },
}).createMachine({
  id: 'naming',
  context: ({ input }) => ({ ...input, name: null }),
  output: fromEnding<NamingOutcome>(),
  initial: 'deciding',
  states: {
    deciding: { meta: hidden('3.3 [D]'), always: [...SKIPS.always, { target: 'expanding' }] },
    expanding: {
      meta: hidden('3.3 [D]', '3.3 [M]'),
      invoke: {
        id: 'expandTemplate',
        src: 'expandTemplate',
        input: ({ context }) => context.template,
        onDone: { actions: { type: 'noteName', params: answered }, target: 'checking' },
      },
    },
    checking: {
      meta: hidden('3.3 [D]', '3.3 [U]'),
      always: [{ guard: 'isNoName', target: 'doesNotApply' }, { target: 'renaming' }],
    },
    renaming: { meta: shows('naming', '1.2 [D]'), after: { untilRestart: 'restart' } },
    ...endings<NamingContext, NamingOutcome>({
      restart: ({ name }) => ({ kind: 'restart', name: known(name, 'a name') }),
      doesNotApply: SKIPS.outcome,
    }),
  },
})
