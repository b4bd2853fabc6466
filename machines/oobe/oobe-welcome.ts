import { hasBit, isSelfDeploying } from '../../src/domain/autopilot.ts'
import { hidden, shows } from '../page.ts'
import { endOf } from './oobe-context.ts'
import { endedAs, oobe, remember } from './oobe-setup.ts'

/** From the updates to the desktop or the sign-in screen. */
export const welcomeStates = {
  qualityUpdates: oobe.createStateConfig({
    meta: hidden('10 S21'),
    invoke: {
      id: 'qualityUpdates',
      src: 'qualityUpdates',
      input: ({ context }) => ({ isDone: context.disk.qualityUpdatesDone, isEnrolled: context.disk.isEnrolled }),
      onDone: [
        {
          guard: endedAs('restart'),
          actions: [
            ...remember({ qualityUpdatesDone: true }),
            { type: 'conclude', params: { kind: 'restart', reason: 'quality updates' } },
          ],
          target: 'ended',
        },
        { actions: remember({ qualityUpdatesDone: true }), target: 'welcome' },
      ],
    },
  }),
  welcome: oobe.createStateConfig({
    meta: hidden('10 S22'),
    invoke: {
      id: 'welcome',
      src: 'welcome',
      input: ({ context }) => ({
        account: context.disk.account ?? null,
        tenantDomain: context.profile?.tenantDomain ?? '',
        isSelfDeploying: isSelfDeploying(context.profile),
        isStandardUser: context.disk.laterUsers > 0 || hasBit(context.profile, 'userNotLocalAdmin'),
      }),
      onDone: [{ guard: endedAs('signedIn'), actions: 'announceSignIn', target: 'privacy' }, { target: 'privacy' }],
    },
  }),
  privacy: oobe.createStateConfig({
    meta: hidden('10 S23'),
    invoke: {
      id: 'privacy',
      src: 'privacy',
      input: ({ context }) => ({
        isAccepted: context.disk.privacyAccepted,
        isSelfDeploying: isSelfDeploying(context.profile),
        profile: context.profile,
      }),
      onDone: [
        { guard: 'isSharedAndExpected', target: 'nextSignIn' },
        { guard: 'isSelfDeploying', target: 'signInScreen' },
        { actions: remember({ privacyAccepted: true }), target: 'accountStatus' },
      ],
    },
  }),
  accountStatus: oobe.createStateConfig({
    meta: hidden('10 S24'),
    invoke: {
      id: 'enrollmentStatus',
      src: 'enrollmentStatus',
      input: ({ context }) => ({
        phase: 'user' as const,
        isDone: context.disk.accountStatusDone,
        isEnrolled: context.disk.isEnrolled,
        isSelfDeploying: false,
      }),
      onDone: [
        { guard: endedAs('reset'), actions: { type: 'conclude', params: { kind: 'reset' } }, target: 'ended' },
        {
          guard: endedAs('continuedAnyway'),
          actions: remember({ accountStatusDone: true, isContinuedAnyway: true }),
          target: 'firstLogon',
        },
        { actions: remember({ accountStatusDone: true }), target: 'firstLogon' },
      ],
    },
  }),
  firstLogon: oobe.createStateConfig({
    meta: hidden('10 S26'),
    invoke: {
      id: 'firstLogon',
      src: 'firstLogon',
      input: ({ context }) => ({ displayName: context.disk.account?.displayName ?? '' }),
      onDone: [{ guard: 'expectsSomebody', target: 'usingDesktop' }, { target: 'desktop' }],
    },
  }),
  // The first person works for a while, and leaves the device to the next.
  usingDesktop: oobe.createStateConfig({
    meta: shows('desktop', '10 S27'),
    after: { untilNextUser: 'nextSignIn' },
  }),
  nextSignIn: oobe.createStateConfig({
    meta: hidden('10 S27'),
    entry: 'announceSignOut',
    invoke: {
      id: 'nextSignIn',
      src: 'nextSignIn',
      input: ({ context }) => ({ tenantId: context.profile?.tenantId ?? context.disk.account?.tenantId }),
      onDone: {
        // Account setup is each person's own (mdm-protocols 3.3 [O]).
        actions: [
          {
            type: 'note',
            params: ({ context, event }) => ({
              account: event.output.account,
              accountStatusDone: false,
              laterUsers: context.disk.laterUsers + 1,
            }),
          },
          'save',
          'announceSignIn',
        ],
        target: 'accountStatus',
      },
    },
  }),
  desktop: oobe.createStateConfig({
    meta: shows('desktop', '10 S27'),
    entry: { type: 'conclude', params: ({ context }) => ({ kind: 'ended', outcome: endOf(context) }) },
    type: 'final',
  }),
  signInScreen: oobe.createStateConfig({
    meta: shows('signInScreen', '1.8 [D]'),
    entry: { type: 'conclude', params: ({ context }) => ({ kind: 'ended', outcome: endOf(context) }) },
    type: 'final',
  }),
}
