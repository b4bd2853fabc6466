import { ALL, below, type Csp, node, READ } from '../node-rule.ts'

/** Whether the first boot shows the restore page (src/domain/windows-backup.ts). */
export const windowsRestore: Csp = {
  name: 'WindowsBackupAndRestore',
  version: '1.0',
  rules: below('WindowsBackupAndRestore', 'device', 'WindowsBackupAndRestore CSP', {
    '': node('node', READ),
    EnableWindowsRestore: node('bool', ALL, { default: 'false' }),
  }),
}
