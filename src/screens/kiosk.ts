import type { ContextFrom } from 'xstate'
import type { OobeContext } from '../../machines/oobe/oobe-context.ts'
import type { kioskSignInMachine } from '../../machines/pages/kiosk-sign-in.ts'
import { KIOSK_ACCOUNT } from '../domain/kiosk.ts'
import { safeText } from '../domain/safe-text.ts'
import type { Texts } from '../texts/en.ts'
import { type Draft, detail, line, type StateOf, undrawn, working } from './parts.ts'

const WHY = { fact: 'AssignedAccess/Configuration has an AutoLogonAccount', effect: `${KIOSK_ACCOUNT} signs in` }

export function kioskSignInScreen(
  _context: ContextFrom<typeof kioskSignInMachine>,
  state: StateOf<typeof kioskSignInMachine>,
  { kioskSignIn: said }: Texts,
): Draft {
  if (state !== 'signingIn') return undrawn(state)
  return { ...working(said.title, detail(said.account({ account: KIOSK_ACCOUNT }))), why: [WHY] }
}

export const kioskScreen = ({ disk, kiosk }: OobeContext, _state: unknown, { kiosk: said }: Texts): Draft => ({
  title: said.title,
  body: [
    line(said.signedIn({ account: KIOSK_ACCOUNT, device: disk.deviceName }), 'success'),
    line(safeText(kiosk?.shows ?? '')),
  ],
  controls: [],
  why: [WHY],
})
