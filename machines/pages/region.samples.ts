import { press, type Samples } from '../samples.ts'
import type { regionMachine } from './region.ts'

const unanswered = { language: 'en-US', isRevisit: false }

export const regionSamples: Samples<typeof regionMachine> = {
  inputs: {
    unanswered,
    remembered: { ...unanswered, remembered: 'MX' },
    preset: { ...unanswered, preset: 'MX' },
  },
  events: [press('user.accept', { region: 'MX' })],
  done: {},
}
