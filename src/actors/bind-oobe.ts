import { accountSetupMachine } from '../../machines/enrollment-status/account-setup.ts'
import { devicePreparationMachine } from '../../machines/enrollment-status/device-preparation.ts'
import { deviceSetupMachine } from '../../machines/enrollment-status/device-setup.ts'
import { enrollmentStatusMachine } from '../../machines/enrollment-status/enrollment-status.ts'
import { managementMachine } from '../../machines/management/management.ts'
import { oobeMachine } from '../../machines/oobe/oobe.ts'
import { autopilotProfileMachine } from '../../machines/pages/autopilot-profile.ts'
import { connectivityMachine } from '../../machines/pages/connectivity.ts'
import { criticalUpdatesMachine } from '../../machines/pages/critical-updates.ts'
import { deviceJoinMachine } from '../../machines/pages/device-join.ts'
import { enrollmentMachine } from '../../machines/pages/enrollment.ts'
import { namingMachine } from '../../machines/pages/naming.ts'
import { networkMachine } from '../../machines/pages/network.ts'
import { nextSignInMachine } from '../../machines/pages/next-sign-in.ts'
import { qualityUpdatesMachine } from '../../machines/pages/quality-updates.ts'
import { signInMachine } from '../../machines/pages/sign-in.ts'
import { tpmAttestationMachine } from '../../machines/pages/tpm-attestation.ts'
import { welcomeMachine } from '../../machines/pages/welcome.ts'
import { runOf, watching, working } from './run-actors.ts'

const lookAround = working((run) => run.network.lookAround)
const watchProgress = watching((run) => run.status.watchProgress)

/** The first boot with every actor bound, from the leaves up: once for all runs of a process. */
export const boundOobeMachine = oobeMachine.provide({
  actions: {
    save: ({ context, system }) => {
      runOf(system).bindings.device.disk = { ...context.disk }
    },
  },
  actors: {
    lookAround,
    network: networkMachine.provide({ actors: { lookAround, connect: working((run) => run.network.connect) } }),
    connectivity: connectivityMachine.provide({
      actors: {
        probe: working((run) => run.network.probe),
        releasePortal: working((run) => run.network.releasePortal),
      },
    }),
    criticalUpdates: criticalUpdatesMachine.provide({
      actors: {
        scanForCriticalUpdates: working((run) => run.updates.scanForCriticalUpdates),
        installUpdates: working((run) => run.updates.installUpdates),
      },
    }),
    autopilotProfile: autopilotProfileMachine.provide({
      actors: { askForProfile: working((run) => run.profile.askForProfile) },
    }),
    naming: namingMachine.provide({ actors: { expandTemplate: working((run) => run.profile.expandTemplate) } }),
    signIn: signInMachine.provide({
      actions: {
        reportTenantMatch: ({ context, system }, { matched }) => {
          // Without a profile there is no tenant to match.
          if (context.tenant) runOf(system).bindings.device.tenantMatched = matched
        },
      },
      actors: {
        loadBranding: working((run) => run.account.loadBranding),
        lookUpAccount: working((run) => run.account.lookUpAccount),
        authenticate: working((run) => run.account.authenticate),
        sendProof: working((run) => run.account.sendProof),
        awaitProof: working((run) => run.account.awaitProof),
      },
    }),
    tpmAttestation: tpmAttestationMachine.provide({ actors: { attest: working((run) => run.enrollment.attest) } }),
    deviceJoin: deviceJoinMachine.provide({
      actors: {
        openTerms: working((run) => run.enrollment.openTerms),
        acceptTerms: working((run) => run.enrollment.acceptTerms),
        joinDevice: working((run) => run.enrollment.joinDevice),
      },
    }),
    enrollment: enrollmentMachine.provide({
      actors: {
        discover: working((run) => run.enrollment.discover),
        getPolicies: working((run) => run.enrollment.getPolicies),
        requestSecurityToken: working((run) => run.enrollment.requestSecurityToken),
        applyProvisioning: working((run) => run.enrollment.applyProvisioning),
      },
    }),
    enrollmentStatus: enrollmentStatusMachine.provide({
      actors: {
        readPolicy: working((run) => run.status.readPolicy),
        watchParking: watching((run) => run.status.watchParking),
        retryFailed: working((run) => run.status.retryFailed),
        reportOutcome: working((run) => run.status.reportOutcome),
        devicePreparation: devicePreparationMachine.provide({ actors: { watchProgress } }),
        deviceSetup: deviceSetupMachine.provide({ actors: { watchProgress } }),
        accountSetup: accountSetupMachine.provide({ actors: { watchProgress } }),
      },
    }),
    qualityUpdates: qualityUpdatesMachine.provide({
      actors: {
        readUpdatePolicy: working((run) => run.updates.readUpdatePolicy),
        scanForQualityUpdates: working((run) => run.updates.scanForQualityUpdates),
        installUpdates: working((run) => run.updates.installUpdates),
      },
    }),
    welcome: welcomeMachine.provide({
      actors: {
        loadBranding: working((run) => run.account.loadBranding),
        recallCredentials: working((run) => run.account.recallCredentials),
        authenticate: working((run) => run.account.authenticate),
        createSession: working((run) => run.account.createSession),
      },
    }),
    nextSignIn: nextSignInMachine.provide({
      actors: {
        endSession: working((run) => run.account.endSession),
        authenticate: working((run) => run.account.authenticate),
        openSession: working((run) => run.account.openSession),
      },
    }),
    management: managementMachine.provide({
      actors: {
        holdSession: working((run) => run.management.holdSession),
        watchDevice: watching((run) => run.management.watchDevice),
        watchOrders: watching((run) => run.management.watchOrders),
        runNextJob: working((run) => run.management.runNextJob),
      },
    }),
  },
})
