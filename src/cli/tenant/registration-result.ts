import { REGISTRATION_ERRORS } from '../../domain/registration-errors.ts'
import type { ImportedIdentity } from '../../mock-service/directory/imports.ts'
import { print } from '../print.ts'
import type { LiveTenant } from './live-tenant.ts'

/** Says what came of a registration. True when the device is registered now. */
export function printResult({ tenant }: LiveTenant, name: string, { result }: ImportedIdentity): boolean {
  if (result?.kind === 'complete') {
    const device = tenant.directory.now.devices.get(result.registrationId)
    const profile = device && tenant.profileOf(device).intended?.name
    print(
      `${name}: registered. ${profile === undefined ? 'It gets no deployment profile' : `It will get "${profile}"`}.`,
    )
    return true
  }
  if (result === null) throw new Error('the import is not over')
  const { name: error, code, explanation, portalText } = REGISTRATION_ERRORS[result.error]
  print(`${name}: ${error}${code === null ? '' : ` (${code})`}. ${explanation}`)
  if (portalText !== '') print(`  The portal says: "${portalText}".`)
  return false
}
