import { oobeMachine } from '../../machines/oobe/oobe.ts'
import { autopilotProfile } from './autopilot-profile.ts'
import { runOf } from './bindings.ts'
import { connectivity } from './connectivity.ts'
import { criticalUpdates } from './critical-updates.ts'
import { deviceJoin } from './device-join.ts'
import { domainJoin, hybridJoin } from './domain-join.ts'
import { enrollment } from './enrollment.ts'
import { enrollmentStatus } from './enrollment-status.ts'
import { hello } from './hello.ts'
import { kioskSignIn } from './kiosk-sign-in.ts'
import { laterApps } from './later-apps.ts'
import { management } from './management.ts'
import { naming } from './naming.ts'
import { lookAround, network } from './network.ts'
import { nextSignIn } from './next-sign-in.ts'
import { provisioningReview, technicianStatus } from './pre-provisioning.ts'
import { preparationPolicy } from './preparation-policy.ts'
import { qualityUpdates } from './quality-updates.ts'
import { requiredSetup } from './required-setup.ts'
import { localReset, restoring } from './resets.ts'
import { signIn } from './sign-in.ts'
import { tpmAttestation } from './tpm-attestation.ts'
import { welcome } from './welcome.ts'
import { windowsRestore } from './windows-restore.ts'

/** The first boot with every actor bound, from the leaves up: once for all runs of a process. */
export const boundOobeMachine = oobeMachine.provide({
  actions: {
    save: ({ context, system }) => {
      runOf({ system }).device.disk = { ...context.disk }
    },
  },
  actors: {
    lookAround,
    network,
    connectivity,
    criticalUpdates,
    autopilotProfile,
    naming,
    signIn,
    tpmAttestation,
    deviceJoin,
    enrollment,
    preparationPolicy,
    requiredSetup,
    enrollmentStatus,
    qualityUpdates,
    welcome,
    windowsRestore,
    kioskSignIn,
    hello,
    nextSignIn,
    localReset,
    domainJoin,
    hybridJoin,
    restoring,
    provisioningReview,
    technicianStatus,
    management,
    laterApps,
  },
})
