import type { PageId } from '../domain/pages.ts'
import type { Screen } from '../domain/screen.ts'
import { shownBy, type View } from '../domain/view.ts'
import type { Texts } from '../texts/en.ts'
import { autopilotProfileScreen } from './autopilot-profile.ts'
import { connectivityScreen } from './connectivity.ts'
import { deviceExperienceScreen, microsoft365Screen, oemRegistrationScreen, oneDriveScreen } from './consumer-offers.ts'
import { criticalUpdatesScreen } from './critical-updates.ts'
import { desktopScreen } from './desktop.ts'
import { deviceJoinScreen } from './device-join.ts'
import { deviceNameScreen } from './device-name.ts'
import { deviceUsageScreen } from './device-usage.ts'
import { domainJoinScreen, hybridJoinScreen } from './domain-join.ts'
import { enrollmentScreen } from './enrollment.ts'
import { enrollmentStatusScreen } from './enrollment-status.ts'
import { enrollmentStatusFailureScreen } from './enrollment-status-failure.ts'
import { firstLogonScreen } from './first-logon.ts'
import { helloScreen } from './hello.ts'
import { keyboardScreen } from './keyboard.ts'
import { kioskScreen, kioskSignInScreen } from './kiosk.ts'
import { languageScreen } from './language.ts'
import { licenseTermsScreen } from './license-terms.ts'
import { namingScreen } from './naming.ts'
import { networkScreen } from './network.ts'
import { nextSignInScreen } from './next-sign-in.ts'
import {
  auditModeScreen,
  commandPromptScreen,
  diagnosticsScreen,
  provisioningOptionsScreen,
  settingsScreen,
} from './overlay.ts'
import type { Draft } from './parts.ts'
import { powerOnScreen } from './power-on.ts'
import { provisioningReviewScreen, technicianStatusScreen } from './pre-provisioning.ts'
import { preparationPolicyScreen } from './preparation-policy.ts'
import { privacyScreen } from './privacy.ts'
import { qualityUpdatesScreen } from './quality-updates.ts'
import { recoveryScreen } from './recovery.ts'
import { regionScreen } from './region.ts'
import {
  devicePreparationFailureScreen,
  devicePreparationScreen,
  requiredSetupCompleteScreen,
} from './required-setup.ts'
import { localResetScreen, resettingScreen, restoringScreen } from './resets.ts'
import { secondKeyboardScreen } from './second-keyboard.ts'
import { signInScreen } from './sign-in.ts'
import { signInScreenScreen } from './sign-in-screen.ts'
import { tpmAttestationScreen } from './tpm-attestation.ts'
import { welcomeScreen } from './welcome.ts'
import { windowsRestoreScreen } from './windows-restore.ts'

/** What a page draws from: context and state of the statechart that owns it, the texts, and the whole view. */
// biome-ignore lint/suspicious/noExplicitAny: each entry narrows to the context and the states of its statechart
type Builder = (context: any, state: any, texts: Texts, view: View) => Draft

const BUILDERS: Record<PageId, Builder> = {
  powerOn: powerOnScreen,
  recovery: recoveryScreen,
  language: languageScreen,
  region: regionScreen,
  keyboard: keyboardScreen,
  secondKeyboard: secondKeyboardScreen,
  network: networkScreen,
  connectivity: connectivityScreen,
  criticalUpdates: criticalUpdatesScreen,
  autopilotProfile: autopilotProfileScreen,
  naming: namingScreen,
  licenseTerms: licenseTermsScreen,
  deviceName: deviceNameScreen,
  deviceUsage: deviceUsageScreen,
  signIn: signInScreen,
  tpmAttestation: tpmAttestationScreen,
  deviceJoin: deviceJoinScreen,
  enrollment: enrollmentScreen,
  preparationPolicy: preparationPolicyScreen,
  devicePreparation: devicePreparationScreen,
  devicePreparationFailure: devicePreparationFailureScreen,
  requiredSetupComplete: requiredSetupCompleteScreen,
  enrollmentStatus: enrollmentStatusScreen,
  enrollmentStatusFailure: enrollmentStatusFailureScreen,
  qualityUpdates: qualityUpdatesScreen,
  welcome: welcomeScreen,
  windowsRestore: windowsRestoreScreen,
  privacy: privacyScreen,
  deviceExperience: deviceExperienceScreen,
  oneDrive: oneDriveScreen,
  microsoft365: microsoft365Screen,
  oemRegistration: oemRegistrationScreen,
  hello: helloScreen,
  firstLogon: firstLogonScreen,
  kioskSignIn: kioskSignInScreen,
  nextSignIn: nextSignInScreen,
  localReset: localResetScreen,
  domainJoin: domainJoinScreen,
  hybridJoin: hybridJoinScreen,
  resetting: resettingScreen,
  restoring: restoringScreen,
  commandPrompt: commandPromptScreen,
  settings: settingsScreen,
  diagnostics: diagnosticsScreen,
  provisioningOptions: provisioningOptionsScreen,
  auditMode: auditModeScreen,
  provisioningReview: provisioningReviewScreen,
  technicianStatus: technicianStatusScreen,
  desktop: desktopScreen,
  signInScreen: signInScreenScreen,
  kiosk: kioskScreen,
}

/** The only way from state to what is seen. Null between two pages. */
export function screenOf(view: View, texts: Texts): Screen | null {
  const shown = shownBy(view)
  if (shown?.page === undefined) return null
  const draft = BUILDERS[shown.page](shown.context, shown.states[0] ?? '', texts, view)
  return { page: shown.page, why: [], ...draft }
}
