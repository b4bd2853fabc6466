import { type Mutant, STRETCHED_BY } from '../../run/mutation/mutants.ts'

/** A transition by its statechart and number: as a report names it. */
export type WayOf = (machine: string, edge: number) => string

/**
 * The name of a mutant, which stays the same where other transitions come and go:
 * `drop network.choosing: user.back → back`.
 */
export function mutantName(mutant: Mutant, wayOf: WayOf): string {
  switch (mutant.kind) {
    case 'drop':
      return `drop ${wayOf(mutant.machine, mutant.edge)}`
    case 'retarget':
      return `retarget ${wayOf(mutant.machine, mutant.edge)} to ${mutant.to}`
    case 'negate':
      return `negate the guard of ${wayOf(mutant.machine, mutant.edge)}`
    case 'action':
      return `without ${mutant.name} (${mutant.index + 1}) of ${wayOf(mutant.machine, mutant.edge)}`
    case 'entry':
    case 'exit':
      return `without ${mutant.name} (${mutant.index + 1}) at the ${mutant.kind} of ${stateOf(mutant)}`
    case 'stretch':
      return `${mutant.name} takes ${STRETCHED_BY} times as long in ${stateOf(mutant)}`
  }
}

const stateOf = ({ machine, state }: { machine: string; state: string }): string =>
  state === '' ? machine : `${machine}.${state}`

/** What a mutant means, for a person who reads that it survived. */
export const MUTANT_KINDS: Readonly<Record<Mutant['kind'], string>> = {
  drop: 'a transition is never taken',
  retarget: 'a transition leads to the state beside its target',
  negate: 'a guard says the opposite',
  action: 'an action of a transition is left out',
  entry: 'an action at the entry of a state is left out',
  exit: 'an action at the exit of a state is left out',
  stretch: `a delay takes ${STRETCHED_BY} times as long`,
}
