import { hidden } from '../page.ts'
import { endedAs, oobe, remember } from './oobe-setup.ts'

/** From the network to the name that the profile gives. */
export const onlineStates = {
  network: oobe.createStateConfig({
    meta: hidden('10 S6'),
    invoke: {
      id: 'network',
      src: 'network',
      input: ({ context }) => ({ remembered: context.disk.wifi, isRevisit: context.isRevisit }),
      onDone: [
        { guard: endedAs('back'), actions: 'goBack', target: 'secondKeyboard' },
        {
          actions: [
            {
              type: 'note',
              params: ({ event }) =>
                event.output.kind === 'connected' && event.output.ssid !== undefined ? { wifi: event.output.ssid } : {},
            },
            'save',
          ],
          target: 'connectivity',
        },
      ],
    },
  }),
  connectivity: oobe.createStateConfig({
    meta: hidden('10 S7'),
    invoke: {
      id: 'connectivity',
      src: 'connectivity',
      input: {},
      onDone: [
        { guard: endedAs('internet'), actions: 'goOn', target: 'criticalUpdates' },
        { actions: 'goBack', target: 'network' },
      ],
    },
  }),
  criticalUpdates: oobe.createStateConfig({
    meta: hidden('10 S8'),
    invoke: {
      id: 'criticalUpdates',
      src: 'criticalUpdates',
      input: ({ context }) => ({ isDone: context.disk.criticalUpdatesDone }),
      onDone: [
        {
          guard: endedAs('restart'),
          actions: [
            ...remember({ criticalUpdatesDone: true }),
            { type: 'conclude', params: { kind: 'restart', reason: 'critical updates' } },
          ],
          target: 'ended',
        },
        { actions: remember({ criticalUpdatesDone: true }), target: 'decidingOnLookup' },
      ],
    },
  }),
  decidingOnLookup: oobe.createStateConfig({
    meta: hidden('3.4 [D]'),
    always: [{ guard: 'isAnswered', target: 'naming' }, { target: 'autopilotProfile' }],
  }),
  autopilotProfile: oobe.createStateConfig({
    meta: hidden('10 S9, S10'),
    invoke: {
      id: 'autopilotProfile',
      src: 'autopilotProfile',
      input: ({ context }) => ({ retry: context.retry }),
      onDone: [
        {
          guard: endedAs('assigned'),
          actions: [
            { type: 'noteAnswer', params: ({ event }) => event.output },
            {
              type: 'note',
              params: ({ event }) => (event.output.kind === 'assigned' ? { profile: event.output.profile } : {}),
            },
            'save',
          ],
          target: 'naming',
        },
        // No internet is no answer: the test of the network says so, and ends when there is some.
        { guard: { type: 'isOffline', params: ({ event }) => event.output }, target: 'connectivity' },
        { actions: { type: 'noteAnswer', params: ({ event }) => event.output }, target: 'licenseTerms' },
      ],
    },
  }),
  naming: oobe.createStateConfig({
    meta: hidden('10 S11'),
    invoke: {
      id: 'naming',
      src: 'naming',
      input: ({ context }) => ({ template: context.profile?.deviceName ?? '', isNamed: context.disk.isNamed }),
      onDone: [
        {
          guard: endedAs('restart'),
          actions: [
            {
              type: 'note',
              params: ({ event }) =>
                event.output.kind === 'restart' ? { deviceName: event.output.name, isNamed: true } : {},
            },
            'save',
            { type: 'conclude', params: { kind: 'restart', reason: 'the device was renamed' } },
          ],
          target: 'ended',
        },
        { target: 'licenseTerms' },
      ],
    },
  }),
}
