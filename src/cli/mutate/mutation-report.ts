import { type ChartLines, chartLines } from '../../coverage/chart-lines.ts'
import type { Edge } from '../../coverage/edges.ts'
import { MUTANT_KINDS } from '../../explore/mutate/mutant-names.ts'
import { type Mutation, scoreOf } from '../../explore/mutate/mutation.ts'
import type { MutantResult } from '../../explore/mutate/play-mutant.ts'
import type { Mutant } from '../../run/mutation/mutants.ts'

export interface MutationFacts {
  mutation: Mutation
  /** Of mutants that cannot be noticed. */
  reasons: ReadonlyMap<string, string>
  nameOf(mutant: Mutant): string
  edgeOf(machine: string, edge: number): Edge | undefined
  /** Mutants that there are, those that were not drawn included. */
  total: number
  scenarios: number
}

/** Those that count, and those that cannot be noticed. */
function parts({ mutation, reasons, nameOf }: MutationFacts) {
  const isEquivalent = ({ mutant }: MutantResult) => reasons.has(nameOf(mutant))
  const survived = mutation.survived.filter((one) => !isEquivalent(one))
  return {
    survived,
    equivalent: mutation.survived.filter(isEquivalent),
    stale: mutation.killed.filter(isEquivalent),
    score: scoreOf({ killed: mutation.killed, survived }),
  }
}

/** Survivors with their place, what is equivalent with its reason, and the sum. */
export function mutationLines(facts: MutationFacts): string[] {
  const { mutation, reasons, nameOf, total, scenarios } = facts
  const { survived, equivalent, stale, score } = parts(facts)
  const placeOf = placing(facts)
  const played = mutation.killed.length + mutation.survived.length
  const runs = [...mutation.killed, ...mutation.survived].reduce((sum, one) => sum + one.runs, 0)
  return [
    ...survived.flatMap((one) => [
      `✗ ${nameOf(one.mutant)}`,
      `    ${MUTANT_KINDS[one.mutant.kind]}, and ${counted(one.runs, 'scenario')} that ${one.runs === 1 ? 'comes' : 'come'} there did not notice it: ${placeOf(one.mutant)}`,
    ]),
    ...equivalent.map(({ mutant }) => `- ${nameOf(mutant)}: ${reasons.get(nameOf(mutant))}`),
    ...stale.map((one) => `✗ ${nameOf(one.mutant)} is no equivalent mutant: ${one.killedBy} noticed it: ${one.why}`),
    `${counted(played, 'mutant')} of ${total} played with ${counted(scenarios, 'scenario')}, in ${counted(runs, 'run')}`,
    ...(mutation.notReached.length === 0
      ? []
      : [
          `${counted(mutation.notReached.length, 'mutant')} more at places that no scenario comes to: "oobe coverage" lists them`,
        ]),
    ...(mutation.left.length === 0
      ? []
      : [`${counted(mutation.left.length, 'mutant')} not played: it was stopped, or the time was over`]),
    score === undefined
      ? 'no scenario comes to any of them'
      : `${mutation.killed.length} killed${endlessText(mutation)}, ${survived.length} survived${equivalent.length > 0 ? `, ${equivalent.length} equivalent` : ''}: ${percent(score)} %`,
  ]
}

/** How many were noticed by that alone. */
function endlessText({ killed }: Mutation): string {
  const { length } = killed.filter(({ isEndless }) => isEndless)
  return length === 0 ? '' : ` (${length} by a run that took several times as long)`
}

const counted = (count: number, what: string): string => `${count} ${what}${count === 1 ? '' : 's'}`
const percent = (score: number): string => (Math.floor(score * 10) / 10).toFixed(1)

/** File and line, as far as the build has written them down. */
function placing({ edgeOf }: MutationFacts): (mutant: Mutant) => string {
  let lines: ChartLines | undefined
  return (mutant) => {
    lines ??= chartLines()
    const edge = 'edge' in mutant ? edgeOf(mutant.machine, mutant.edge) : undefined
    const { file, line } = lines(edge ?? stateEdge(mutant))
    return `${file}:${line}`
  }
}

/** Of an action of a state, the place of the state: as that of a transition which it does not have. */
const stateEdge = (mutant: Mutant): Edge => ({
  machine: mutant.machine,
  from: 'state' in mutant ? mutant.state : '',
  event: '',
  targets: [],
  number: -1,
  way: '',
})

/** The same for programs. */
export function mutationJson(facts: MutationFacts): object {
  const { mutation, reasons, nameOf, edgeOf, total, scenarios } = facts
  const { survived, equivalent, stale, score } = parts(facts)
  const placeOf = placing(facts)
  const plain = ({ mutant, runs }: MutantResult) => ({
    name: nameOf(mutant),
    kind: mutant.kind,
    machine: mutant.machine,
    state: 'edge' in mutant ? (edgeOf(mutant.machine, mutant.edge)?.from ?? '') : mutant.state,
    place: placeOf(mutant),
    runs,
  })
  return {
    score: score === undefined ? null : Number(percent(score)),
    mutants: total,
    scenarios,
    killed: mutation.killed.map((one) => ({
      name: nameOf(one.mutant),
      by: one.killedBy,
      why: one.why,
      runs: one.runs,
      ...(one.isEndless ? { isEndless: true } : {}),
    })),
    survived: survived.map(plain),
    equivalent: equivalent.map((one) => ({ ...plain(one), reason: reasons.get(nameOf(one.mutant)) })),
    noLongerEquivalent: stale.map((one) => ({ name: nameOf(one.mutant), by: one.killedBy, why: one.why })),
    notReached: mutation.notReached.map(nameOf),
    left: mutation.left.length,
  }
}
