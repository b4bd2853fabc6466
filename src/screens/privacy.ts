import type { ContextFrom } from 'xstate'
import type { privacyMachine } from '../../machines/pages/privacy.ts'
import { FIRST_PRIVACY_STEP, LAST_PRIVACY_STEP } from '../domain/privacy.ts'
import type { SwitchControl } from '../domain/screen.ts'
import type { Texts } from '../texts/en.ts'
import { type Draft, primary, type StateOf, undrawn } from './parts.ts'

export function privacyScreen(
  { settings }: ContextFrom<typeof privacyMachine>,
  state: StateOf<typeof privacyMachine>,
  { privacy, common }: Texts,
): Draft {
  if (state !== 'reading' && state !== 'accepting') return undrawn(state)
  const isLast = state === 'accepting'
  const switches = (isLast ? LAST_PRIVACY_STEP : FIRST_PRIVACY_STEP).map(
    (id): SwitchControl => ({ id, kind: 'switch', label: privacy[id], isOn: settings[id] }),
  )
  return {
    step: isLast ? 'last' : 'first',
    title: privacy.title,
    body: [],
    controls: [
      ...switches,
      isLast ? primary('accept', common.accept, 'user.accept') : primary('next', common.next, 'user.next'),
    ],
    why: [{ fact: 'CloudAssignedOobeConfig without bit 4, or no profile', effect: 'privacy settings shown' }],
  }
}
