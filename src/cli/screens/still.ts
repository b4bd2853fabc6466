import type { LanguageId } from '../../domain/languages.ts'
import type { Screen } from '../../domain/screen.ts'
import type { View } from '../../domain/view.ts'
import { screenIn } from '../../screens/in-language.ts'
import { textsFor } from '../../texts/languages.ts'
import { frameRows } from '../../ui/frame.ts'
import { initialModel, SIZE_MIN } from '../../ui/model.ts'
import type { Row } from '../../ui/rows/row.ts'
import type { SessionSnapshot } from '../../ui/session.ts'

/** A page as it opens, in the smallest terminal. */
export interface Still {
  screen: Screen
  rows: Row[]
}

/** Draws a page in a language that was loaded; undefined between two pages. */
export function stillOf(view: View, language: LanguageId): Still | undefined {
  const screen = screenIn(view, language, textsFor(language))
  return screen ? { screen, rows: drawn(screen) } : undefined
}

function drawn(screen: Screen): Row[] {
  const snapshot = stillSnapshot(screen)
  return frameRows({ snapshot, model: initialModel(snapshot, SIZE_MIN), tick: 0 })
}

/** A device that does nothing but show a page. */
export const stillSnapshot = (screen: Screen): SessionSnapshot => ({
  screen,
  now: 61_000,
  speed: 60,
  device: 'A virtual device',
  states: [],
  transitions: [],
  requests: [],
  identity: [],
  network: { via: 'none', isOnline: false, hasEthernet: false, hasWifi: true, cable: false, radio: true },
  suggestion: null,
  note: null,
  ended: null,
})
