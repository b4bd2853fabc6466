import type { AnyStateMachine } from 'xstate'
import { accountSetupMachine } from '../../machines/account-setup.ts'
import { autopilotProfileMachine } from '../../machines/autopilot-profile.ts'
import { connectivityMachine } from '../../machines/connectivity.ts'
import { criticalUpdatesMachine } from '../../machines/critical-updates.ts'
import { deviceJoinMachine } from '../../machines/device-join.ts'
import { deviceNameMachine } from '../../machines/device-name.ts'
import { devicePreparationMachine } from '../../machines/device-preparation.ts'
import { deviceSetupMachine } from '../../machines/device-setup.ts'
import { deviceUsageMachine } from '../../machines/device-usage.ts'
import { enrollmentMachine } from '../../machines/enrollment.ts'
import { enrollmentStatusMachine } from '../../machines/enrollment-status.ts'
import { firstLogonMachine } from '../../machines/first-logon.ts'
import { keyboardMachine } from '../../machines/keyboard.ts'
import { languageMachine } from '../../machines/language.ts'
import { licenseTermsMachine } from '../../machines/license-terms.ts'
import { managementMachine } from '../../machines/management.ts'
import { namingMachine } from '../../machines/naming.ts'
import { networkMachine } from '../../machines/network.ts'
import { nextSignInMachine } from '../../machines/next-sign-in.ts'
import { oobeMachine } from '../../machines/oobe.ts'
import { powerOnMachine } from '../../machines/power-on.ts'
import { privacyMachine } from '../../machines/privacy.ts'
import { qualityUpdatesMachine } from '../../machines/quality-updates.ts'
import { regionMachine } from '../../machines/region.ts'
import { secondKeyboardMachine } from '../../machines/second-keyboard.ts'
import { signInMachine } from '../../machines/sign-in.ts'
import { tpmAttestationMachine } from '../../machines/tpm-attestation.ts'
import { welcomeMachine } from '../../machines/welcome.ts'

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
