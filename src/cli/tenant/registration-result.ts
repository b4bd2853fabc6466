import { REGISTRATION_ERRORS } from '../../domain/registration-errors.ts'
import type { ImportedIdentity } from '../../mock-service/directory/imports.ts'
import type { LiveTenant } from './live-tenant.ts'

/** What came of one registration. `profile` is the deployment profile that the device will get. */
export type RegistrationResult =
  | { device: string; registered: true; profile: string | null }
  | {
      device: string
      registered: false
      error: string
      code: string | number | null
      explanation: string
      portalText: string
    }

/** Of an import that is over. */
export function registrationResult(
  { tenant }: LiveTenant,
  device: string,
  { result }: ImportedIdentity,
): RegistrationResult {
  if (result === null) throw new Error('the import is not over')
  if (result.kind === 'complete') {
    const registered = tenant.directory.now.devices.get(result.registrationId)
    return { device, registered: true, profile: (registered && tenant.profileOf(registered).intended?.name) ?? null }
  }
  const { name: error, code, explanation, portalText } = REGISTRATION_ERRORS[result.error]
  return { device, registered: false, error, code, explanation, portalText }
}

/** The same in words. */
export function resultLines(result: RegistrationResult): string[] {
  const { device } = result
  if (result.registered) {
    const { profile } = result
    return [
      `${device}: registered. ${profile === null ? 'It gets no deployment profile' : `It will get "${profile}"`}.`,
    ]
  }
  const { error, code, explanation, portalText } = result
  return [
    `${device}: ${error}${code === null ? '' : ` (${code})`}. ${explanation}`,
    ...(portalText === '' ? [] : [`  The portal says: "${portalText}".`]),
  ]
}
