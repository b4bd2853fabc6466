import { formatDuration } from '../../domain/duration.ts'
import type { Offer } from '../cockpit/source.ts'
import { STYLE, told } from '../cockpit/style.ts'
import { TIME_KEYS } from '../cockpit/time-keys.ts'
import { filteredOffers, type MenuModel } from '../menus.ts'
import type { SessionSnapshot } from '../session.ts'
import { cut, pad, wrap } from '../text-width.ts'
import { GLYPHS } from '../theme.ts'
import type { Area } from './card.ts'
import { clock } from './clock.ts'
import { BLANK, type Row, span } from './row.ts'

/** A menu over the page. */
export const menuRows = (menu: MenuModel, snapshot: SessionSnapshot, offers: readonly Offer[], area: Area): Row[] =>
  menu.kind === 'time' ? timeRows(menu.minutes, snapshot, area) : paletteRows(menu, snapshot, offers, area)

function timeRows(
  minutes: string,
  { now, speed, screen, states, transitions, note }: SessionSnapshot,
  { width }: Area,
): Row[] {
  const line = (key: string, label: string, about: string): Row => [
    span(pad(key, 7), STYLE.lit),
    span(pad(label, 26)),
    told(about, STYLE.quiet),
  ]
  const last = transitions.at(-1)
  return [
    [span('Time', { bold: true }), told(`  ${clock(now)}${speed === 0 ? ', paused' : ''}`, STYLE.caution)],
    [told(screen ? `page ${screen.page}: ${cut(screen.title, width - 20)}` : 'the screen is dark', STYLE.quiet)],
    [told(states.join('  '), STYLE.quiet)],
    [told(last ? `${clock(last.at)} ${last.text}` : '', STYLE.quiet)],
    BLANK,
    line('Space', 'pause, or continue', ''),
    ...TIME_KEYS.map(({ key, label, about }) => line(key, label, about)),
    [...line('0–9', 'back so many minutes', ''), span(`${minutes || '__'} `, STYLE.key), span('Enter', STYLE.quiet)],
    line('s', 'save as a scenario', 'once the run has ended'),
    line('f', 'save a film', 'of the run as far as it has come'),
    BLANK,
    ...wrap(note ?? '', width).map((text): Row => [told(text, STYLE.caution)]),
    [span('Esc closes this', STYLE.quiet)],
  ]
}

/** The question for how long. */
const lastsLines = ({ label, lastsMs }: Offer, minutes: string): string[] => [
  `“${label}” for ${minutes || '__'} minutes of device time; u: until you take it back`,
  `Enter ${minutes === '' ? (lastsMs === undefined ? 'does it until you take it back' : `takes ${formatDuration(lastsMs)}`) : 'does it'}; Esc goes back to the list`,
]

const GROUP_WIDTH = 14
/** What the selected entry does. */
const ABOUT_ROWS = 3

function paletteRows(
  menu: Extract<MenuModel, { kind: 'palette' }>,
  { screen }: SessionSnapshot,
  offers: readonly Offer[],
  { width, height }: Area,
): Row[] {
  const found = filteredOffers(offers, menu.filter)
  const at = Math.min(menu.at, Math.max(0, found.length - 1))
  // The two lines at the top, and what the selected one does.
  const room = height - 3 - ABOUT_ROWS
  const first = Math.max(0, Math.min(at - Math.floor(room / 2), found.length - room))
  const rows = found.slice(first, first + room).map((offer, index): Row => {
    const isSelected = first + index === at
    return [
      span(isSelected ? `${GLYPHS.focus} ` : '  ', STYLE.lit),
      told(pad(cut(offer.group, GROUP_WIDTH - 1), GROUP_WIDTH), STYLE.quiet),
      told(offer.label, isSelected ? { ...STYLE.key, underline: true } : {}),
    ]
  })
  const filler = Array.from({ length: Math.max(0, room - rows.length) }, (): Row => BLANK)
  const offer = found[at]
  const about = !offer
    ? ['Nothing that can be done now has these words.']
    : menu.lasts === undefined
      ? wrap(offer.about, width).slice(0, ABOUT_ROWS)
      : lastsLines(offer, menu.lasts)
  return [
    [
      span('> ', STYLE.lit),
      told(menu.filter),
      span(' ', { inverse: true }),
      told(`  ${found.length} of ${offers.length}`, STYLE.quiet),
    ],
    [
      told(
        `${screen ? `on the page ${screen.page}` : 'what can be done now'}; type to filter, Enter does it`,
        STYLE.quiet,
      ),
    ],
    ...rows,
    ...filler,
    BLANK,
    ...about.map((text): Row => [told(text, STYLE.good)]),
  ]
}
