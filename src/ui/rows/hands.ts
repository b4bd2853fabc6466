import type { Chord } from '../../domain/key-chords.ts'
import type { FrameWords } from '../../texts/frame-words.ts'
import { HANDS, type HandEntry } from '../hands.ts'
import { pad } from '../text-width.ts'
import { THEME } from '../theme.ts'
import { BLANK, type Row, span } from './row.ts'

const FIVE_TIMES: Chord = 'Windows key five times'

/** The menu of what a terminal cannot send, in a language. */
export const handRows = (words: FrameWords): Row[] => [
  [span(words.hands.title, { bold: true })],
  BLANK,
  ...HANDS.map((entry) => {
    const { label, about } = said(entry, words)
    return [span(pad(entry.key, 3), { color: THEME.accentLight }), span(pad(label, 24)), span(about, { dim: true })]
  }),
  BLANK,
  [span(words.hands.closes, { dim: true })],
]

function said({ hand }: HandEntry, { hands, chords }: FrameWords): { label: string; about: string } {
  switch (hand.kind) {
    case 'chord':
      // As they are printed on keys; that one is pressed several times has to be said.
      return { label: hand.keys === FIVE_TIMES ? hands.windowsKey : hand.keys, about: chords[hand.keys] }
    case 'toggleLid':
      return { label: hands.lid, about: hands.lidAbout }
    case 'togglePower':
      return { label: hands.powerButton, about: hands.powerAbout }
  }
}
