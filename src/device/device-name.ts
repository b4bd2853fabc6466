import { DEVICE_NAME_MAX, withMacros } from '../domain/device-names.ts'
import type { Chance } from '../ports/chance.ts'

/**
 * Expands a name template: `%SERIAL%` and `%RAND:n%`. When the name gets too long the serial is cut from its beginning;
 * hyphens of the serial are removed (observed). A file, or a service of another make, may have a template that the rule forbids: then
 * what comes of it is no name, and the device does not take it. Source: oobe-autopilot-esp.md, 3.3.
 */
export function expandDeviceName(template: string, serialNumber: string, chance: Chance): string {
  const serial = serialNumber.replace(/[^A-Za-z0-9]/g, '')
  const digits = (count: number) =>
    Array.from({ length: Math.min(count, DEVICE_NAME_MAX) }, () => chance.integer(10)).join('')
  return withMacros(template, (room) => (room > 0 ? serial.slice(-room) : ''), digits)
}

/** The name that Windows gives a device before a person or a policy names it. */
export const initialDeviceName = (chance: Chance): string => {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789'
  return `DESKTOP-${Array.from({ length: 7 }, () => alphabet[chance.integer(alphabet.length)]).join('')}`
}
