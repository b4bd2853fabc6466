import { isSelfDeploying, whyNoProfile } from '../../src/domain/autopilot.ts'
import { hidden } from '../page.ts'
import { usageOf } from './oobe-context.ts'
import { endedAs, oobe, remember } from './oobe-setup.ts'

/** Whose device it is: licence, name, usage and sign-in. */
export const ownerStates = {
  licenseTerms: oobe.createStateConfig({
    meta: hidden('1.7'),
    invoke: {
      id: 'licenseTerms',
      src: 'licenseTerms',
      input: ({ context }) => ({ isAccepted: context.disk.licenseAccepted, profile: context.profile }),
      onDone: [
        { guard: 'hasProfile', actions: remember({ licenseAccepted: true }), target: 'signIn' },
        { actions: remember({ licenseAccepted: true }), target: 'deviceName' },
      ],
    },
  }),
  // Without a profile: the ordinary consumer way.
  deviceName: oobe.createStateConfig({
    meta: hidden('10 S11b'),
    invoke: {
      id: 'deviceName',
      src: 'deviceName',
      input: ({ context }) => ({ isNamed: context.disk.isNamed || context.disk.isNameSettled }),
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
        { actions: remember({ isNameSettled: true }), target: 'deviceUsage' },
      ],
    },
  }),
  deviceUsage: oobe.createStateConfig({
    meta: hidden('10 S11b'),
    invoke: {
      id: 'deviceUsage',
      src: 'deviceUsage',
      input: ({ context }) => ({ remembered: context.disk.usage, reason: whyNoProfile(context.answer) }),
      onDone: {
        actions: [
          {
            type: 'note',
            params: ({ event }) => (event.output.kind === 'doesNotApply' ? {} : { usage: event.output.kind }),
          },
          'save',
        ],
        target: 'signIn',
      },
    },
  }),
  signIn: oobe.createStateConfig({
    meta: hidden('10 S12, S13'),
    invoke: {
      id: 'signIn',
      src: 'signIn',
      input: ({ context }) => {
        const { profile, disk } = context
        const usage = usageOf(context)
        return {
          usage,
          tenant: profile
            ? {
                id: profile.tenantId,
                domain: profile.tenantDomain,
                assignedUpn: profile.tenantUpn,
                profile: profile.deploymentProfileName,
                isExplicit: profile.isExplicit,
              }
            : undefined,
          notNeeded: isSelfDeploying(profile)
            ? 'self-deploying mode: no user signs in'
            : disk.isEnrolled || (usage === 'personal' && disk.account)
              ? 'somebody signed in before the restart'
              : undefined,
        }
      },
      onDone: {
        actions: [
          {
            type: 'note',
            params: ({ event }) => (event.output.kind === 'signedIn' ? { account: event.output.account } : {}),
          },
          'save',
        ],
        target: 'tpmAttestation',
      },
    },
  }),
}
