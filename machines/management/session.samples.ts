import type { Samples } from '../samples.ts'
import type { SessionEnd, sessionMachine } from './session.ts'

const end: SessionEnd = { effect: undefined, nextInMs: 180_000, isNewSchedule: false }

export const sessionSamples: Samples<typeof sessionMachine> = {
  inputs: { ordinary: { loginStatus: 'none', sessions: 0 } },
  events: [],
  done: {
    prepareSession: [
      {
        session: {},
        addresses: ['https://manage.hillview.test/omadm', 'https://manage2.hillview.test/omadm'],
        tries: 2,
        initialBackoffMs: 16_000,
        maxBackoffMs: 86_400_000,
      },
    ],
    trySession: [{ kind: 'held' }, { kind: 'ordered' }, { kind: 'failed' }],
    closeSession: [
      end,
      { ...end, effect: 'unenroll' },
      { ...end, effect: 'restart' },
      { ...end, effect: 'reset', what: 'autopilotReset' },
    ],
  },
}
