import { attestationTriesSamples } from './attestation/attestation-tries.samples.ts'
import { accountSetupSamples } from './enrollment-status/account-setup.samples.ts'
import { devicePreparationSamples } from './enrollment-status/device-preparation.samples.ts'
import { deviceSetupSamples } from './enrollment-status/device-setup.samples.ts'
import { enrollmentStatusSamples } from './enrollment-status/enrollment-status.samples.ts'
import { providerLimitSamples } from './enrollment-status/provider-limit.samples.ts'
import { certificatesSamples } from './management/certificates.samples.ts'
import { installationSamples } from './management/installation.samples.ts'
import { managementSamples } from './management/management.samples.ts'
import type { managementMachine } from './management/management.ts'
import { msiInstallationSamples } from './management/msi-installation.samples.ts'
import { msixInstallationSamples } from './management/msix-installation.samples.ts'
import { officeInstallationSamples } from './management/office-installation.samples.ts'
import { packageDownloadSamples } from './management/package-download.samples.ts'
import { sessionSamples } from './management/session.samples.ts'
import { win32InstallationSamples } from './management/win32-installation.samples.ts'
import type { CHARTS, ChartName } from './oobe/charts.ts'
import { oobeSamples } from './oobe/oobe.samples.ts'
import { overlaySamples } from './overlay/overlay.samples.ts'
import { autopilotProfileSamples } from './pages/autopilot-profile.samples.ts'
import { connectivitySamples } from './pages/connectivity.samples.ts'
import { consumerOffersSamples } from './pages/consumer-offers.samples.ts'
import { criticalUpdatesSamples } from './pages/critical-updates.samples.ts'
import { deviceJoinSamples } from './pages/device-join.samples.ts'
import { deviceNameSamples } from './pages/device-name.samples.ts'
import { deviceUsageSamples } from './pages/device-usage.samples.ts'
import { domainJoinSamples } from './pages/domain-join.samples.ts'
import { enrollmentSamples } from './pages/enrollment.samples.ts'
import { firstLogonSamples } from './pages/first-logon.samples.ts'
import { helloSamples } from './pages/hello.samples.ts'
import { hybridJoinSamples } from './pages/hybrid-join.samples.ts'
import { keyboardSamples } from './pages/keyboard.samples.ts'
import { kioskSignInSamples } from './pages/kiosk-sign-in.samples.ts'
import { languageSamples } from './pages/language.samples.ts'
import { licenseTermsSamples } from './pages/license-terms.samples.ts'
import { localResetSamples } from './pages/local-reset.samples.ts'
import { namingSamples } from './pages/naming.samples.ts'
import { networkSamples } from './pages/network.samples.ts'
import { nextSignInSamples } from './pages/next-sign-in.samples.ts'
import { phoneProofSamples } from './pages/phone-proof.samples.ts'
import { powerOnSamples } from './pages/power-on.samples.ts'
import { preparationPolicySamples } from './pages/preparation-policy.samples.ts'
import { privacySamples } from './pages/privacy.samples.ts'
import { provisioningReviewSamples } from './pages/provisioning-review.samples.ts'
import { qualityUpdatesSamples } from './pages/quality-updates.samples.ts'
import { recoverySamples } from './pages/recovery.samples.ts'
import { regionSamples } from './pages/region.samples.ts'
import { requiredSetupSamples } from './pages/required-setup.samples.ts'
import { resettingSamples } from './pages/resetting.samples.ts'
import { restoringSamples } from './pages/restoring.samples.ts'
import { secondKeyboardSamples } from './pages/second-keyboard.samples.ts'
import { signInSamples } from './pages/sign-in.samples.ts'
import { technicianStatusSamples } from './pages/technician-status.samples.ts'
import { tpmAttestationSamples } from './pages/tpm-attestation.samples.ts'
import { updateStepsSamples } from './pages/update-steps.samples.ts'
import { welcomeSamples } from './pages/welcome.samples.ts'
import { windowsRestoreSamples } from './pages/windows-restore.samples.ts'
import type { AnySamples, StatechartsBelow } from './samples.ts'

/** The whole, the pages, management, and the statecharts that these run. */
type StatechartName =
  | 'oobe'
  | 'management'
  | 'overlay'
  | ChartName
  | StatechartsBelow<typeof managementMachine | (typeof CHARTS)[ChartName]>

/** The samples of each statechart, by its id. One that is left out does not compile. */
export const SAMPLES: Readonly<Record<StatechartName, AnySamples>> = {
  oobe: oobeSamples,
  powerOn: powerOnSamples,
  recovery: recoverySamples,
  language: languageSamples,
  region: regionSamples,
  keyboard: keyboardSamples,
  secondKeyboard: secondKeyboardSamples,
  network: networkSamples,
  connectivity: connectivitySamples,
  criticalUpdates: criticalUpdatesSamples,
  autopilotProfile: autopilotProfileSamples,
  naming: namingSamples,
  licenseTerms: licenseTermsSamples,
  deviceName: deviceNameSamples,
  deviceUsage: deviceUsageSamples,
  signIn: signInSamples,
  phoneProof: phoneProofSamples,
  tpmAttestation: tpmAttestationSamples,
  attestationTries: attestationTriesSamples,
  deviceJoin: deviceJoinSamples,
  enrollment: enrollmentSamples,
  preparationPolicy: preparationPolicySamples,
  requiredSetup: requiredSetupSamples,
  enrollmentStatus: enrollmentStatusSamples,
  devicePreparation: devicePreparationSamples,
  providerLimit: providerLimitSamples,
  deviceSetup: deviceSetupSamples,
  accountSetup: accountSetupSamples,
  qualityUpdates: qualityUpdatesSamples,
  updateSteps: updateStepsSamples,
  welcome: welcomeSamples,
  windowsRestore: windowsRestoreSamples,
  privacy: privacySamples,
  consumerOffers: consumerOffersSamples,
  hello: helloSamples,
  firstLogon: firstLogonSamples,
  kioskSignIn: kioskSignInSamples,
  nextSignIn: nextSignInSamples,
  localReset: localResetSamples,
  domainJoin: domainJoinSamples,
  hybridJoin: hybridJoinSamples,
  resetting: resettingSamples,
  restoring: restoringSamples,
  provisioningReview: provisioningReviewSamples,
  technicianStatus: technicianStatusSamples,
  management: managementSamples,
  overlay: overlaySamples,
  session: sessionSamples,
  certificates: certificatesSamples,
  installation: installationSamples,
  msiInstallation: msiInstallationSamples,
  msixInstallation: msixInstallationSamples,
  officeInstallation: officeInstallationSamples,
  win32Installation: win32InstallationSamples,
  packageDownload: packageDownloadSamples,
}
