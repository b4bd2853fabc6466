import type { ContextFrom } from 'xstate'
import type { autopilotProfileMachine } from '../../machines/pages/autopilot-profile.ts'
import type { Texts } from '../texts/en.ts'
import { type Draft, detail, type StateOf, undrawn, working } from './parts.ts'

export function autopilotProfileScreen(
  { attempts, answer }: ContextFrom<typeof autopilotProfileMachine>,
  state: StateOf<typeof autopilotProfileMachine>,
  { autopilotProfile: said, common }: Texts,
): Draft {
  switch (state) {
    case 'asking':
    case 'reading':
    case 'readingDisk':
    case 'settling':
      return working(common.justAMoment, detail(said.looking))
    case 'waitingToRetry':
      return {
        ...working(common.justAMoment, detail(said.stillLooking({ attempts }))),
        step: 'retrying',
        ...(answer.kind === 'unreachable' ? { why: [{ fact: answer.text, effect: 'the lookup is repeated' }] } : {}),
      }
    default:
      return undrawn(state)
  }
}
