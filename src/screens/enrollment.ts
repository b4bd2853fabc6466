import type { ContextFrom } from 'xstate'
import type { enrollmentMachine } from '../../machines/pages/enrollment.ts'
import type { View } from '../domain/view.ts'
import type { Texts } from '../texts/en.ts'
import { preparationScreen } from './device-preparation.ts'
import { button, type Draft, type StateOf, tryAgain } from './parts.ts'

export const enrollmentScreen = (
  { enrollsAs, trouble }: ContextFrom<typeof enrollmentMachine>,
  state: StateOf<typeof enrollmentMachine>,
  texts: Texts,
  view: View,
): Draft =>
  state === 'failed'
    ? preparationScreen(
        'registering',
        enrollsAs,
        trouble,
        [button('startOver', texts.common.startOver, 'user.startOver'), tryAgain(texts)],
        texts,
        view,
      )
    : preparationScreen('registering', enrollsAs, null, [], texts, view)
