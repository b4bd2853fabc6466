import type { VirtualDevice } from '../device/virtual-device.ts'
import { isApproved } from '../domain/approved-apps.ts'

const AGENT_NAME = 'Microsoft Intune Management Extension'

/** Windows 11 SE runs what is on Microsoft's list, and the management extension, which is Microsoft's own. */
export const isForbidden = (device: VirtualDevice, app: { name: string; version: string }): boolean =>
  device.definition.windows.edition === 'SE' && app.name !== AGENT_NAME && !isApproved(app)
