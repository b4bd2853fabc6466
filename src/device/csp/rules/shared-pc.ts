import { ALL, below, type Csp, node, READ, withoutEffect } from '../node-rule.ts'

const MODES = ['EnableSharedPCMode', 'EnableSharedPCModeWithOneDriveSync']

const SWITCHES = [
  'EnableAccountManager',
  'EnableWindowsInsiderPreviewFlighting',
  'SetEduPolicies',
  'SetPowerPolicies',
  'SignInOnResume',
  'RestrictLocalStorage',
]

/** Integers with their least and most (SharedPC CSP [D]; the most of times and sizes is that of the number). */
const NUMBERS: readonly (readonly [name: string, least: number, most: number])[] = [
  ['DeletionPolicy', 0, 2],
  ['DiskLevelDeletion', 0, 100],
  ['DiskLevelCaching', 0, 100],
  ['InactiveThreshold', 0, 0x7fff_ffff],
  ['MaintenanceStartTime', 0, 1_440],
  ['MaxPageFileSizeMB', 0, 0x7fff_ffff],
  ['SleepTimeout', 0, 0x7fff_ffff],
]

/**
 * Shared PC mode: the mode and whom it lets in have an effect (src/device/shared-pc.ts). The deletion of profiles and the times of the night
 * are kept and read back: a first boot shows nothing of them.
 */
export const sharedPc: Csp = {
  name: 'SharedPC',
  version: '1.2',
  rules: below('SharedPC', 'device', 'SharedPC CSP', {
    '': node('node', READ),
    ...Object.fromEntries(MODES.map((name) => [name, node('bool', ALL)])),
    // Only guests, only accounts of the organization, both.
    AccountModel: node('int', ALL, { range: [0, 2] }),
    ...withoutEffect({
      ...Object.fromEntries(SWITCHES.map((name) => [name, node('bool', ALL)])),
      ...Object.fromEntries(
        NUMBERS.map(([name, ...range]) => [name, node('int', ALL, { range: [range[0], range[1]] })]),
      ),
      KioskModeAUMID: node('chr', ALL),
      KioskModeUserTileDisplayText: node('chr', ALL),
    }),
  }),
}
