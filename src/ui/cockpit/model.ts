/** The tabs, in their order. */
export const TABS = ['state', 'wire', 'device', 'tenant', 'timeline', 'cause'] as const

export type TabId = (typeof TABS)[number]

export const TAB_NAMES: Record<TabId, string> = {
  state: 'State',
  wire: 'Wire',
  device: 'Device',
  tenant: 'Tenant',
  timeline: 'Timeline',
  cause: 'Cause',
}

/** Where a person was in a tab. */
export interface Place {
  /** Line that is selected; null where the tab begins. */
  at: string | null
  /** Lines that a person has opened or closed. */
  toggled: readonly string[]
  /** The arrows move in the detail, and not in the list. */
  isInside: boolean
  /** First row of the detail that is shown. */
  from: number
  search: string
  isTyping: boolean
}

/** The cockpit as a person has left it. */
export interface CockpitModel {
  isOpen: boolean
  tab: TabId
  places: Readonly<Record<TabId, Place>>
  /** How many entries of the journal count: the moment that is looked at. Null is now. */
  moment: number | null
  /** Of the timeline. */
  lane: number
}

const START: Place = { at: null, toggled: [], isInside: false, from: 0, search: '', isTyping: false }

export const closedCockpit: CockpitModel = {
  isOpen: false,
  tab: 'state',
  places: { state: START, wire: START, device: START, tenant: START, timeline: START, cause: START },
  moment: null,
  lane: 0,
}

export const placeOf = ({ tab, places }: CockpitModel): Place => places[tab]

export const withPlace = (model: CockpitModel, change: Partial<Place>): CockpitModel => ({
  ...model,
  places: { ...model.places, [model.tab]: { ...model.places[model.tab], ...change } },
})

/** From this width on the detail of the selected line is beside the list. */
const COLUMNS_FOR_BOTH = 110

export const isDetailBeside = ({ columns }: { columns: number }): boolean => columns >= COLUMNS_FOR_BOTH
