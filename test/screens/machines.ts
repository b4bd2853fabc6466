import type { AnyStateMachine, AnyStateNode } from 'xstate'
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
import { namingMachine } from '../../machines/naming.ts'
import { networkMachine } from '../../machines/network.ts'
import { oobeMachine } from '../../machines/oobe.ts'
import type { StateMeta } from '../../machines/page.ts'
import { powerOnMachine } from '../../machines/power-on.ts'
import { privacyMachine } from '../../machines/privacy.ts'
import { qualityUpdatesMachine } from '../../machines/quality-updates.ts'
import { regionMachine } from '../../machines/region.ts'
import { secondKeyboardMachine } from '../../machines/second-keyboard.ts'
import { signInMachine } from '../../machines/sign-in.ts'
import { tpmAttestationMachine } from '../../machines/tpm-attestation.ts'
import { welcomeMachine } from '../../machines/welcome.ts'

const MACHINES: AnyStateMachine[] = [
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
  namingMachine,
  networkMachine,
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

/** Addresses of all states that show a page: `network.askingForKey`. */
export const pageStates = (): string[] =>
  MACHINES.flatMap((machine) =>
    nodesBelow(machine.root as AnyStateNode)
      .filter((node) => (node.meta as StateMeta | undefined)?.page !== undefined)
      .map((node) => `${machine.id}.${node.path.join('.')}`),
  )

const nodesBelow = (node: AnyStateNode): AnyStateNode[] => [
  node,
  ...(Object.values(node.states) as AnyStateNode[]).flatMap(nodesBelow),
]
