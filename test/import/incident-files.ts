import { readIncident } from '../../src/import/read-incident.ts'
import { encodeZip } from '../../src/protocols/zip/encode.ts'

const encoder = new TextEncoder()

export const utf8 = (text: string): Uint8Array => encoder.encode(text)
export const utf16 = (text: string): Uint8Array => new Uint8Array(Buffer.from(`\ufeff${text}`, 'utf16le'))
export const zip = (files: Record<string, string | Uint8Array>): Uint8Array =>
  encodeZip(
    Object.entries(files).map(([name, content]) => ({
      name,
      bytes: typeof content === 'string' ? utf8(content) : content,
    })),
  )

export const read = (name: string, content: string | Uint8Array) =>
  readIncident([{ name, bytes: typeof content === 'string' ? utf8(content) : content }])

const MDM = 'Microsoft-Windows-DeviceManagement-Enterprise-Diagnostics-Provider'
const AUTOPILOT = 'Microsoft-Windows-ModernDeployment-Diagnostics-Provider'

/** An event as wevtutil prints it; the sentence is in the language of the device. */
export function eventXml(
  channel: string,
  id: number,
  data: readonly string[],
  message = '',
  at = '2026-09-07T08:01:49.6500000Z',
): string {
  const [provider] = channel.split('/')
  return [
    `<Event xmlns='http://schemas.microsoft.com/win/2004/08/events/event'><System><Provider Name='${provider}'/>`,
    `<EventID>${id}</EventID><Level>2</Level><TimeCreated SystemTime='${at}'/><EventRecordID>1</EventRecordID>`,
    `<Channel>${channel}</Channel><Computer>PC-KLASSE-07</Computer></System>`,
    `<EventData>${data.map((value) => `<Data>${value}</Data>`).join('')}</EventData>`,
    `<RenderingInfo Culture='de-DE'><Message>${message}</Message></RenderingInfo></Event>`,
  ].join('')
}

export const ADMIN = `${MDM}/Admin`
export const AUTOPILOT_LOG = `${AUTOPILOT}/Autopilot`
export const SHELL = 'Microsoft-Windows-Shell-Core/Operational'

export const events = (...list: string[]): string => `<Events>${list.join('')}</Events>`

const SOFTWARE = 'HKEY_LOCAL_MACHINE\\SOFTWARE\\Microsoft'

/** A registry export of a device that is managed, and whose status page failed in Device setup. */
export const registry = (...more: string[]): string =>
  [
    'Windows Registry Editor Version 5.00',
    '',
    `[${SOFTWARE}\\Enrollments\\9E4EEC58-6A9F-825B-8742-4FD93E94EF61]`,
    '"ProviderID"="MS DM Server"',
    '"UPN"="schueler@realschule.example"',
    '',
    `[${SOFTWARE}\\Enrollments\\9E4EEC58-6A9F-825B-8742-4FD93E94EF61\\FirstSync]`,
    '"SkipDeviceStatusPage"=dword:00000000',
    '"SyncFailureTimeout"=dword:0000001e',
    '"BlockInStatusPage"=dword:00000003',
    '"IsServerProvisioningDone"=dword:00000001',
    '',
    ...more,
  ].join('\r\n')

export const PROFILE = JSON.stringify({
  CloudAssignedTenantId: '1f2c1d9a-4b73-4e58-9c0a-7d1e2f3a4b5c',
  CloudAssignedTenantDomain: 'realschule.example',
  CloudAssignedOobeConfig: 286,
  CloudAssignedDeviceName: 'RS-%SERIAL%',
  DeploymentProfileName: 'Realschule Klassen',
})
