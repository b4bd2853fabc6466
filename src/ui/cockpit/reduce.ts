import type { Key } from '../keys.ts'
import { draftOf, insert, removeBefore } from '../text-edit.ts'
import type { CockpitEffect } from './effects.ts'
import type { Item } from './items.ts'
import { countAfter, scrubbed } from './lanes.ts'
import { type CockpitModel, isDetailBeside, placeOf, TABS, type TabId, withPlace } from './model.ts'
import { lanesIn } from './tabs/timeline.ts'
import { moveOf } from './time-keys.ts'
import { bodyHeight, type CockpitScene, itemsOf, listWidth, selectedIndex } from './view.ts'

export interface CockpitReduced {
  cockpit: CockpitModel
  effects: CockpitEffect[]
}

const only = (cockpit: CockpitModel): CockpitReduced => ({ cockpit, effects: [] })

const charOf = (key: Key): string | undefined => (typeof key === 'object' && key.type === 'char' ? key.text : undefined)

/** A person is typing what to search for: letters mean nothing else. */
export const isSearching = (model: CockpitModel): boolean => model.isOpen && placeOf(model).isTyping

/** What a key does in the cockpit. */
export function reduceCockpit(model: CockpitModel, key: Key, scene: CockpitScene): CockpitReduced {
  const place = placeOf(model)
  if (place.isTyping) return only(typed(model, key))
  const char = charOf(key)
  const tab = char === undefined ? undefined : TABS[Number(char) - 1]
  if (tab) return only({ ...model, tab })
  if (key === 'tab' || key === 'backTab') return only({ ...model, tab: nextTab(model.tab, key === 'tab' ? 1 : -1) })
  if (char === 'q' && !scene.source.offers) return { cockpit: model, effects: [{ kind: 'quit' }] }
  const move = scene.source.offers ? moveOf(char) : undefined
  if (move) return { cockpit: { ...model, moment: null }, effects: [{ kind: 'travel', move }] }
  if (char === '=') return only({ ...model, moment: null })
  const { entries } = scene.source
  if (char === 'g' && scene.source.offers && model.moment !== null) {
    const seq = entries[model.moment - 1]?.seq ?? 0
    return { cockpit: { ...model, moment: null }, effects: [{ kind: 'travel', move: { to: 'entry', seq } }] }
  }
  if (char === '[' || char === ']') {
    const by = char === ']' ? 1 : -1
    return only({ ...model, moment: scrubbed(entries, { name: '', marks: [] }, model.moment, by) })
  }
  if (char === '{' || char === '}') {
    const pages = lanesIn(entries)[1]!
    return only({ ...model, moment: scrubbed(entries, pages, model.moment, char === '}' ? 1 : -1) })
  }
  if (key === 'escape') return only(stepOut(model, scene))
  if (model.tab === 'timeline') return only(timeline(model, key, scene))
  if (char === '/') return only(withPlace(model, { isTyping: true, isInside: false }))
  return list(model, key, scene)
}

const nextTab = (tab: TabId, by: 1 | -1): TabId => TABS[(TABS.indexOf(tab) + by + TABS.length) % TABS.length]!

/** Out of the detail, then out of the search, then to now, then out of the cockpit. */
function stepOut(model: CockpitModel, { source }: CockpitScene): CockpitModel {
  const place = placeOf(model)
  if (place.isInside) return withPlace(model, { isInside: false, from: 0 })
  if (place.search !== '') return withPlace(model, { search: '' })
  if (model.moment !== null) return { ...model, moment: null }
  return source.offers ? { ...model, isOpen: false } : model
}

function typed(model: CockpitModel, key: Key): CockpitModel {
  const { search } = placeOf(model)
  if (key === 'enter') return withPlace(model, { isTyping: false })
  if (key === 'escape') return withPlace(model, { isTyping: false, search: '' })
  if (key === 'backspace') return withPlace(model, { search: removeBefore(draftOf(search)).text, at: null })
  if (typeof key === 'object' && (key.type === 'char' || key.type === 'paste')) {
    return withPlace(model, { search: insert(draftOf(search), key.text, 60).text, at: null })
  }
  return model
}

function timeline(model: CockpitModel, key: Key, { source: { entries } }: CockpitScene): CockpitModel {
  const lanes = lanesIn(entries)
  const lane = lanes[model.lane] ?? lanes[0]!
  if (key === 'left' || key === 'right') {
    return { ...model, moment: scrubbed(entries, lane, model.moment, key === 'right' ? 1 : -1) }
  }
  if (key === 'pageUp' || key === 'pageDown') {
    return { ...model, moment: leapt(entries, model.moment, key === 'pageDown' ? 0.1 : -0.1) }
  }
  if (key === 'home') return { ...model, moment: 1 }
  if (key === 'end') return { ...model, moment: null }
  if (key === 'up') return { ...model, lane: Math.max(0, model.lane - 1) }
  if (key === 'down') return { ...model, lane: Math.min(lanes.length - 1, model.lane + 1) }
  if (key === 'enter') return withPlace(model, { isInside: !placeOf(model).isInside })
  return model
}

