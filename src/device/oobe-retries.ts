import type { VirtualDevice } from './virtual-device.ts'

/** The power goes in the middle of the first boot, or a person restarts the device. */
export function breakOff(device: VirtualDevice): void {
  device.disk = { ...device.disk, oobeRetries: (device.disk.oobeRetries ?? 0) + 1 }
}

/** A person sets the count of such restarts back, as Microsoft says (oobe-autopilot-esp.md, 1.3 [D]). */
export function forgetRetries(device: VirtualDevice): void {
  device.disk = { ...device.disk, oobeRetries: 1, isRecovering: false }
}
