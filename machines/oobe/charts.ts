import type { AnyStateMachine, InputFrom, OutputFrom } from 'xstate'
import type { PAGES, PageId } from '../../src/domain/pages.ts'
import { enrollmentStatusMachine } from '../enrollment-status/enrollment-status.ts'
import { autopilotProfileMachine } from '../pages/autopilot-profile.ts'
import { connectivityMachine } from '../pages/connectivity.ts'
import { consumerOffersMachine } from '../pages/consumer-offers.ts'
import { criticalUpdatesMachine } from '../pages/critical-updates.ts'
import { deviceJoinMachine } from '../pages/device-join.ts'
import { deviceNameMachine } from '../pages/device-name.ts'
import { deviceUsageMachine } from '../pages/device-usage.ts'
import { domainJoinMachine } from '../pages/domain-join.ts'
import { enrollmentMachine } from '../pages/enrollment.ts'
import { firstLogonMachine } from '../pages/first-logon.ts'
import { helloMachine } from '../pages/hello.ts'
import { hybridJoinMachine } from '../pages/hybrid-join.ts'
import { keyboardMachine } from '../pages/keyboard.ts'
import { kioskSignInMachine } from '../pages/kiosk-sign-in.ts'
import { languageMachine } from '../pages/language.ts'
import { licenseTermsMachine } from '../pages/license-terms.ts'
import { localResetMachine } from '../pages/local-reset.ts'
import { namingMachine } from '../pages/naming.ts'
import { networkMachine } from '../pages/network.ts'
import { nextSignInMachine } from '../pages/next-sign-in.ts'
import { powerOnMachine } from '../pages/power-on.ts'
import { preparationPolicyMachine } from '../pages/preparation-policy.ts'
import { privacyMachine } from '../pages/privacy.ts'
import { provisioningReviewMachine } from '../pages/provisioning-review.ts'
import { qualityUpdatesMachine } from '../pages/quality-updates.ts'
import { recoveryMachine } from '../pages/recovery.ts'
import { regionMachine } from '../pages/region.ts'
import { requiredSetupMachine } from '../pages/required-setup.ts'
import { resettingMachine } from '../pages/resetting.ts'
import { restoringMachine } from '../pages/restoring.ts'
import { secondKeyboardMachine } from '../pages/second-keyboard.ts'
import { signInMachine } from '../pages/sign-in.ts'
import { technicianStatusMachine } from '../pages/technician-status.ts'
import { tpmAttestationMachine } from '../pages/tpm-attestation.ts'
import { welcomeMachine } from '../pages/welcome.ts'
import { windowsRestoreMachine } from '../pages/windows-restore.ts'

/** The statecharts that the list of pages names. Two pages are states of the whole itself, and windows above it are no part of it. */
type Named = Exclude<(typeof PAGES)[PageId]['machine'], 'oobe' | 'overlay'>

/** The statechart of each page and phase that a plan may name. */
export const CHARTS = {
  powerOn: powerOnMachine,
  recovery: recoveryMachine,
  language: languageMachine,
  region: regionMachine,
  keyboard: keyboardMachine,
  secondKeyboard: secondKeyboardMachine,
  network: networkMachine,
  connectivity: connectivityMachine,
  criticalUpdates: criticalUpdatesMachine,
  autopilotProfile: autopilotProfileMachine,
  naming: namingMachine,
  licenseTerms: licenseTermsMachine,
  deviceName: deviceNameMachine,
  deviceUsage: deviceUsageMachine,
  signIn: signInMachine,
  tpmAttestation: tpmAttestationMachine,
  deviceJoin: deviceJoinMachine,
  enrollment: enrollmentMachine,
  preparationPolicy: preparationPolicyMachine,
  requiredSetup: requiredSetupMachine,
  enrollmentStatus: enrollmentStatusMachine,
  qualityUpdates: qualityUpdatesMachine,
  welcome: welcomeMachine,
  windowsRestore: windowsRestoreMachine,
  privacy: privacyMachine,
  consumerOffers: consumerOffersMachine,
  hello: helloMachine,
  firstLogon: firstLogonMachine,
  kioskSignIn: kioskSignInMachine,
  nextSignIn: nextSignInMachine,
  localReset: localResetMachine,
  domainJoin: domainJoinMachine,
  hybridJoin: hybridJoinMachine,
  resetting: resettingMachine,
  restoring: restoringMachine,
  provisioningReview: provisioningReviewMachine,
  technicianStatus: technicianStatusMachine,
} satisfies Record<Named, AnyStateMachine>

export type ChartName = keyof typeof CHARTS

export type InputOf<Name extends ChartName> = InputFrom<(typeof CHARTS)[Name]>

export type OutcomeOf<Name extends ChartName> = OutputFrom<(typeof CHARTS)[Name]>
