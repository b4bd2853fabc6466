import { backButton, isField } from '../controls.ts'
import { isCovered, type UiModel } from '../model.ts'
import type { SessionSnapshot } from '../session.ts'
import { GLYPHS, THEME } from '../theme.ts'
import { clock } from './clock.ts'
import { networkRow } from './network.ts'
import { type Row, rowWidth, span, spread } from './row.ts'

const PRODUCT = 'Windows 11 SE'

export const statusRow = ({ device }: SessionSnapshot, width: number): Row =>
  spread(
    [span(` ${PRODUCT}`, { bold: true }), span('  simulated', { dim: true })],
    [span(`${device} `, { dim: true })],
    width,
  )

/** Why nothing came of a key, what is typed in a list, a way out of a dead end, or else what the person of the scenario would answer. */
export function hintRow(snapshot: SessionSnapshot, model: UiModel): Row {
  const { suggestion, ended, note } = snapshot
  if (model.notice !== undefined) return [span(model.notice, { color: THEME.caution })]
  if (ended !== null) return []
  if (note !== null) return [span(note, { color: THEME.caution })]
  if (model.typed !== undefined) return [span('Find: ', { dim: true }), span(model.typed)]
  if (suggestion === null) return wayOut(snapshot)
  return [span('Ctrl+F', { bold: true }), span(` ${suggestion.text}`, { dim: true })]
}

/** A page that waits for a network which this device does not see: what a person at the device would do. */
function wayOut({ screen, network }: SessionSnapshot): Row {
  if (screen?.page !== 'network' || network.via !== 'none') return []
  if (screen.controls.some((control) => control.kind === 'choice' && control.options.length > 0)) return []
  const say = (key: string, what: string): Row => [span(key, { bold: true }), span(` ${what}`, { dim: true })]
  if (network.hasWifi && !network.radio) return say('Ctrl+W', 'switches Wi-Fi on')
  if (network.hasEthernet && !network.cable) return say('Ctrl+E', 'plugs in a network cable')
  return []
}

export function bottomRow(snapshot: SessionSnapshot, model: UiModel, width: number): Row {
  const right: Row = [
    // A device that is off has no network.
    ...(snapshot.dark === undefined ? [...networkRow(snapshot.network), span('  ')] : []),
    speedSpan(snapshot),
    span(`  ${clock(snapshot.now)} `),
  ]
  const room = width - rowWidth(right) - 3
  const left: Row = [span(' ')]
  for (const [key, what] of hintsOf(snapshot, model)) {
    const hint: Row = [span(key, { bold: true }), span(` ${what}`, { dim: true })]
    if (rowWidth(left) + rowWidth(hint) > room) break
    left.push(...hint, span('  '))
  }
  return spread(left, right, width)
}

/** The most useful first: those that do not fit are left out. */
function hintsOf({ screen, ended, cockpit: source }: SessionSnapshot, model: UiModel): [string, string][] {
  const panel: [string, string] = ['Ctrl+B', 'details']
  if (model.isHelpOpen || model.isHandsOpen || model.menu || isCovered(model)) return [['Esc', 'close']]
  if (ended !== null) return [['Enter', 'leave'], panel, ['F1', 'help']]
  const control = screen?.controls.find(({ id }) => id === model.focus)
  const enter: [string, string][] = control ? [['Enter', isField(control) ? 'next' : 'go']] : []
  const move: [string, string][] = screen && screen.controls.length > 1 ? [['Tab', 'move']] : []
  const back: [string, string][] = screen && backButton(screen) ? [['Esc', 'back']] : []
  return [
    ['F1', 'help'],
    ...enter,
    ...move,
    ...back,
    panel,
    ...(source?.offers ? ([['F2', 'cockpit']] as [string, string][]) : []),
    ['Ctrl+T', 'speed'],
    ['Ctrl+K', 'pause'],
  ]
}

function speedSpan({ speed, rate = speed }: SessionSnapshot) {
  if (speed === 0) return span(GLYPHS.paused, { color: THEME.caution })
  return span(speed === Number.POSITIVE_INFINITY ? '»' : `×${Math.round(rate)}`, { color: THEME.accentLight })
}
