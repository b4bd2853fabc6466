import { expect } from 'vitest'
import { ENTITY_TYPES, propertiesOf } from '../../src/mock-service/graph/entity-types.ts'
import { prove } from './prove.ts'

const TYPES: Readonly<Record<string, string>> = {
  '6.4/importedwindowsautopilotdeviceidentity': 'importedWindowsAutopilotDeviceIdentity',
  '6.4/windowsautopilotdeviceidentity': 'windowsAutopilotDeviceIdentity',
  '6.4/windowsautopilotsettings': 'windowsAutopilotSettings',
  '6.4/azureadwindowsautopilotdeploymentprofile': 'windowsAutopilotDeploymentProfile',
  '6.4/devicemanagementautopilotevent-beta': 'deviceManagementAutopilotEvent',
  '6.4/organizationalbranding': 'organizationalBranding',
  '6.4/group': 'group',
  '6.4/manageddevice': 'managedDevice',
}

/** Names of a row that are no property of the type as it is shown, and why. */
const NO_PROPERTY: Readonly<Record<string, string>> = {
  // Values and words of the row.
  ...Object.fromEntries(
    [
      ...['unknown', 'pending', 'partial', 'complete', 'error', 'status', 'beta', 'administrator', 'standard'],
      ...['singleUser', 'shared', 'windowsPc', 'holoLens', 'surfaceHub2', 'surfaceHub2S', 'virtualMachine'],
      ...['inProgress', 'completed', 'failed', 'success', 'failure', 'successWithTimeout', 'notAttempted', 'disabled'],
      ...['contains', 'DynamicMembership', 'default', 'or', 'since', 'May', 'deprecated', 'still', 'listed', 'Hybrid'],
      ...['type', 'adds', 'Up', 'to', 'profiles', 'os-default', 'Actions', 'ESP', 'display', 'name', 'locale'],
    ].map((word) => [word, 'a value or a word']),
  ),
}

prove(
  [
    ...[
      '6.4/importedwindowsautopilotdeviceidentity',
      '6.4/windowsautopilotdeviceidentity',
      '6.4/windowsautopilotsettings',
    ],
    ...['6.4/azureadwindowsautopilotdeploymentprofile', '6.4/devicemanagementautopilotevent-beta'],
    ...['6.4/organizationalbranding', '6.4/group', '6.4/manageddevice'],
  ],
  'the model of Graph has its properties',
  ({ id, cells: [, cell] }) => {
    const type = ENTITY_TYPES.find(({ name }) => name === TYPES[id])!
    const has = new Set(propertiesOf(type).map(({ name }) => name.toLowerCase()))
    // Members of complex types are in braces, and behind "Actions" come no properties.
    const names = cell!
      .replace(/Actions.*/, '')
      .replace(/\{[^}]*\}|\([^)]*\)/g, ' ')
      .split(/[\s,;:]+/)
      .filter((word) => /^[a-z]\w+$/.test(word) && NO_PROPERTY[word] === undefined)
    expect(names.length).toBeGreaterThan(2)
    expect(names.filter((name) => !has.has(name.toLowerCase()))).toEqual([])
  },
)
