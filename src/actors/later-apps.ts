import type { VirtualDevice } from '../device/virtual-device.ts'
import { watching } from './bindings.ts'

/** Whether a required app is under way, or to come. */
const isBusy = ({ installations, agent }: VirtualDevice, now: number): boolean =>
  installations.remaining > 0 || (agent !== undefined && (agent.open().length > 0 || agent.isToCheckIn(now)))

/** The device is set up: what no page waits for comes now. */
export const laterApps = watching<{ type: 'apps.over' | 'apps.toCome' }>(({ device, timeline }, { sendBack }) => {
  device.closePage(timeline.now)
  const look = (): void => {
    sendBack({ type: isBusy(device, timeline.now) ? 'apps.toCome' : 'apps.over' })
  }
  look()
  const stops = [device.installations.onFinish(look), device.installations.onOrder(look)]
  return () => {
    for (const stop of stops) stop()
  }
})
