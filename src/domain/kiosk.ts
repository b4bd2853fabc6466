/** The local account that Windows makes for the automatic sign-in of a kiosk; it has no password (oobe-autopilot-esp.md, 2.3 [D]). */
export const KIOSK_ACCOUNT = 'kioskUser0'

/** What the account of a kiosk shows. */
export interface Kiosk {
  /** The app in full screen, or what else the profile says. */
  shows: string
}

/** What a device finds of an automatic sign-in when it is set up. */
export type KioskSignIn =
  | { kind: 'none'; why: string }
  | { kind: 'automatic'; kiosk: Kiosk }
  /** The entries of the automatic sign-in are lost: the account is there, and waits at the sign-in screen. */
  | { kind: 'lost'; kiosk: Kiosk }
