import { planOf } from './plan.ts'
import {
  atTheDomainsDevice,
  deviceSetup,
  enrolled,
  licenseTerms,
  NO_ATTESTATION,
  qualityUpdates,
  signIn,
} from './shared-steps.ts'
import { welcome } from './welcome-steps.ts'

/** Microsoft Entra hybrid join: enrolment first, then the school's own domain, a restart, and a sign-in to that (2.7 [D]). */
export const hybrid = planOf({
  ...licenseTerms('signIn'),
  ...signIn,
  tpmAttestation: NO_ATTESTATION,
  deviceJoin: {
    leavesOut: 'deviceJoin',
    source: '2.7 [D]',
    why: {
      fact: 'CloudAssignedDomainJoinMethod 1: hybrid join',
      effect: 'no Microsoft Entra join before the domain join',
    },
    to: 'enrollment',
  },
  ...enrolled({ joinsAs: 'user', startOver: 'signIn', to: 'domainJoin' }),
  domainJoin: {
    page: 'domainJoin',
    source: '2.7 [D]',
    input: ({ disk, profile }) => ({
      isJoined: disk.domain !== undefined,
      skipsCheck: profile?.skipsConnectivityCheck === true,
    }),
    leads: {
      restart: {
        to: 'restart',
        writes: ({ member }) => ({ domain: member, deviceName: member.computerName, isNamed: true }),
        sets: { restartReason: 'the device has joined the domain' },
      },
      doesNotApply: 'deviceStatus',
    },
  },
  ...deviceSetup(),
  ...qualityUpdates,
  ...welcome('hybridJoin'),
  hybridJoin: {
    page: 'hybridJoin',
    source: '2.7 [U]',
    input: ({ disk }) => ({ isJoined: disk.isJoined }),
    leads: { joined: { to: 'accountStatus', writes: { isJoined: true } }, doesNotApply: 'accountStatus' },
  },
  ...atTheDomainsDevice,
})
