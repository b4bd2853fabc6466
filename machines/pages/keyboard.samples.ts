import { OOBE_CONFIG } from '../../src/domain/autopilot.ts'
import { press, type Samples } from '../samples.ts'
import type { keyboardMachine } from './keyboard.ts'

const unanswered = { language: 'en-US', isRevisit: false }

export const keyboardSamples: Samples<typeof keyboardMachine> = {
  inputs: {
    unanswered,
    remembered: { ...unanswered, remembered: '0000080a' },
    configuredByProfile: { ...unanswered, profile: { oobeConfig: OOBE_CONFIG.skipKeyboard, language: 'en-US' } },
  },
  events: [press('user.accept', { keyboard: '0000080a' }), press('user.back')],
  done: {},
}
