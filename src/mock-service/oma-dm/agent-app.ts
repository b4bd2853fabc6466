import type { AppDefinition } from '../../domain/tenant-apps.ts'

/** The management extension itself: an app like any other, that every device gets first. */
export const AGENT_APP: AppDefinition = {
  id: '8f2b6f4a-7d51-4c58-9d4e-1c0f6a3b5e70',
  name: 'Microsoft Intune Management Extension',
  publisher: 'Microsoft Corporation',
  version: '1.83.107.0',
  scope: 'device',
  kind: 'msi',
  sizeMb: 6,
  // Measured on a test device (reference: oobe-autopilot-esp.md, 9 [M]).
  installSeconds: 118,
  exitCode: 0,
  isDetected: true,
  retryCount: 3,
  timeoutMinutes: 10,
  isSkipped: false,
  assignedTo: ['allDevices'],
  excluded: [],
}
