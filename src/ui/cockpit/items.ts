import { cutRow, type Row, span } from '../rows/row.ts'
import { wrap } from '../text-width.ts'
import type { Place } from './model.ts'
import type { Offer } from './source.ts'
import { STYLE, told } from './style.ts'

/** One line of a tab. */
export interface Item {
  id: string
  row: Row
  /** Of the tree: 0 is the outermost. */
  depth: number
  /** A title: it is drawn, and never selected. */
  isTitle?: true
  /** Has lines below it, which are shown or not. */
  fold?: 'open' | 'closed'
  /** Where the device is. */
  isHere?: true
  /** More about it, for a width. */
  detail?: (width: number) => Row[]
  /** What Enter does to the run. */
  offer?: Offer
  /** Where Enter leads: a tab, and the line there. */
  leadsTo?: { tab: 'wire' | 'device'; id: string }
}

type Extra = Pick<Item, 'isHere' | 'detail' | 'offer' | 'leadsTo'>

/** Lines of a tab as a tree. What a person has opened stays open; while they search, all is. */
export class Tree {
  readonly #place: Place
  readonly #items: Item[] = []
  #depth = 0

  constructor(place: Place) {
    this.#place = place
  }

  title(text: string): void {
    this.#items.push({ id: `title ${text}`, row: [span(text, STYLE.heading)], depth: 0, isTitle: true })
  }

  leaf(id: string, row: Row, extra: Extra = {}): void {
    this.#items.push({ id, row, depth: this.#depth, ...extra })
  }

  /** A name and its value. */
  fact(id: string, name: string, value: string, extra: Extra = {}): void {
    this.leaf(id, [told(`${name}  `, STYLE.quiet), told(value)], extra)
  }

  /** @param opensFirst whether its lines are shown before a person has touched it */
  branch(id: string, row: Row, opensFirst: boolean, below: () => void, extra: Extra = {}): void {
    const isOpen = this.#place.search !== '' || opensFirst !== this.#place.toggled.includes(id)
    this.#items.push({ id, row, depth: this.#depth, fold: isOpen ? 'open' : 'closed', ...extra })
    if (!isOpen) return
    this.#depth++
    below()
    this.#depth--
  }

  /** The lines, or those that have the text that is searched for, with what is above them. */
  items(): Item[] {
    const wanted = this.#place.search.toLowerCase()
    if (wanted === '') return this.#items
    const kept: Item[] = []
    let needed = -1
    for (const item of this.#items.toReversed()) {
      const isAbove = item.depth < needed
      if (isAbove) needed = item.depth
      const isFound = !item.isTitle && textOf(item.row).toLowerCase().includes(wanted)
      if (isFound) needed = item.depth
      if (isFound || isAbove || item.isTitle) kept.push(item)
      if (item.depth === 0) needed = -1
    }
    return kept.toReversed()
  }
}

export const textOf = (row: Row): string => row.map(({ text }) => text).join('')

/** Paragraphs as rows. */
export const paragraphs = (lines: readonly string[], width: number): Row[] =>
  lines.flatMap((line) => {
    const room = /^ */.exec(line)![0]
    const isDeep = room.length > width / 2
    const text = isDeep ? line.trimStart() : line.slice(room.length)
    return wrap(text, width - (isDeep ? 0 : room.length)).map((part) => [told(isDeep ? part : room + part)])
  })

/** Names in a column, and their values. */
export const columns = (facts: readonly (readonly [string, string])[], width: number): Row[] => {
  const room = Math.min(24, Math.max(0, ...facts.map(([name]) => name.length)))
  return facts.flatMap(([name, value]): Row[] =>
    wrap(value, Math.max(8, width - room - 2)).map((part, index) =>
      cutRow([told((index === 0 ? name : '').padEnd(room + 2), STYLE.quiet), told(part)], width),
    ),
  )
}
