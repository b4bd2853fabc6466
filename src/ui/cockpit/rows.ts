import type { Area } from '../rows/card.ts'
import { clock } from '../rows/clock.ts'
import { BLANK, cutRow, indent, type Row, rowWidth, span, spread } from '../rows/row.ts'
import { pad } from '../text-width.ts'
import { GLYPHS } from '../theme.ts'
import type { Item } from './items.ts'
import { type CockpitModel, isDetailBeside, placeOf, TAB_NAMES, TABS } from './model.ts'
import { STYLE, told } from './style.ts'
import { timelineRows } from './tabs/timeline.ts'
import { bodyHeight, type CockpitScene, itemsOf, listWidth, readingIn, selectedIndex } from './view.ts'

/** The cockpit in exactly the rows of the terminal. */
export function cockpitRows(model: CockpitModel, scene: CockpitScene): Row[] {
  const { columns } = scene.size
  const height = bodyHeight(scene.size)
  const body = bodyRows(model, scene, { width: columns, height })
  const filled = Array.from({ length: height }, (_, index) => cutRow(body[index] ?? BLANK, columns))
  return [tabsRow(model, scene), momentRow(model, scene), ...filled, hintsRow(model, scene)]
}

function bodyRows(model: CockpitModel, scene: CockpitScene, area: Area): Row[] {
  const place = placeOf(model)
  if (model.tab === 'timeline') {
    const reading = readingIn(model, scene)
    return timelineRows({ entries: scene.source.entries, reading, lane: model.lane, isPage: place.isInside }, area)
  }
  const isBeside = isDetailBeside(scene.size)
  const width = listWidth(scene.size, isBeside)
  const items = itemsOf(model, scene, width)
  if (items.length === 0) return [[told(`  ${place.search === '' ? EMPTY : NOT_FOUND}`, STYLE.quiet)]]
  const at = selectedIndex(model, items)
  const detail = items[at]?.detail
  if (!isBeside && place.isInside && detail) return windowOf(detail(area.width - 1), place.from, area.height)
  const list = listRows(items, at, { width: width - 1, height: area.height }, !place.isInside)
  if (!isBeside) return list
  const right = detail ? windowOf(detail(area.width - width - 2), place.from, area.height) : []
  return Array.from({ length: area.height }, (_, index): Row => {
    const left = cutRow(list[index] ?? BLANK, width - 1)
    const rule = span('│ ', place.isInside ? STYLE.lit : STYLE.quiet)
    return [...left, span(' '.repeat(Math.max(0, width - rowWidth(left)))), rule, ...(right[index] ?? BLANK)]
  })
}

const EMPTY = 'Nothing so far.'
const NOT_FOUND = 'Nothing has these letters: / and Escape show all.'

const windowOf = (rows: readonly Row[], from: number, height: number): Row[] => {
  const first = Math.min(from, Math.max(0, rows.length - height))
  return rows.slice(first, first + height)
}

/** As many lines as fit around the selected one. */
function listRows(items: readonly Item[], at: number, { width, height }: Area, hasFocus: boolean): Row[] {
  const first = Math.max(0, Math.min(at - Math.floor(height / 2), items.length - height))
  return items.slice(first, first + height).map((item, index) => {
    const isSelected = first + index === at
    const fold = item.fold === undefined ? '' : item.fold === 'open' ? '▾ ' : '▹ '
    const body = item.isTitle ? item.row : indent([span(fold, STYLE.quiet), ...item.row], item.depth * 2)
    const marker = span(isSelected ? `${hasFocus ? GLYPHS.focus : '·'} ` : '  ', STYLE.lit)
    const drawn = cutRow([marker, ...body], width)
    return isSelected && hasFocus
      ? drawn.map((part) => ({ ...part, bold: true, underline: part.text.trim() !== '' }))
      : drawn
  })
}

function tabsRow(model: CockpitModel, { size, snapshot }: CockpitScene): Row {
  const tabs = TABS.flatMap((tab, index): Row => {
    const isOpen = tab === model.tab
    const text = `${index + 1} ${TAB_NAMES[tab]}`
    return [span(isOpen ? `[${text}]` : ` ${text} `, isOpen ? STYLE.lit : STYLE.quiet)]
  })
  const page = snapshot.screen?.page ?? 'dark'
  return spread([span(' '), ...tabs], [told(`${page} `, STYLE.quiet)], size.columns)
}

/** Which moment is looked at, what is searched for, and why nothing came of the last key. */
function momentRow(model: CockpitModel, scene: CockpitScene): Row {
  const { search, isTyping } = placeOf(model)
  const reading = readingIn(model, scene)
  const left: Row =
    model.moment === null
      ? [told(` ${scene.source.offers ? 'now' : 'the end'}, ${clock(reading.at)}`, STYLE.quiet)]
      : [
          told(` ${clock(reading.at)}`, STYLE.caution),
          told(` entry #${reading.entries.at(-1)?.seq ?? 0} of ${scene.source.entries.length - 1}`, STYLE.caution),
        ]
  const searched: Row = isTyping
    ? [span('  / '), told(search), span(' ', { inverse: true })]
    : search === ''
      ? []
      : [told(`  / ${search}`, STYLE.lit)]
  const note = scene.snapshot.note
  return spread([...left, ...searched], note === null ? [] : [told(`${note} `, STYLE.caution)], scene.size.columns)
}

function hintsRow(model: CockpitModel, { source, snapshot, size }: CockpitScene): Row {
  const isLive = source.offers !== undefined
  const speed =
    snapshot.speed === 0 ? GLYPHS.paused : snapshot.speed === Number.POSITIVE_INFINITY ? '»' : `×${snapshot.speed}`
  const right: Row = isLive
    ? [span(speed, STYLE.lit), span(`  ${clock(snapshot.now)} `)]
    : [told(`${source.spec.scenario} `, STYLE.quiet)]
  const room = size.columns - rowWidth(right) - 2
  const left: Row = [span(' ')]
  for (const [key, what] of hintsOf(model, isLive)) {
    const hint: Row = [span(key, STYLE.key), span(pad(` ${what}`, what.length + 1), STYLE.quiet)]
    if (rowWidth(left) + rowWidth(hint) > room) break
    left.push(...hint, span('  '))
  }
  return spread(left, right, size.columns)
}

function hintsOf(model: CockpitModel, isLive: boolean): [string, string][] {
  const place = placeOf(model)
  const leave: [string, string] = isLive ? ['F2', 'page'] : ['q', 'leave']
  if (place.isTyping)
    return [
      ['Enter', 'search'],
      ['Esc', 'stop'],
    ]
  if (model.tab === 'timeline') {
    return [
      ['←→', 'scrub'],
      ['↑↓', 'lane'],
      ['Enter', place.isInside ? 'entries' : 'page'],
      ['End', isLive ? 'now' : 'the end'],
      ...(isLive && model.moment !== null ? [['g', 'go back here'] as [string, string]] : []),
      leave,
    ]
  }
  if (place.isInside) return [['↑↓', 'scroll'], ['Esc', 'back'], leave]
  return [
    ['Enter', 'open'],
    ['/', 'search'],
    ['[ ]', 'step'],
    ...(model.moment === null ? [] : [['=', isLive ? 'now' : 'the end'] as [string, string]]),
    ...(isLive && model.moment !== null ? [['g', 'go back here'] as [string, string]] : []),
    leave,
    ...(isLive
      ? ([
          ['Ctrl+G', 'time'],
          ['Ctrl+P', 'palette'],
        ] as [string, string][])
      : []),
  ]
}
