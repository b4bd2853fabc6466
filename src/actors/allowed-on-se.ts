import type { VirtualDevice } from '../device/virtual-device.ts'
import { isApproved } from '../domain/approved-apps.ts'

/** What Intune shows of an app that Windows 11 SE does not let run (reference: oobe-autopilot-esp.md, 4.9 [D]). */
export const NOT_ALLOWED_ON_SE = 0x87d300d9 | 0

const AGENT_NAME = 'Microsoft Intune Management Extension'

/** Windows 11 SE runs what is on Microsoft's list, and the management extension, which is Microsoft's own. */
export const isForbidden = (device: VirtualDevice, app: { name: string; version: string }): boolean =>
  device.definition.windows.edition === 'SE' && app.name !== AGENT_NAME && !isApproved(app)
