import type { Fault } from '../../domain/faults/fault.ts'
import { FAULTS } from '../../domain/faults/faults.ts'
import { eventWords } from '../../scenario/record/as-written.ts'
import type { Baseline } from '../baseline.ts'
import { stepsOf, stepText } from '../steps.ts'
import { rulesOf } from '../with-fault.ts'
import { HAPPENINGS } from './happenings.ts'

/**
 * One thing that a walk has besides its choice, as plain data. `draw` picks where several places or things fit: a run
 * without the move is played first, and says which there are.
 */
export type Move =
  | { kind: 'fault'; name: string; draw: number; near?: readonly string[] }
  | { kind: 'happening'; which: number; draw: number; state?: string }
  | { kind: 'press'; draw: number; state?: string; event?: string }

type Plain = Record<string, unknown>

/** What a move adds to a scenario. */
export interface MadeMove {
  /** As a person reads it: `fault lookup-500, Autopilot lookup in autopilotProfile.asking`. */
  text: string
  events: readonly Plain[]
  facts?: Fault['facts']
  /** Answers to the page of trouble. */
  person?: Plain
  /** A device may wait for what it takes away without an end. */
  mayHang: boolean
}

/** A move in its place; undefined where a run of the choice has none for it. */
export function makeMove(move: Move, baseline: Baseline): MadeMove | undefined {
  switch (move.kind) {
    case 'fault':
      return faultMove(move, baseline)
    case 'happening':
      return happeningMove(move, baseline)
    case 'press':
      return pressMove(move, baseline)
  }
}

const drawn = <Value>(list: readonly Value[], draw: number): Value | undefined => list[draw % list.length]

function faultMove({ name, draw, near }: Extract<Move, { kind: 'fault' }>, baseline: Baseline): MadeMove | undefined {
  const fault = FAULTS.find((one) => one.name === name)
  if (!fault) return undefined
  const steps = stepsOf(fault, baseline).filter((step) => {
    if (near === undefined) return true
    return step.kind === 'request' ? near.includes(step.place) : step.kind === 'state' && near.includes(step.state)
  })
  const step = drawn(steps, draw)
  if (!step) return undefined
  const { recovery, page, facts, ends } = fault
  const press = 'press' in recovery ? [recovery.press ?? []].flat()[0] : undefined
  return {
    text: `fault ${name}, ${stepText(step)}`,
    events: rulesOf(fault, step).map(eventWords),
    ...(facts ? { facts } : {}),
    ...(press !== undefined && page !== undefined ? { person: { [page]: press } } : {}),
    mayHang: ends === 'stuck' || ends === 'unanswered',
  }
}

function happeningMove(
  { which, draw, state }: Extract<Move, { kind: 'happening' }>,
  baseline: Baseline,
): MadeMove | undefined {
  const happening = HAPPENINGS[which % HAPPENINGS.length]!
  const place = state ?? drawn(baseline.states, draw)
  if (place === undefined) return undefined
  const { words, forMs, isForGood = false } = happening
  const rule = { when: { state: place }, ...words, ...(forMs === undefined ? {} : { for: `${forMs / 1_000}s` }) }
  return { text: `${JSON.stringify(words)} in ${place}`, events: [rule], mayHang: isForGood }
}

/** A button of a page that the script does not press. */
function pressMove({ draw, state, event }: Extract<Move, { kind: 'press' }>, baseline: Baseline): MadeMove | undefined {
  const buttons = buttonsIn(baseline).filter((one) => event === undefined || one.event === event)
  const button = drawn(buttons, draw)
  const id = button?.id ?? event?.replace(/^user\./, '')
  if (id === undefined) return undefined
  const when = state === undefined ? button && { page: button.page } : { state }
  if (!when) return undefined
  return { text: `press ${id} at ${Object.values(when)[0]}`, events: [{ when, person: id }], mayHang: false }
}

interface Button {
  page: string
  id: string
  event: string
}

function buttonsIn({ result: { journal } }: Baseline): Button[] {
  const found = new Map<string, Button>()
  for (const entry of journal) {
    if (entry.kind !== 'screen' || !('screen' in entry)) continue
    const { page, controls } = entry.screen
    for (const control of controls) {
      if ('event' in control) found.set(`${page} ${control.id}`, { page, id: control.id, event: control.event })
    }
  }
  return [...found.values()]
}
