import type { FaultBase } from '../domain/faults/fault.ts'
import { loadScenarios, type Scenario } from '../scenario/scenario.ts'

/** The shipped scenario of each way through the first boot: all of them end well without a fault. */
const SCENARIOS: Readonly<Record<FaultBase, string>> = {
  wifi: 'surface-wifi-happy-path',
  ethernet: 'asus-ethernet-happy-path',
  selfDeploying: 'self-deploying-ethernet',
  termsOfUse: 'terms-of-use',
  hybrid: 'hybrid-join',
}

/** The scenario that `oobe sweep` takes when none is named. */
export const HAPPY_PATH = SCENARIOS.wifi

export const baseNameOf = (base: FaultBase): string => SCENARIOS[base]

export const baseOf = (base: FaultBase): Scenario => loadScenarios(SCENARIOS[base])[0]!
