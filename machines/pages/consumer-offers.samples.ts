import { ACCOUNT } from '../sample-facts.ts'
import { press, type Samples } from '../samples.ts'
import type { consumerOffersMachine } from './consumer-offers.ts'

const personal = { isDone: false, edition: 'Home', account: { kind: 'personal' } } as const

export const consumerOffersSamples: Samples<typeof consumerOffersMachine> = {
  inputs: {
    personal,
    done: { ...personal, isDone: true },
    school: { ...personal, account: ACCOUNT },
    se: { ...personal, edition: 'SE' },
  },
  events: [press('user.accept', { experience: 'school' }), press('user.skip')],
  done: {},
}
