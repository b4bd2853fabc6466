import { isAssignedAccess } from '../../../protocols/assigned-access/configuration.ts'
import { ALL, below, type Csp, node, READ, withoutEffect } from '../node-rule.ts'

/** Pictures, which are loaded from nowhere here: their statuses stay absent (reference: mdm-protocols.md, 3.7). */
export const personalization: Csp = {
  name: 'Personalization',
  version: '1.0',
  rules: below(
    'Personalization',
    'device',
    'Personalization CSP',
    withoutEffect({
      '': node('node', READ),
      DesktopImageUrl: node('chr', ALL),
      DesktopImageStatus: node('int', READ),
      LockScreenImageUrl: node('chr', ALL),
      LockScreenImageStatus: node('int', READ),
    }),
  ),
}

/**
 * Kiosks. A device that has deployed itself signs in as the account of the configuration. `Status` is absent as long as
 * `StatusConfiguration` is off, which is all that there is here.
 */
export const assignedAccess: Csp = {
  name: 'AssignedAccess',
  version: '4.0',
  rules: below('AssignedAccess', 'device', 'AssignedAccess CSP', {
    Configuration: node('chr', ALL, { accepts: isAssignedAccess }),
    ...withoutEffect({
      '': node('node', READ),
      KioskModeApp: node('chr', ALL),
      Status: node('chr', READ),
      ShellLauncher: node('chr', ALL),
      StatusConfiguration: node('chr', ALL),
    }),
  }),
}
