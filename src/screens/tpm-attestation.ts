import type { ContextFrom } from 'xstate'
import type { tpmAttestationMachine } from '../../machines/pages/tpm-attestation.ts'
import type { View } from '../domain/view.ts'
import type { Texts } from '../texts/en.ts'
import { preparationScreen } from './device-preparation.ts'
import { button, type Draft, type StateOf, tryAgain } from './parts.ts'

export const tpmAttestationScreen = (
  { trouble }: ContextFrom<typeof tpmAttestationMachine>,
  state: StateOf<typeof tpmAttestationMachine>,
  texts: Texts,
  view: View,
): Draft =>
  state === 'failed'
    ? preparationScreen(
        'securingHardware',
        'device',
        trouble,
        [button('reset', texts.common.reset, 'user.reset'), tryAgain(texts)],
        texts,
        view,
      )
    : preparationScreen('securingHardware', 'device', null, [], texts, view)
