import { badRequest } from './call.ts'

const LENGTH_MAX = 15
const MACRO = /\{\{(serialnumber|rand:(\d{1,2}))\}\}/gi

/**
 * A new name for a device as the Accounts CSP takes it. Intune has the macros `{{serialnumber}}` and `{{rand:x}}`, the CSP `%SERIAL%`
 * and `%RAND:x%`.
 *
 * @throws GraphError 400 for a name that Windows does not take
 */
export function csNameOf(name: unknown): string {
  if (typeof name !== 'string' || name === '') throw badRequest('deviceName is missing')
  let used = 0
  const rest = name.replace(MACRO, (_, macro: string, digits?: string) => {
    used += digits === undefined ? 1 : Number(digits)
    if (digits === '0' || digits === '00') throw badRequest(`{{${macro}}} has no digits`)
    return ''
  })
  if (!/^[A-Za-z0-9-]*$/.test(rest)) {
    throw badRequest('deviceName has letters, digits and hyphens, {{serialnumber}} and {{rand:x}}, and nothing else')
  }
  if (used + rest.length > LENGTH_MAX) throw badRequest(`deviceName has at most ${LENGTH_MAX} characters`)
  if (/^\d+$/.test(name)) throw badRequest('deviceName cannot be of digits alone')
  return name.replace(
    MACRO,
    (_, macro: string) => `%${macro.toLowerCase() === 'serialnumber' ? 'SERIAL' : macro.toUpperCase()}%`,
  )
}
