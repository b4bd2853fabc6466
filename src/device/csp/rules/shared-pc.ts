import { ALL, below, type Csp, node, READ, withoutEffect } from '../node-rule.ts'

const SWITCHES = [
  'EnableSharedPCMode',
  'EnableSharedPCModeWithOneDriveSync',
  'EnableAccountManager',
  'EnableWindowsInsiderPreviewFlighting',
  'SetEduPolicies',
  'SetPowerPolicies',
  'SignInOnResume',
  'RestrictLocalStorage',
]

/** Integers with their least and most (SharedPC CSP [D]; the most of times and sizes is that of the number). */
const NUMBERS: readonly (readonly [name: string, least: number, most: number])[] = [
  // Only guests, only accounts of the organization, both.
  ['AccountModel', 0, 2],
  ['DeletionPolicy', 0, 2],
  ['DiskLevelDeletion', 0, 100],
  ['DiskLevelCaching', 0, 100],
  ['InactiveThreshold', 0, 0x7fff_ffff],
  ['MaintenanceStartTime', 0, 1_440],
  ['MaxPageFileSizeMB', 0, 0x7fff_ffff],
  ['SleepTimeout', 0, 0x7fff_ffff],
]

/**
 * Shared PC mode: kept and read back. A shared device of this program is for any user of the organization, which is AccountModel 1;
 * guests, the deletion of profiles and the times of the night are not simulated.
 */
export const sharedPc: Csp = {
  name: 'SharedPC',
  version: '1.2',
  rules: below(
    'SharedPC',
    'device',
    'SharedPC CSP',
    withoutEffect({
      '': node('node', READ),
      ...Object.fromEntries(SWITCHES.map((name) => [name, node('bool', ALL)])),
      ...Object.fromEntries(
        NUMBERS.map(([name, ...range]) => [name, node('int', ALL, { range: [range[0], range[1]] })]),
      ),
      KioskModeAUMID: node('chr', ALL),
      KioskModeUserTileDisplayText: node('chr', ALL),
    }),
  ),
}
