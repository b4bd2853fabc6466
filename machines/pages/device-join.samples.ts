import { TROUBLE } from '../sample-facts.ts'
import { press, type Samples } from '../samples.ts'
import type { DeviceJoinInput, deviceJoinMachine } from './device-join.ts'

const byUser: DeviceJoinInput = { isJoined: false, isEnrolled: false, joinsAs: 'user', isPersonal: false }

export const deviceJoinSamples: Samples<typeof deviceJoinMachine> = {
  inputs: {
    byUser,
    byDevice: { ...byUser, joinsAs: 'device' },
    byTechnician: { ...byUser, joinsAs: 'device', endsAtFailure: true },
    owesTerms: { ...byUser, isJoined: true },
    enrolled: { ...byUser, isJoined: true, isEnrolled: true },
    personal: { ...byUser, isPersonal: true },
  },
  events: [press('user.accept'), press('user.cancel'), press('user.tryAgain'), press('user.startOver')],
  done: {
    openTerms: [
      { kind: 'none' },
      { kind: 'terms', lines: ['Hillview School manages this device.'], page: {} },
      { kind: 'trouble', trouble: TROUBLE },
    ],
    acceptTerms: [{ kind: 'accepted' }, { kind: 'trouble', trouble: TROUBLE }],
    joinDevice: [{ kind: 'joined' }, { kind: 'refused', trouble: TROUBLE }],
  },
}
