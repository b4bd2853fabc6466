import type { Chance } from '../ports/chance.ts'

const LENGTH_MAX = 15

/**
 * Expands a name template: `%SERIAL%` and `%RAND:n%`. When the name gets too long the serial is cut from its beginning;
 * hyphens of the serial are removed (observed).
 * Source: oobe-autopilot-esp.md, 3.3.
 */
export function expandDeviceName(template: string, serialNumber: string, chance: Chance): string {
  const random = template.replace(/%RAND:(\d+)%/g, (_, digits: string) =>
    Array.from({ length: Math.min(Number(digits), LENGTH_MAX) }, () => chance.integer(10)).join(''),
  )
  if (!random.includes('%SERIAL%')) return random.slice(0, LENGTH_MAX)
  const serial = serialNumber.replace(/[^A-Za-z0-9]/g, '')
  const room = LENGTH_MAX - random.replace('%SERIAL%', '').length
  return random.replace('%SERIAL%', room > 0 ? serial.slice(-room) : '').slice(0, LENGTH_MAX)
}

/** The name that Windows gives a device before a person or a policy names it. */
export const initialDeviceName = (chance: Chance): string => {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789'
  return `DESKTOP-${Array.from({ length: 7 }, () => alphabet[chance.integer(alphabet.length)]).join('')}`
}
