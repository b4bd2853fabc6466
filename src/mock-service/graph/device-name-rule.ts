import { whatIsWrongWithDeviceName, whatIsWrongWithMadeName } from '../../domain/device-names.ts'
import { badRequest } from './call.ts'

const MACRO = /\{\{(serialnumber|rand:(\d{1,2}))\}\}/gi

/**
 * A new name for a device as the Accounts CSP takes it. Intune has the macros `{{serialnumber}}` and `{{rand:x}}`, the CSP `%SERIAL%`
 * and `%RAND:x%`.
 *
 * @throws GraphError 400 for a name that Windows does not take
 */
export function csNameOf(name: unknown): string {
  if (typeof name !== 'string' || name === '') throw badRequest('deviceName is missing')
  const macros = [...name.matchAll(MACRO)]
  const digits = macros.map(([, , count]) => (count === undefined ? undefined : Number(count)))
  if (digits.includes(0)) throw badRequest('deviceName has {{rand:x}} without digits: x is from 1 to 15')
  const wrong =
    macros.length === 0
      ? whatIsWrongWithDeviceName(name)
      : whatIsWrongWithMadeName(name.replace(MACRO, ''), {
          hasSerial: digits.includes(undefined),
          digits: digits.reduce<number>((sum, count) => sum + (count ?? 0), 0),
        })
  if (wrong !== undefined) throw badRequest(`deviceName ${wrong}`)
  return name.replace(
    MACRO,
    (_, macro: string) => `%${macro.toLowerCase() === 'serialnumber' ? 'SERIAL' : macro.toUpperCase()}%`,
  )
}
