import type { DeviceDefinition } from '../../domain/device.ts'
import type { JournalEntry, LogFact, Outcome, RecordedSpec, RequestFact, ResponseFact } from '../../domain/journal.ts'
import type { NetworkEnvironment } from '../../domain/network.ts'
import type { Screen } from '../../domain/screen.ts'
import type { Stimulus } from '../../domain/stimulus.ts'
import type { TenantDefinition } from '../../domain/tenant.ts'
import { outcomeOf } from '../outcome.ts'
import { specIn } from '../story.ts'

/** Of the RunSpec, as far as a cause is looked for in it. A journal of another version may have less. */
export type KnownSpec = RecordedSpec & {
  device: Partial<DeviceDefinition>
  tenant: Partial<TenantDefinition>
  network?: Partial<NetworkEnvironment>
  /** Answers by page; a list where the page comes several times. */
  person?: Record<string, unknown>
  clockSkewMs?: number
  service?: unknown
  /** Runs before it in the same school: the school's file says only how it was before them. */
  before?: readonly unknown[]
  places?: Record<string, Record<string, number>>
}

export interface ShownScreen {
  at: number
  index: number
  screen: Screen
}

export interface AskedExchange {
  index: number
  request: RequestFact & { at: number }
  /** Left out while it is under way. */
  response?: ResponseFact & { at: number; index: number }
}

export interface GivenStimulus {
  at: number
  index: number
  by: string
  stimulus: Stimulus
}

export type Logged = LogFact & { at: number; index: number }

/** A journal up to one of its entries, sorted by what a cause is looked for in. */
export interface Story {
  spec: KnownSpec
  /** Undefined while the run is under way. */
  outcome: Outcome | undefined
  entries: readonly JournalEntry[]
  screens: readonly ShownScreen[]
  exchanges: readonly AskedExchange[]
  stimuli: readonly GivenStimulus[]
  logs: readonly Logged[]
}

/** Undefined for what is no journal of a run. */
export function storyOf(entries: readonly JournalEntry[]): Story | undefined {
  const spec = specIn(entries) as KnownSpec | undefined
  if (!spec) return undefined
  const screens: ShownScreen[] = []
  const stimuli: GivenStimulus[] = []
  const logs: Logged[] = []
  const exchanges = new Map<number, AskedExchange>()
  entries.forEach((entry, index) => {
    const { at } = entry
    if (entry.kind === 'screen' && 'screen' in entry) screens.push({ at, index, screen: entry.screen })
    else if (entry.kind === 'stimulus') stimuli.push({ at, index, by: entry.by, stimulus: entry.stimulus })
    else if (entry.kind === 'log') logs.push({ ...entry, index })
    else if (entry.kind === 'request') exchanges.set(entry.id, { index, request: entry })
    else if (entry.kind === 'response') {
      const asked = exchanges.get(entry.id)
      if (asked) asked.response = { ...entry, index }
    }
  })
  return { spec, outcome: outcomeOf(entries), entries, screens, exchanges: [...exchanges.values()], stimuli, logs }
}

/** What had happened before an entry of it, that entry included. */
export function upTo(story: Story, index: number): Story {
  const isBefore = (one: { index: number }) => one.index <= index
  return {
    ...story,
    entries: story.entries.slice(0, index + 1),
    screens: story.screens.filter(isBefore),
    stimuli: story.stimuli.filter(isBefore),
    logs: story.logs.filter(isBefore),
    exchanges: story.exchanges.filter(isBefore).map((exchange) => {
      const { response, ...asked } = exchange
      return response && response.index > index ? asked : exchange
    }),
  }
}

/** The account that signs in, as far as the journal has it: the last that was typed. */
export function accountIn({ stimuli }: Story): string | undefined {
  const typed = stimuli.findLast(
    ({ stimulus }) => stimulus.kind === 'press' && typeof stimulus.values.email === 'string',
  )?.stimulus
  return typed?.kind === 'press' ? (typed.values.email as string) : undefined
}
