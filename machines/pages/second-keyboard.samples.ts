import { OOBE_CONFIG } from '../../src/domain/autopilot.ts'
import { press, type Samples } from '../samples.ts'
import type { secondKeyboardMachine } from './second-keyboard.ts'

const unanswered = { keyboard: '00000409', isRevisit: false }

export const secondKeyboardSamples: Samples<typeof secondKeyboardMachine> = {
  inputs: {
    unanswered,
    remembered: { ...unanswered, remembered: 'none' },
    configuredByProfile: { ...unanswered, profile: { oobeConfig: OOBE_CONFIG.skipKeyboard, language: 'en-US' } },
  },
  events: [
    press('user.addLayout'),
    press('user.skip'),
    press('user.accept', { layout: '0000080a' }),
    press('user.back'),
  ],
  done: {},
}
