import { ACCOUNT } from '../sample-facts.ts'
import type { Samples } from '../samples.ts'
import type { firstLogonMachine } from './first-logon.ts'

export const firstLogonSamples: Samples<typeof firstLogonMachine> = {
  inputs: { ordinary: { displayName: ACCOUNT.displayName } },
  events: [],
  done: {},
}
