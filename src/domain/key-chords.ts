/** Keys pressed together, or one after the other, that Windows knows during the first boot. */
export interface KeyChord {
  keys: string
  /** What Windows does, in one line. */
  about: string
  /** Section of oobe-autopilot-esp.md and its certainty. */
  source: string
}

/** No device of this simulation is in S mode, where Shift+F10 is not available [S]. */
export const KEY_CHORDS = [
  { keys: 'Shift+F10', about: 'a command prompt; on SE the way to Settings', source: '1.10 [D]' },
  { keys: 'Ctrl+Shift+D', about: 'the diagnostics page', source: '1.10 [D]' },
  { keys: 'Windows key five times', about: 'the provisioning options', source: '1.10 [D]' },
  { keys: 'Ctrl+Shift+F3', about: 'audit mode', source: '1.10 [U]' },
  { keys: 'Ctrl+Win+R', about: 'a local Autopilot Reset, at the lock screen', source: '1.10 [D]' },
  {
    keys: 'Ctrl+Alt+Delete',
    about: 'leaves the page of a school, at sign-in',
    source: '1.10 [D]',
  },
  { keys: 'Win+Ctrl+Enter', about: 'Narrator', source: '1.10 [U]' },
] as const satisfies readonly KeyChord[]

export type Chord = (typeof KEY_CHORDS)[number]['keys']

export const CHORDS: readonly Chord[] = KEY_CHORDS.map(({ keys }) => keys)

export const isChord = (keys: string): keys is Chord => (CHORDS as readonly string[]).includes(keys)

/** A window above the pages of the first boot, which go on below it. */
export type OverlayWindow = 'commandPrompt' | 'settings' | 'diagnostics' | 'provisioningOptions' | 'auditMode'
