import { press, type Samples } from '../samples.ts'
import type { languageMachine } from './language.ts'

const unanswered = { languages: ['en-US', 'es-MX'], isRevisit: false }

export const languageSamples: Samples<typeof languageMachine> = {
  inputs: {
    unanswered,
    remembered: { ...unanswered, remembered: 'es-MX' },
    preset: { ...unanswered, preset: 'es-MX' },
    oneLanguage: { ...unanswered, languages: ['en-US'] },
  },
  events: [press('user.accept', { language: 'es-MX' })],
  done: {},
}
