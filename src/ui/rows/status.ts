import { backButton, isField } from '../controls.ts'
import { isCovered, type UiModel } from '../model.ts'
import type { SessionSnapshot } from '../session.ts'
import { GLYPHS, THEME } from '../theme.ts'
import { wordsOf } from '../words.ts'
import { clock } from './clock.ts'
import { networkRow } from './network.ts'
import { type Row, rowWidth, span, spread } from './row.ts'

const PRODUCT = 'Windows 11 SE'

export const statusRow = (snapshot: SessionSnapshot, width: number): Row =>
  spread(
    [span(` ${PRODUCT}`, { bold: true }), span(`  ${wordsOf(snapshot).frame.simulated}`, { dim: true })],
    [span(`${snapshot.device} `, { dim: true })],
    width,
  )

/** Why nothing came of a key, what is typed in a list, a way out of a dead end, or else what the person of the scenario would answer. */
export function hintRow(snapshot: SessionSnapshot, model: UiModel): Row {
  const { suggestion, ended, note } = snapshot
  if (model.notice !== undefined) return [span(model.notice, { color: THEME.caution })]
  if (ended !== null) return []
  if (note !== null) return [span(note, { color: THEME.caution })]
  if (model.typed !== undefined) return [span(`${wordsOf(snapshot).hints.find} `, { dim: true }), span(model.typed)]
  if (suggestion === null) return wayOut(snapshot)
  return [span('Ctrl+F', { bold: true }), span(` ${suggestion.text}`, { dim: true })]
}

/** A page that waits for a network which this device does not see: what a person at the device would do. */
function wayOut(snapshot: SessionSnapshot): Row {
  const { screen, network } = snapshot
  if (screen?.page !== 'network' || network.via !== 'none') return []
  if (screen.controls.some((control) => control.kind === 'choice' && control.options.length > 0)) return []
  const { hints } = wordsOf(snapshot)
  const say = (key: string, what: string): Row => [span(key, { bold: true }), span(` ${what}`, { dim: true })]
  if (network.hasWifi && !network.radio) return say('Ctrl+W', hints.switchesWifiOn)
  if (network.hasEthernet && !network.cable) return say('Ctrl+E', hints.plugsIn)
  return []
}

export function bottomRow(snapshot: SessionSnapshot, model: UiModel, width: number): Row {
  const right: Row = [
    // A device that is off has no network.
    ...(snapshot.dark === undefined ? [...networkRow(snapshot.network, wordsOf(snapshot)), span('  ')] : []),
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
function hintsOf(snapshot: SessionSnapshot, model: UiModel): [string, string][] {
  const { screen, ended, cockpit: source } = snapshot
  const { hints } = wordsOf(snapshot)
  const panel: [string, string] = ['Ctrl+B', hints.details]
  if (model.isHelpOpen || model.isHandsOpen || model.menu || isCovered(model)) return [['Esc', hints.close]]
  if (ended !== null) return [['Enter', hints.leave], panel, ['F1', hints.help]]
  const control = screen?.controls.find(({ id }) => id === model.focus)
  const enter: [string, string][] = control ? [['Enter', isField(control) ? hints.next : hints.go]] : []
  const move: [string, string][] = screen && screen.controls.length > 1 ? [['Tab', hints.move]] : []
  const back: [string, string][] = screen && backButton(screen) ? [['Esc', hints.back]] : []
  return [
    ['F1', hints.help],
    ...enter,
    ...move,
    ...back,
    panel,
    ...(source?.offers ? ([['F2', hints.cockpit]] as [string, string][]) : []),
    ['Ctrl+T', hints.speed],
    ['Ctrl+K', hints.pause],
  ]
}

function speedSpan({ speed, rate = speed }: SessionSnapshot) {
  if (speed === 0) return span(GLYPHS.paused, { color: THEME.caution })
  return span(speed === Number.POSITIVE_INFINITY ? '»' : `×${Math.round(rate)}`, { color: THEME.accentLight })
}
