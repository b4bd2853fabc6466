import { NOT_ASKED } from '../../src/domain/autopilot.ts'
import { FILE_PROFILE, PROFILE } from '../sample-facts.ts'
import type { Samples } from '../samples.ts'
import type { autopilotProfileMachine } from './autopilot-profile.ts'

export const autopilotProfileSamples: Samples<typeof autopilotProfileMachine> = {
  inputs: {
    ordinary: { retry: { attemptsMax: 2, waitMs: 2_000 }, edition: 'SE' },
    home: { retry: { attemptsMax: 2, waitMs: 2_000 }, edition: 'Home' },
    recovering: { retry: { attemptsMax: 2, waitMs: 2_000 }, edition: 'SE', isRecovering: true },
  },
  events: [{ type: 'network.restored' }],
  done: {
    askForProfile: [
      { kind: 'assigned', profile: PROFILE },
      { kind: 'none', code: '807', text: 'not registered' },
      { kind: 'none', code: '809', text: 'the profile is gone' },
      { kind: 'none', code: '815', text: 'no profile is assigned' },
      { kind: 'none', code: '908', text: 'the hardware does not match' },
      { kind: 'unreachable', code: NOT_ASKED, text: 'timed out' },
      { kind: 'unreachable', code: NOT_ASKED, text: 'no internet', isOffline: true },
    ],
    readProfileOnDisk: [
      { kind: 'none' },
      { kind: 'notUsed', why: 'it is UTF-8' },
      { kind: 'profile', profile: FILE_PROFILE },
    ],
  },
}
