import type { JournalWriter, LogFact } from './journal.ts'

/** Event channels that Autopilot writes to (reference: oobe-autopilot-esp.md, 8). */
export const CHANNEL = {
  autopilot: 'Microsoft-Windows-ModernDeployment-Diagnostics-Provider/Autopilot',
  shell: 'Microsoft-Windows-Shell-Core/Operational',
  management: 'Microsoft-Windows-DeviceManagement-Enterprise-Diagnostics-Provider/Admin',
  updates: 'Microsoft-Windows-WindowsUpdateClient/Operational',
} as const

export type EventLog = (channel: keyof typeof CHANNEL, id: number, text: string, level?: LogFact['level']) => void

export const eventLog =
  (journal: JournalWriter): EventLog =>
  (channel, id, text, level = 'information') =>
    journal.write({ kind: 'log', channel: CHANNEL[channel], id, level, text })
