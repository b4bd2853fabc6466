import type { Screen } from '../../domain/screen.ts'
import { UserError } from '../../domain/trouble.ts'
import { type Baseline, baselineOf } from '../../explore/baseline.ts'
import { journalText } from '../../journal/writer.ts'
import { prepareRun } from '../../scenario/run-scenario.ts'
import type { Scenario } from '../../scenario/scenario.ts'
import { countRun } from '../count-run.ts'
import type { Edge } from '../edges.ts'

/** A scenario that was played for a search. */
export interface Played {
  scenario: Scenario
  seed: number
  /** Ids of the states that it entered and the transitions that it took. */
  covers: ReadonlySet<string>
  baseline: Baseline
  /** What was changed of a scenario that is written down, in words; empty for one that was not changed. */
  changes: readonly string[]
}

/** A run that a change has made endless is not worth its time. */
const LIMITS = { entries: 20_000, requests: 2_000, deviceTimeMs: 14 * 86_400_000 }

/** All that a search has played so far. */
export class Pool {
  readonly played: Played[] = []
  readonly #edgeOf: (machine: string, number: number) => Edge | undefined
  readonly #known = new Set<string>()

  constructor(edgeOf: (machine: string, number: number) => Edge | undefined) {
    this.#edgeOf = edgeOf
  }

  /** Plays a scenario, whatever it expects; undefined for one that is played already, or that cannot be played. */
  async play(scenario: Scenario, changes: readonly string[], name: string): Promise<Played | undefined> {
    if (this.#known.has(name)) return undefined
    this.#known.add(name)
    const seed = scenario.seed ?? 1
    try {
      const limits = { ...scenario.limits, ...LIMITS }
      const { run, release } = await prepareRun({ ...scenario, limits, expect: null }, { seed, transport: 'direct' })
      try {
        const result = await run.play()
        const counts = countRun(journalText(result.journal).split('\n'), this.#edgeOf)
        const played = {
          scenario,
          seed,
          covers: new Set(Object.keys(counts)),
          baseline: baselineOf(scenario, seed, result),
          changes,
        }
        this.played.push(played)
        return played
      } finally {
        release()
      }
    } catch (error) {
      // A change that does not go with this school or this device.
      if (error instanceof UserError) return undefined
      throw error
    }
  }

  /** @param except runs that no scenario file says */
  taking(id: string, except: ReadonlySet<Played>): Played | undefined {
    return this.#shortest((one) => one.covers.has(id) && !except.has(one))[0]
  }

  /** The shortest runs that came to a state or took a transition. */
  through(id: string, most: number): Played[] {
    return this.#shortest((one) => one.covers.has(id)).slice(0, most)
  }

  #shortest(is: (played: Played) => boolean): Played[] {
    return this.played.filter(is).sort((one, other) => costOf(one) - costOf(other))
  }
}

/** Few changes first, then few requests. */
const costOf = ({ changes, baseline }: Played): number => changes.length * 10_000 + baseline.result.journal.length

/** The button or link of a page that sends an event, as a run showed it. */
export function controlFor(played: Played, page: string, event: string): string | undefined {
  for (const entry of played.baseline.result.journal) {
    if (entry.kind !== 'screen' || !('screen' in entry) || entry.screen.page !== page) continue
    const found = buttonOf(entry.screen, event)
    if (found !== undefined) return found
  }
  return undefined
}

const buttonOf = ({ controls }: Screen, event: string): string | undefined =>
  controls.find((control) => 'event' in control && control.event === event)?.id
