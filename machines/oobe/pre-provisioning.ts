import { whyNoProfile } from '../../src/domain/autopilot.ts'
import { isBeingProvisioned } from './oobe-context.ts'
import { planOf } from './plan.ts'
import { atTheDevice, deviceSetup, joined, licenseTerms, naming, qualityUpdates, signIn } from './shared-steps.ts'
import { welcome } from './welcome-steps.ts'

const SHOWN_TO_THE_TECHNICIAN = 'a failure is shown on the page of the technician'

/** The technician's part: the device joins with its TPM, gets what is for the device, and is switched off. */
export const preProvisioning = planOf({
  review: {
    page: 'provisioningReview',
    source: '2.4 [D]',
    input: ({ profile, answer, disk }) => ({
      isBegun: isBeingProvisioned(disk),
      profile,
      reason: whyNoProfile(answer),
    }),
    leads: {
      provision: { to: 'naming', writes: ({ startedAt }) => ({ preProvisioning: { startedAt } }) },
      refresh: 'autopilotProfile',
      // What the technician has not answered is for the person: the pages that are answered are not shown again.
      cancelled: { to: 'language', sets: { isTechnician: false } },
      doesNotApply: 'naming',
    },
  },
  ...naming('tpmAttestation'),
  tpmAttestation: {
    page: 'tpmAttestation',
    source: '10 S16',
    input: ({ disk }) => ({ isEnrolled: disk.isEnrolled }),
    leads: { attested: 'deviceJoin', reset: { never: SHOWN_TO_THE_TECHNICIAN }, doesNotApply: 'deviceJoin' },
    failsTo: 'technicianStatus',
  },
  ...joined({
    joinsAs: 'device',
    startOver: { never: SHOWN_TO_THE_TECHNICIAN },
    to: 'deviceStatus',
    failsTo: 'technicianStatus',
  }),
  ...deviceSetup('technicianStatus'),
  qualityUpdates: {
    leavesOut: 'qualityUpdates',
    source: '4.8 [D]',
    why: { fact: 'pre-provisioning: no quality updates in the technician flow', effect: 'quality updates skipped' },
    to: 'technicianStatus',
  },
  technicianStatus: {
    page: 'technicianStatus',
    source: '10 S31',
    input: ({ failure, disk }) => ({
      failure,
      startedAt: disk.preProvisioning?.startedAt ?? 0,
      tenantDomain: disk.profile?.tenantDomain ?? '',
    }),
    leads: {
      retry: { to: 'tpmAttestation', sets: { failure: null } },
      reset: 'reset',
      // The device's part of the status page runs again, and the person chooses language, region and keyboard (2.4 [D]).
      resealed: {
        to: 'powerOff',
        writes: ({ resealedAt }, { disk }) => ({
          preProvisioning: { startedAt: disk.preProvisioning?.startedAt ?? resealedAt, resealedAt },
          deviceStatusDone: false,
          isContinuedAnyway: false,
          deviceStatusLeft: undefined,
          language: undefined,
          region: undefined,
          keyboard: undefined,
          secondKeyboard: undefined,
        }),
      },
    },
  },
})

const BY_THE_TECHNICIAN = 'pre-provisioning: the technician flow did it'

/** The user's part of a device that was pre-provisioned: it is joined and enrolled, and gets its user. */
export const preProvisioned = planOf({
  ...licenseTerms('signIn'),
  ...signIn,
  tpmAttestation: {
    leavesOut: 'tpmAttestation',
    source: '2.4 [D]',
    why: { fact: BY_THE_TECHNICIAN, effect: 'Securing your hardware not required' },
    to: 'deviceJoin',
  },
  deviceJoin: {
    leavesOut: 'deviceJoin',
    source: '2.4 [D]',
    why: { fact: BY_THE_TECHNICIAN, effect: 'no join' },
    to: 'enrollment',
  },
  enrollment: {
    leavesOut: 'enrollment',
    source: '2.4 [D]',
    why: { fact: BY_THE_TECHNICIAN, effect: 'no enrolment' },
    to: 'deviceStatus',
  },
  ...deviceSetup(),
  ...qualityUpdates,
  ...welcome(),
  ...atTheDevice,
})
