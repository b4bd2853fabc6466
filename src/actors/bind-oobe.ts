import { accountSetupMachine } from '../../machines/account-setup.ts'
import { autopilotProfileMachine } from '../../machines/autopilot-profile.ts'
import { connectivityMachine } from '../../machines/connectivity.ts'
import { criticalUpdatesMachine } from '../../machines/critical-updates.ts'
import { deviceJoinMachine } from '../../machines/device-join.ts'
import { devicePreparationMachine } from '../../machines/device-preparation.ts'
import { deviceSetupMachine } from '../../machines/device-setup.ts'
import { enrollmentMachine } from '../../machines/enrollment.ts'
import { enrollmentStatusMachine } from '../../machines/enrollment-status.ts'
import { managementMachine } from '../../machines/management.ts'
import { namingMachine } from '../../machines/naming.ts'
import { networkMachine } from '../../machines/network.ts'
import { nextSignInMachine } from '../../machines/next-sign-in.ts'
import { oobeMachine } from '../../machines/oobe.ts'
import { qualityUpdatesMachine } from '../../machines/quality-updates.ts'
import { signInMachine } from '../../machines/sign-in.ts'
import { tpmAttestationMachine } from '../../machines/tpm-attestation.ts'
import { welcomeMachine } from '../../machines/welcome.ts'
import { accountActors } from './account-actors.ts'
import type { Bindings } from './bindings.ts'
import { enrollmentActors } from './enrollment-actors.ts'
import { managementActors } from './management-actors.ts'
import { networkActors } from './network-actors.ts'
import { profileActors } from './profile-actors.ts'
import { statusActors } from './status-actors.ts'
import { updateActors } from './update-actors.ts'

/** Binds every actor of the first boot to a device and its services, from the leaves up. */
export function bindOobe(bindings: Bindings) {
  const { device } = bindings
  const network = networkActors(bindings)
  const updates = updateActors(bindings)
  const profile = profileActors(bindings)
  const account = accountActors(bindings)
  const enrollment = enrollmentActors(bindings)
  const management = managementActors(bindings)
  const { watchProgress, ...status } = statusActors(bindings)
  const { lookAround } = network

  return oobeMachine.provide({
    actions: {
      save: ({ context }) => {
        device.disk = { ...context.disk }
      },
    },
    actors: {
      lookAround,
      network: networkMachine.provide({ actors: { lookAround, connect: network.connect } }),
      connectivity: connectivityMachine.provide({
        actors: { probe: network.probe, releasePortal: network.releasePortal },
      }),
      criticalUpdates: criticalUpdatesMachine.provide({
        actors: { scanForCriticalUpdates: updates.scanForCriticalUpdates, installUpdates: updates.installUpdates },
      }),
      autopilotProfile: autopilotProfileMachine.provide({ actors: { askForProfile: profile.askForProfile } }),
      naming: namingMachine.provide({ actors: { expandTemplate: profile.expandTemplate } }),
      signIn: signInMachine.provide({
        actions: {
          reportTenantMatch: ({ context }, { matched }) => {
            // Without a profile there is no tenant to match.
            if (context.tenant) device.tenantMatched = matched
          },
        },
        actors: {
          loadBranding: account.loadBranding,
          lookUpAccount: account.lookUpAccount,
          authenticate: account.authenticate,
          sendProof: account.sendProof,
          awaitProof: account.awaitProof,
        },
      }),
      tpmAttestation: tpmAttestationMachine.provide({ actors: { attest: enrollment.attest } }),
      deviceJoin: deviceJoinMachine.provide({
        actors: {
          openTerms: enrollment.openTerms,
          acceptTerms: enrollment.acceptTerms,
          joinDevice: enrollment.joinDevice,
        },
      }),
      enrollment: enrollmentMachine.provide({
        actors: {
          discover: enrollment.discover,
          getPolicies: enrollment.getPolicies,
          requestSecurityToken: enrollment.requestSecurityToken,
          applyProvisioning: enrollment.applyProvisioning,
        },
      }),
      enrollmentStatus: enrollmentStatusMachine.provide({
        actors: {
          ...status,
          devicePreparation: devicePreparationMachine.provide({ actors: { watchProgress } }),
          deviceSetup: deviceSetupMachine.provide({ actors: { watchProgress } }),
          accountSetup: accountSetupMachine.provide({ actors: { watchProgress } }),
        },
      }),
      qualityUpdates: qualityUpdatesMachine.provide({
        actors: {
          readUpdatePolicy: updates.readUpdatePolicy,
          scanForQualityUpdates: updates.scanForQualityUpdates,
          installUpdates: updates.installUpdates,
        },
      }),
      welcome: welcomeMachine.provide({
        actors: {
          loadBranding: account.loadBranding,
          recallCredentials: account.recallCredentials,
          authenticate: account.authenticate,
          createSession: account.createSession,
        },
      }),
      nextSignIn: nextSignInMachine.provide({
        actors: {
          endSession: account.endSession,
          authenticate: account.authenticate,
          openSession: account.openSession,
        },
      }),
      management: managementMachine.provide({ actors: management }),
    },
  })
}
