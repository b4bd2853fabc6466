import { isSelfDeploying } from '../../src/domain/autopilot.ts'
import { hidden } from '../page.ts'
import { usageOf } from './oobe-context.ts'
import { endedAs, oobe, remember } from './oobe-setup.ts'

/** From attestation to the end of device setup. */
export const managedStates = {
  tpmAttestation: oobe.createStateConfig({
    meta: hidden('10 S16'),
    invoke: {
      id: 'tpmAttestation',
      src: 'tpmAttestation',
      input: ({ context }) => ({
        isSelfDeploying: isSelfDeploying(context.profile),
        isEnrolled: context.disk.isEnrolled,
      }),
      onDone: [
        { guard: endedAs('reset'), actions: { type: 'conclude', params: { kind: 'reset' } }, target: 'ended' },
        { target: 'deviceJoin' },
      ],
    },
  }),
  deviceJoin: oobe.createStateConfig({
    meta: hidden('10 S14'),
    invoke: {
      id: 'deviceJoin',
      src: 'deviceJoin',
      input: ({ context }) => ({
        isJoined: context.disk.isJoined,
        isEnrolled: context.disk.isEnrolled,
        isSelfDeploying: isSelfDeploying(context.profile),
        isPersonal: usageOf(context) === 'personal',
      }),
      onDone: [
        { guard: endedAs('startOver'), target: 'signIn' },
        { guard: endedAs('joined'), actions: remember({ isJoined: true }), target: 'enrollment' },
        { target: 'enrollment' },
      ],
    },
  }),
  enrollment: oobe.createStateConfig({
    meta: hidden('10 S15'),
    invoke: {
      id: 'enrollment',
      src: 'enrollment',
      input: ({ context }) => ({
        isEnrolled: context.disk.isEnrolled,
        isSelfDeploying: isSelfDeploying(context.profile),
        isPersonal: usageOf(context) === 'personal',
      }),
      onDone: [
        { guard: endedAs('startOver'), target: 'signIn' },
        {
          guard: endedAs('enrolled'),
          actions: [...remember({ isEnrolled: true }), 'announceEnrollment'],
          target: 'deviceStatus',
        },
        { target: 'deviceStatus' },
      ],
    },
  }),
  deviceStatus: oobe.createStateConfig({
    meta: hidden('10 S17-S20'),
    invoke: {
      id: 'enrollmentStatus',
      src: 'enrollmentStatus',
      input: ({ context }) => ({
        phase: 'device' as const,
        isDone: context.disk.deviceStatusDone,
        isEnrolled: context.disk.isEnrolled,
        isSelfDeploying: isSelfDeploying(context.profile),
      }),
      onDone: [
        { guard: endedAs('reset'), actions: { type: 'conclude', params: { kind: 'reset' } }, target: 'ended' },
        {
          guard: endedAs('restart'),
          actions: [
            {
              type: 'note',
              // Before the end of device setup the page opens again, and goes on.
              params: ({ event }) => ({ deviceStatusDone: event.output.kind === 'restart' && !event.output.isEarly }),
            },
            'save',
            { type: 'conclude', params: { kind: 'restart', reason: 'device setup wants a restart' } },
          ],
          target: 'ended',
        },
        {
          guard: endedAs('continuedAnyway'),
          actions: remember({ deviceStatusDone: true, isContinuedAnyway: true }),
          target: 'qualityUpdates',
        },
        { actions: remember({ deviceStatusDone: true }), target: 'qualityUpdates' },
      ],
    },
  }),
}
