import { DecodeError } from '../../../domain/trouble.ts'
import { decodePageSettings } from '../../../protocols/device-preparation/page-settings.ts'
import { below, CHANGE, type Csp, node, READ } from '../node-rule.ts'

const isReadable = (value: string): boolean => {
  try {
    decodePageSettings(value)
    return true
  } catch (error) {
    if (error instanceof DecodeError) return false
    throw error
  }
}

/** The page of Windows Autopilot device preparation (mdm-protocols.md, 3.4; oobe-autopilot-esp.md, 2.8). That it refuses what it cannot read is assumed. */
export const devicePreparation: Csp = {
  name: 'DevicePreparation',
  version: '1.0',
  rules: below('DevicePreparation', 'device', 'DevicePreparation CSP', {
    '': node('node', READ),
    PageEnabled: node('bool', CHANGE, { default: 'false' }),
    PageSettings: node('chr', CHANGE, { default: '', accepts: isReadable }),
    // 0 disabled, 1 enabled, 2 in progress, 3 exited on success, 4 exited on failure.
    PageStatus: node('int', READ, { default: '0', range: [0, 4] }),
    PageErrorPhase: node('int', READ, { default: '0' }),
    PageErrorCode: node('int', READ, { default: '0' }),
    PageErrorDetails: node('chr', READ, { default: '' }),
    BootstrapperAgent: node('node', READ),
    'BootstrapperAgent/ClassID': node('chr', CHANGE, { default: '', effect: 'none' }),
    'BootstrapperAgent/ExecutionContext': node('chr', CHANGE, { default: '' }),
    'BootstrapperAgent/InstallationStatusUri': node('chr', CHANGE, { default: '', effect: 'none' }),
    MDMProvider: node('node', READ),
    'MDMProvider/Progress': node('chr', CHANGE, { default: '' }),
    'MDMProvider/MdmAgentInstalled': node('bool', CHANGE, { default: 'false' }),
    'MDMProvider/RebootRequired': node('bool', CHANGE, { default: 'false' }),
  }),
}
