import type { AnyStateMachine } from 'xstate'
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
import { deviceNameMachine } from '../../machines/pages/device-name.ts'
import { deviceUsageMachine } from '../../machines/pages/device-usage.ts'
import { enrollmentMachine } from '../../machines/pages/enrollment.ts'
import { firstLogonMachine } from '../../machines/pages/first-logon.ts'
import { keyboardMachine } from '../../machines/pages/keyboard.ts'
import { languageMachine } from '../../machines/pages/language.ts'
import { licenseTermsMachine } from '../../machines/pages/license-terms.ts'
import { namingMachine } from '../../machines/pages/naming.ts'
import { networkMachine } from '../../machines/pages/network.ts'
import { nextSignInMachine } from '../../machines/pages/next-sign-in.ts'
import { powerOnMachine } from '../../machines/pages/power-on.ts'
import { privacyMachine } from '../../machines/pages/privacy.ts'
import { qualityUpdatesMachine } from '../../machines/pages/quality-updates.ts'
import { regionMachine } from '../../machines/pages/region.ts'
import { secondKeyboardMachine } from '../../machines/pages/second-keyboard.ts'
import { signInMachine } from '../../machines/pages/sign-in.ts'
import { tpmAttestationMachine } from '../../machines/pages/tpm-attestation.ts'
import { welcomeMachine } from '../../machines/pages/welcome.ts'

/** Every statechart of the device, with nothing bound. */
export const MACHINES: AnyStateMachine[] = [
  accountSetupMachine,
  autopilotProfileMachine,
  connectivityMachine,
  criticalUpdatesMachine,
  deviceJoinMachine,
  deviceNameMachine,
  devicePreparationMachine,
  deviceSetupMachine,
  deviceUsageMachine,
  enrollmentMachine,
  enrollmentStatusMachine,
  firstLogonMachine,
  keyboardMachine,
  languageMachine,
  licenseTermsMachine,
  managementMachine,
  namingMachine,
  networkMachine,
  nextSignInMachine,
  oobeMachine,
  powerOnMachine,
  privacyMachine,
  qualityUpdatesMachine,
  regionMachine,
  secondKeyboardMachine,
  signInMachine,
  tpmAttestationMachine,
  welcomeMachine,
]
