import { hidden } from '../page.ts'
import { endedAs, oobe } from './oobe-setup.ts'

/** From power-on to the first page: a live wire brings the profile that can hide pages. */
export const wireStates = {
  starting: oobe.createStateConfig({
    meta: hidden('10 S1'),
    invoke: { id: 'powerOn', src: 'powerOn', input: {}, onDone: 'checkingWire' },
  }),
  // Live Ethernet brings the profile before the first page, and only then can it hide pages (0.1 item 4 [D]).
  checkingWire: oobe.createStateConfig({
    meta: hidden('0.1 item 4 [D]'),
    invoke: {
      id: 'lookAround',
      src: 'lookAround',
      onDone: [
        { guard: { type: 'isWired', params: ({ event }) => event.output }, target: 'probingWire' },
        { target: 'language' },
      ],
    },
  }),
  probingWire: oobe.createStateConfig({
    meta: hidden('1.4 [D]'),
    invoke: {
      id: 'connectivity',
      src: 'connectivity',
      input: {},
      onDone: [{ guard: endedAs('internet'), target: 'askingOnWire' }, { target: 'language' }],
    },
    after: { wiredProbe: 'language' },
  }),
  askingOnWire: oobe.createStateConfig({
    meta: hidden('3.4 [D]'),
    invoke: {
      id: 'autopilotProfile',
      src: 'autopilotProfile',
      input: ({ context }) => ({ retry: context.retry }),
      onDone: {
        actions: [
          { type: 'noteAnswer', params: ({ event }) => event.output },
          {
            type: 'note',
            params: ({ event }) => (event.output.kind === 'assigned' ? { profile: event.output.profile } : {}),
          },
          'save',
        ],
        target: 'language',
      },
    },
  }),
}
