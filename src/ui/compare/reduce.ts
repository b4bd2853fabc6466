import type { CockpitEffect } from '../cockpit/effects.ts'
import { reduceCockpit } from '../cockpit/reduce.ts'
import type { Key } from '../keys.ts'
import type { UiModel } from '../model.ts'
import type { SessionSnapshot } from '../session.ts'
import { momentOf, pairAt } from './model.ts'
import type { CompareSource, Side } from './source.ts'

const PAGE = 10

interface Compared {
  model: UiModel
  effects: CockpitEffect[]
}

/** What a key does while two runs are compared. */
export function reduceCompare(model: UiModel, key: Key, snapshot: SessionSnapshot, source: CompareSource): Compared {
  const { side } = model.compare
  if (side) return inCockpit(model, key, snapshot, source, side)
  const char = typeof key === 'object' && key.type === 'char' ? key.text : undefined
  if (char === 'q' || key === 'escape') return { model, effects: [{ kind: 'quit' }] }
  if (char === '1' || char === '2')
    return { model: opened(model, source, char === '1' ? 'left' : 'right'), effects: [] }
  const at = movedTo(key, char, pairAt(model.compare, source), source)
  if (at === undefined) return { model, effects: [] }
  return { model: { ...model, compare: { side, at: Math.max(0, Math.min(source.pairs.length - 1, at)) } }, effects: [] }
}

/** Escape leads back to the two, once there is nothing in the cockpit that it closes. */
function inCockpit(model: UiModel, key: Key, snapshot: SessionSnapshot, source: CompareSource, side: Side): Compared {
  const scene = { source: source.runs[side], snapshot, values: {}, size: model.size }
  const { cockpit, effects } = reduceCockpit(model.cockpit, key, scene)
  const isOut = key === 'escape' && (cockpit === model.cockpit || cockpit.moment !== model.cockpit.moment)
  return { model: { ...model, cockpit, ...(isOut ? { compare: { ...model.compare, side: null } } : {}) }, effects }
}

/** The cockpit of one of them, at the moment that is looked at. */
function opened(model: UiModel, source: CompareSource, side: Side): UiModel {
  const { entries } = source.runs[side]
  const at = momentOf(source.pairs, pairAt(model.compare, source), side)
  const moment = entries.findLastIndex((entry) => entry.at <= at) + 1
  return {
    ...model,
    compare: { ...model.compare, side },
    cockpit: { ...model.cockpit, isOpen: true, moment: moment >= entries.length ? null : Math.max(1, moment) },
  }
}

function movedTo(
  key: Key,
  char: string | undefined,
  at: number,
  { pairs, partsAt }: CompareSource,
): number | undefined {
  if (char === 'p') return partsAt ?? undefined
  if (char === 'n') {
    const next = pairs.findIndex((pair, index) => index > at && !(pair.left && pair.right))
    return next < 0 ? undefined : next
  }
  switch (key) {
    case 'up':
    case 'left':
      return at - 1
    case 'down':
    case 'right':
      return at + 1
    case 'pageUp':
      return at - PAGE
    case 'pageDown':
      return at + PAGE
    case 'home':
      return 0
    case 'end':
      return pairs.length - 1
    default:
      return undefined
  }
}
