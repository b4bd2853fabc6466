/** Channels of the Windows event log that the device writes to (reference: oobe-autopilot-esp.md, 8). */
export const CHANNEL = {
  autopilot: 'Microsoft-Windows-ModernDeployment-Diagnostics-Provider/Autopilot',
  managementService: 'Microsoft-Windows-ModernDeployment-Diagnostics-Provider/ManagementService',
  shell: 'Microsoft-Windows-Shell-Core/Operational',
  management: 'Microsoft-Windows-DeviceManagement-Enterprise-Diagnostics-Provider/Admin',
  registration: 'Microsoft-Windows-User Device Registration/Admin',
  entra: 'Microsoft-Windows-AAD/Operational',
  hello: 'Microsoft-Windows-HelloForBusiness/Operational',
  packages: 'Microsoft-Windows-AppXDeploymentServer/Operational',
  transfers: 'Microsoft-Windows-Bits-Client/Operational',
  updates: 'Microsoft-Windows-WindowsUpdateClient/Operational',
  /** A log file and no channel: its lines have no id. Win32 apps are in it, and in no event log. */
  extension: 'IntuneManagementExtension.log',
  /** Ours: Windows logs nothing of it that is public, or nothing at all. */
  notes: 'oobe-sim/Notes',
} as const

type EventChannel = keyof typeof CHANNEL
export type EventLevel = 'information' | 'warning' | 'error'

/** Who has the sentence: D a page of Microsoft, F a record of a real device or its message table, U we. */
type SentenceTag = 'D' | 'F' | 'U'

const at =
  <const Level extends EventLevel>(level: Level) =>
  <const Channel extends EventChannel, const Id extends number, const Text extends string>(
    channel: Channel,
    id: Id,
    text: Text,
    source: string,
    sentence: SentenceTag,
  ) => ({ channel, id, level, text, source, sentence })

export const information = at('information')
export const warning = at('warning')
export const error = at('error')

/** A line of a log file, or a note of ours: without an id. */
export const line =
  <const Channel extends 'extension' | 'notes', const Level extends EventLevel>(channel: Channel, level: Level) =>
  <const Text extends string>(text: Text, source = '8.3 [U]') =>
    ({ channel, id: 0, level, text, source, sentence: 'U' }) as const

export const extensionSays = line('extension', 'information')
export const extensionWarns = line('extension', 'warning')
export const extensionFails = line('extension', 'error')
