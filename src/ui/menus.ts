import type { CockpitEffect } from './cockpit/effects.ts'
import type { Offer } from './cockpit/source.ts'
import { moveOf } from './cockpit/time-keys.ts'
import type { Key } from './keys.ts'
import { draftOf, insert, removeBefore } from './text-edit.ts'

/** A menu over the page or the cockpit. */
export type MenuModel =
  /** `minutes`: as a person types how far to go back. */
  | { kind: 'time'; minutes: string }
  /** @see filteredOffers; `at` counts the lines that are left. `lasts`: as a person types for how many minutes. */
  | { kind: 'palette'; filter: string; at: number; lasts?: string }

export type MenuEffect = CockpitEffect | { kind: 'pause' } | { kind: 'save'; what: 'scenario' | 'film' }

export interface MenuReduced {
  menu: MenuModel | null
  effects: MenuEffect[]
}

const MINUTES_DIGITS = 4

/** What a key does in a menu. @param offers all that can be done to the run */
export const reduceMenu = (menu: MenuModel, key: Key, offers: readonly Offer[]): MenuReduced =>
  menu.kind === 'time' ? reduceTime(menu, key) : reducePalette(menu, key, offers)

const charOf = (key: Key): string | undefined => (typeof key === 'object' && key.type === 'char' ? key.text : undefined)

function reduceTime(menu: Extract<MenuModel, { kind: 'time' }>, key: Key): MenuReduced {
  const stay = (effect: MenuEffect): MenuReduced => ({ menu, effects: [effect] })
  const char = charOf(key)
  const move = moveOf(char)
  // The menu stays: a person takes more than one step.
  if (move) return stay({ kind: 'travel', move })
  if (char === ' ') return stay({ kind: 'pause' })
  if (char === 's') return stay({ kind: 'save', what: 'scenario' })
  if (char === 'f') return stay({ kind: 'save', what: 'film' })
  if (char !== undefined && /\d/.test(char)) {
    return { menu: { ...menu, minutes: (menu.minutes + char).slice(-MINUTES_DIGITS) }, effects: [] }
  }
  if (key === 'backspace') return { menu: { ...menu, minutes: menu.minutes.slice(0, -1) }, effects: [] }
  if (key === 'enter' && Number(menu.minutes) > 0) {
    const minutes = Number(menu.minutes)
    return { menu: { ...menu, minutes: '' }, effects: [{ kind: 'travel', move: { to: 'earlier', minutes } }] }
  }
  return { menu: key === 'escape' ? null : menu, effects: [] }
}

type PaletteMenu = Extract<MenuModel, { kind: 'palette' }>

function reducePalette(menu: PaletteMenu, key: Key, offers: readonly Offer[]): MenuReduced {
  const found = filteredOffers(offers, menu.filter)
  const at = Math.min(menu.at, Math.max(0, found.length - 1))
  const moved = (to: number): MenuReduced => ({
    menu: { ...menu, at: Math.max(0, Math.min(found.length - 1, to)) },
    effects: [],
  })
  const filtered = (filter: string): MenuReduced => ({ menu: { ...menu, filter, at: 0 }, effects: [] })
  const offer = found[at]
  if (menu.lasts !== undefined && offer?.back) return reduceEnd({ ...menu, lasts: menu.lasts }, key, offer)
  if (key === 'escape') return { menu: null, effects: [] }
  if (key === 'enter') {
    if (!offer) return { menu, effects: [] }
    // How long it lasts is asked next.
    if (offer.back) return { menu: { ...menu, at, lasts: '' }, effects: [] }
    return { menu: null, effects: [{ kind: 'apply', stimuli: offer.stimuli }] }
  }
  if (key === 'up') return moved(at - 1)
  if (key === 'down') return moved(at + 1)
  if (key === 'pageUp') return moved(at - 10)
  if (key === 'pageDown') return moved(at + 10)
  if (key === 'home') return moved(0)
  if (key === 'end') return moved(found.length - 1)
  if (key === 'backspace') return filtered(removeBefore(draftOf(menu.filter)).text)
  if (typeof key === 'object' && (key.type === 'char' || key.type === 'paste')) {
    return filtered(insert(draftOf(menu.filter), key.text, 60).text)
  }
  return { menu, effects: [] }
}

/** How long what an offer does is to last: minutes that are typed, else as long as it has itself, else until it is taken back. */
function reduceEnd(menu: PaletteMenu & { lasts: string }, key: Key, offer: Offer): MenuReduced {
  const { lasts, ...list } = menu
  const char = charOf(key)
  const does = (ms: number | undefined): MenuReduced => ({
    menu: null,
    effects: [
      {
        kind: 'apply',
        stimuli: offer.stimuli,
        ...(ms === undefined || !offer.back ? {} : { end: { ms, stimuli: offer.back } }),
      },
    ],
  })
  if (key === 'escape') return { menu: list, effects: [] }
  if (key === 'enter') return does(Number(lasts) > 0 ? Number(lasts) * 60_000 : offer.lastsMs)
  if (char === 'u') return does(undefined)
  if (char !== undefined && /\d/.test(char)) {
    return { menu: { ...menu, lasts: (lasts + char).slice(-MINUTES_DIGITS) }, effects: [] }
  }
  return { menu: key === 'backspace' ? { ...menu, lasts: lasts.slice(0, -1) } : menu, effects: [] }
}

/** Those that have each of the words somewhere. */
export function filteredOffers(offers: readonly Offer[], filter: string): readonly Offer[] {
  const words = filter.toLowerCase().split(/\s+/).filter(Boolean)
  if (words.length === 0) return offers
  return offers.filter(({ id, group, label, about }) => {
    const text = `${id} ${group} ${label} ${about}`.toLowerCase()
    return words.every((word) => text.includes(word))
  })
}
