import type { Outcome } from '../domain/journal.ts'
import { loadTenantFile } from '../scenario/library.ts'
import { loadedText, type Played, playedOnce, withoutIdle } from '../scenario/record/fit.ts'
import { scenarioText } from '../scenario/record/recorded-scenario.ts'
import { scenarioOf } from '../scenario/scenario.ts'
import { type Draft, draftOf, schoolOf } from './draft.ts'
import type { Plain } from './guess.ts'
import type { Incident } from './incident.ts'
import { markedText } from './marks.ts'

export interface Imported {
  /** Of the scenario's file. */
  text: string
  draft: Draft
  /** How the scenario ends when it is played. */
  outcome: Outcome
  /** Why it does not pass; empty when it ends as the files say. */
  failures: string[]
}

/**
 * Makes a scenario of an incident and plays it. What it does not need is taken out; an end that no file shows is the one that it has.
 *
 * @param file what messages call the scenario's file
 * @param isThorough settings without an effect are taken out too: each is played without
 */
export async function importedScenario(
  incident: Incident,
  file: string,
  comments: readonly string[],
  isThorough = true,
): Promise<Imported> {
  const draft = draftOf(incident, loadTenantFile(schoolOf(incident)))
  const first = await play(draft.scenario, file)
  let scenario = withoutVain(withoutUnused(draft.scenario, first.unused), first)
  const guesses = [...draft.guesses]
  if (draft.end.kind === 'notShown') {
    scenario = { ...scenario, expect: { outcome: first.outcome.kind } }
    guesses.push({
      path: 'expect',
      text: `no file shows how it ended after ${AFTER[draft.end.after]}: this is how the scenario ends`,
    })
  }
  if (isThorough) scenario = await withoutIdle(scenario, loadedText(file, scenarioText(scenario, [])))
  const last = scenario === draft.scenario ? first : await play(scenario, file)
  return {
    text: markedText(scenarioText(scenario, comments), guesses),
    draft: { ...draft, scenario },
    outcome: last.outcome,
    failures: last.failures,
  }
}

const AFTER = {
  nothing: 'the device started',
  theProfile: 'the look-up of the profile',
  theJoin: 'the join',
  theEnrolment: 'the enrolment',
} as const

const play = (scenario: Plain, file: string): Promise<Played> =>
  playedOnce(scenarioOf(loadedText(file, scenarioText(scenario, []))))

/** Events of which nothing came: the device of that model ends so without them. */
function withoutVain(scenario: Plain, { effective }: Played): Plain {
  const { events, ...others } = scenario
  if (!Array.isArray(events)) return scenario
  const kept = events.filter((_, index) => effective.has(`events.${index}`))
  if (kept.length === events.length) return scenario
  return kept.length === 0 ? others : { ...scenario, events: kept }
}

/** Answers of the incident's person that no page used; those of a person by name are that one's own. */
function withoutUnused(scenario: Plain, unused: readonly string[]): Plain {
  const { person, ...others } = scenario
  if (typeof person !== 'object' || person === null || !unused.some((path) => isOwn(person, path))) return scenario
  const paths = unused.map((path) => path.split('.').slice(1))
  if (!('use' in person)) {
    const left = kept(person as Plain, paths)
    return Object.keys(left).length === 0 ? others : { ...scenario, person: left }
  }
  const { use, with: changes } = person as { use: string; with: Plain }
  const left = kept(changes, paths)
  return { ...scenario, person: Object.keys(left).length === 0 ? use : { use, with: left } }
}

/** Of a person by name only the changes are the scenario's own. */
const isOwn = (person: object, path: string): boolean => {
  const page = path.split('.')[1] ?? ''
  const { use, with: changes } = person as { use?: string; with?: Plain }
  return use === undefined ? true : changes?.[page] !== undefined && changes[page] !== null
}

/** An answer of a list goes alone; a page whose answers are all unused goes with them. */
const kept = (answers: Plain, paths: readonly string[][]): Plain =>
  Object.fromEntries(
    Object.entries(answers).flatMap(([page, answer]) => {
      const own = paths.filter(([name]) => name === page)
      if (answer === null || own.length === 0) return [[page, answer]]
      if (!Array.isArray(answer)) return []
      const left = answer.filter((_, index) => !own.some(([, at]) => at === undefined || at === String(index)))
      return left.length === 0 ? [] : [[page, left.length === 1 ? left[0] : left]]
    }),
  )
