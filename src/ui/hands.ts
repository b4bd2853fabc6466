import { KEY_CHORDS } from '../domain/key-chords.ts'

/** What a person can do at the device, and a terminal cannot send: key chords, the lid, the power button. */
export type Hand = { kind: 'chord'; keys: string } | { kind: 'toggleLid' } | { kind: 'togglePower' }

export interface HandEntry {
  /** The key that does it in the menu. */
  key: string
  label: string
  about: string
  hand: Hand
}

const CHORD_HANDS = KEY_CHORDS.map(({ keys, about }) => ({
  label: keys,
  about,
  hand: { kind: 'chord', keys } as const,
}))

/** The menu, in its order. */
export const HANDS: readonly HandEntry[] = [
  ...CHORD_HANDS,
  { label: 'Lid', about: 'close it, or open it', hand: { kind: 'toggleLid' } as const },
  { label: 'Power button', about: 'switch the device off, or on', hand: { kind: 'togglePower' } as const },
].map((entry, index) => ({ ...entry, key: String(index + 1) }))

export const handOf = (key: string): Hand | undefined => HANDS.find((entry) => entry.key === key)?.hand
