import { localeStates } from './oobe-locale.ts'
import { managedStates } from './oobe-managed.ts'
import { onlineStates } from './oobe-online.ts'
import { ownerStates } from './oobe-owner.ts'
import { oobe, remember } from './oobe-setup.ts'
import { welcomeStates } from './oobe-welcome.ts'
import { wireStates } from './oobe-wire.ts'

/** The order of the first boot, and nothing else. */
export const oobeMachine = oobe.createMachine({
  id: 'oobe',
  context: ({ input }) => ({
    ...input,
    answer: null,
    profile: null,
    isRevisit: false,
    outcome: { kind: 'restart', reason: '' },
  }),
  output: ({ context }) => context.outcome,
  invoke: {
    id: 'management',
    systemId: 'management',
    src: 'management',
    input: ({ context }) => ({ isEnrolled: context.disk.isEnrolled }),
  },
  // What the management server has asked for, whatever page the device is at.
  on: {
    'device.unenrolled': { actions: remember({ isEnrolled: false }) },
    'device.restarting': {
      actions: { type: 'conclude', params: { kind: 'restart', reason: 'the management server asked for it' } },
      target: '.ended',
    },
    'device.wiped': { actions: { type: 'conclude', params: { kind: 'reset' } }, target: '.ended' },
  },
  initial: 'starting',
  states: {
    ...wireStates,
    ...localeStates,
    ...onlineStates,
    ...ownerStates,
    ...managedStates,
    ...welcomeStates,
    ended: { type: 'final' },
  },
})
