import type { SessionSnapshot } from '../session.ts'
import type { Item } from './items.ts'
import { type CockpitModel, placeOf } from './model.ts'
import { type Reading, readingOf } from './reading.ts'
import type { CockpitSource } from './source.ts'
import { causeItems } from './tabs/cause.ts'
import { deviceItems } from './tabs/device.ts'
import { stateItems } from './tabs/state.ts'
import { tenantItems } from './tabs/tenant.ts'
import { wireItems } from './tabs/wire.ts'
import { waysOf } from './ways.ts'

/** What drawing and keys need beside the model. */
export interface CockpitScene {
  source: CockpitSource
  snapshot: SessionSnapshot
  /** What the fields of the page hold, by control id. */
  values: Record<string, string>
  size: { columns: number; rows: number }
}

/** Rows for tabs, the line below them, and the line at the bottom. */
const ROWS_AROUND = 3

export const bodyHeight = ({ rows }: CockpitScene['size']): number => Math.max(1, rows - ROWS_AROUND)

/** How wide the list of a tab is. */
export const listWidth = ({ columns }: CockpitScene['size'], isBeside: boolean): number =>
  isBeside ? Math.floor(columns / 2) : columns

/** The lines of the tab that is open; none for the timeline, which is drawn. */
export function itemsOf(model: CockpitModel, scene: CockpitScene, width: number): Item[] {
  const { source, snapshot, values } = scene
  const reading = readingOf(source, model.moment)
  const place = placeOf(model)
  const isLive = source.offers !== undefined && reading.isWhole && snapshot.ended === null
  switch (model.tab) {
    case 'state':
      return stateItems(reading, place, source, isLive ? waysOf(snapshot, values) : [])
    case 'wire':
      return wireItems(reading, place, source)
    case 'device':
      return deviceItems(reading, place)
    case 'tenant':
      return tenantItems(reading, place, isLive ? administratorOffers(source) : [])
    case 'cause':
      return causeItems(reading, place, source, width)
    case 'timeline':
      return []
  }
}

const administratorOffers = ({ offers }: CockpitSource) =>
  (offers?.() ?? []).filter(({ group }) => group === 'administrator')

export const readingIn = (model: CockpitModel, { source }: CockpitScene): Reading => readingOf(source, model.moment)

/** Index of the line that is selected: the last of the wire, or where the device is, as long as a person has not moved; else the first that can be. */
export function selectedIndex(model: CockpitModel, items: readonly Item[]): number {
  const { at } = placeOf(model)
  const found = at === null ? -1 : items.findIndex(({ id }) => id === at)
  if (found >= 0) return found
  if (model.tab === 'wire') return items.length - 1
  const here = items.findLastIndex(({ isHere }) => isHere)
  if (here >= 0) return here
  return items.findIndex(({ isTitle }) => !isTitle)
}
