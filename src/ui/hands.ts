import { CHORDS, type Chord } from '../domain/key-chords.ts'

/** What a person can do at the device, and a terminal cannot send: key chords, the lid, the power button. */
export type Hand = { kind: 'chord'; keys: Chord } | { kind: 'toggleLid' } | { kind: 'togglePower' }

export interface HandEntry {
  /** The key that does it in the menu. */
  key: string
  hand: Hand
}

/** The menu, in its order. */
export const HANDS: readonly HandEntry[] = [
  ...CHORDS.map((keys): Hand => ({ kind: 'chord', keys })),
  { kind: 'toggleLid' } as const,
  { kind: 'togglePower' } as const,
].map((hand, index) => ({ hand, key: String(index + 1) }))

export const handOf = (key: string): Hand | undefined => HANDS.find((entry) => entry.key === key)?.hand
