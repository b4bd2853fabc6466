import type { ContextFrom } from 'xstate'
import type { privacyMachine } from '../../machines/pages/privacy.ts'
import type { Texts } from '../texts/en.ts'
import { type Draft, line, primary, type StateOf, undrawn } from './parts.ts'

export function privacyScreen(
  _: ContextFrom<typeof privacyMachine>,
  state: StateOf<typeof privacyMachine>,
  { privacy, common }: Texts,
): Draft {
  if (state !== 'reading' && state !== 'accepting') return undrawn(state)
  const isLast = state === 'accepting'
  const settings = isLast
    ? [privacy.inking, privacy.tailoredExperiences, privacy.advertisingId]
    : [privacy.location, privacy.findMyDevice, privacy.diagnosticData]
  return {
    step: isLast ? 'last' : 'first',
    title: privacy.title,
    body: settings.map((setting) => line(privacy.on({ setting }))),
    controls: [isLast ? primary('accept', common.accept, 'user.accept') : primary('next', common.next, 'user.next')],
    why: [{ fact: 'CloudAssignedOobeConfig without bit 4, or no profile', effect: 'privacy settings shown' }],
  }
}