/** By a part of the whole time. */
function leapt(entries: CockpitScene['source']['entries'], moment: number | null, part: number): number | null {
  const end = entries.at(-1)?.at ?? 0
  const at = (moment === null ? end : (entries[moment - 1]?.at ?? 0)) + end * part
  if (at >= end) return null
  const last = entries.findLast((entry) => entry.at <= at)
  return last ? countAfter(entries, last.seq) : 1
}

function list(model: CockpitModel, key: Key, scene: CockpitScene): CockpitReduced {
  const isBeside = isDetailBeside(scene.size)
  const width = listWidth(scene.size, isBeside)
  const items = itemsOf(model, scene, width)
  const at = selectedIndex(model, items)
  const item = items[at]
  const page = Math.max(1, bodyHeight(scene.size) - 1)
  if (placeOf(model).isInside && item?.detail) {
    const rows = item.detail(isBeside ? scene.size.columns - width - 2 : scene.size.columns - 1).length
    const most = Math.max(0, rows - bodyHeight(scene.size))
    const from = scrolled(key, Math.min(placeOf(model).from, most), most, page)
    if (from !== undefined) return only(withPlace(model, { from }))
    return only(key === 'left' || key === 'enter' ? withPlace(model, { isInside: false, from: 0 }) : model)
  }
  const select = (index: number) => only(withPlace(model, { at: items[index]?.id ?? null, from: 0 }))
  const to = scrolled(key, at, items.length - 1, page)
  if (to !== undefined) return select(selectable(items, at, to))
  if (!item) return only(model)
  if (key === 'right' || key === 'left') return sideways(model, key, items, at, select)
  if (charOf(key) === 'n' && model.tab === 'state') return select(items.findIndex(({ id }) => id.startsWith('next ')))
  if (key === 'enter') return entered(model, item)
  return only(model)
}

function scrolled(key: Key, at: number, most: number, page: number): number | undefined {
  const to: Partial<Record<Key & string, number>> = {
    up: at - 1,
    down: at + 1,
    pageUp: at - page,
    pageDown: at + page,
    home: 0,
    end: most,
  }
  const wanted = typeof key === 'string' ? to[key] : undefined
  return wanted === undefined ? undefined : Math.max(0, Math.min(most, wanted))
}

/** The nearest line that can be selected, in the direction of the movement; where there is none, the old one. */
function selectable(items: readonly Item[], from: number, to: number): number {
  const by = to < from ? -1 : 1
  for (let index = to; index >= 0 && index < items.length; index += by) if (!items[index]!.isTitle) return index
  for (let index = to; index >= 0 && index < items.length; index -= by) if (!items[index]!.isTitle) return index
  return from
}

function sideways(
  model: CockpitModel,
  key: 'left' | 'right',
  items: readonly Item[],
  at: number,
  select: (index: number) => CockpitReduced,
): CockpitReduced {
  const item = items[at]!
  if (item.fold === (key === 'right' ? 'closed' : 'open')) return only(toggled(model, item))
  if (key === 'right')
    return item.detail ? only(withPlace(model, { isInside: true, at: item.id, from: 0 })) : select(at)
  const parent = items.slice(0, at).findLastIndex(({ depth }) => depth < item.depth)
  return parent >= 0 ? select(parent) : only(model)
}

function toggled(model: CockpitModel, { id }: Item): CockpitModel {
  const place = placeOf(model)
  const others = place.toggled.filter((one) => one !== id)
  return withPlace(model, { at: id, toggled: others.length < place.toggled.length ? others : [...others, id] })
}

function entered(model: CockpitModel, item: Item): CockpitReduced {
  if (item.offer) {
    const cockpit = withPlace(model, { at: item.id })
    return { cockpit, effects: [{ kind: 'apply', stimuli: item.offer.stimuli }] }
  }
  if (item.leadsTo) {
    const { tab, id } = item.leadsTo
    // A node is looked for by its name: what is above it may be closed.
    const search = tab === 'device' ? id.slice(id.lastIndexOf('/') + 1) : ''
    return only(withPlace({ ...model, tab }, { at: id, search, isInside: tab === 'wire', from: 0 }))
  }
  if (item.fold) return only(toggled(model, item))
  return only(item.detail ? withPlace(model, { at: item.id, isInside: true, from: 0 }) : model)
}
