import type { CharacterUse, HelloDefinition } from '../../domain/hello.ts'
import type { JsonObject } from '../../protocols/json.ts'
import type { Tenant } from '../tenant.ts'
import { type BodyType, checkBody, type MemberType } from './body-types.ts'
import { badRequest } from './call.ts'
import { ENROLLMENT_CONFIGURATION } from './enrollment-configuration-members.ts'
import { HELLO_FIXED } from './enrollment-defaults.ts'

const USES = ['allowed', 'required', 'disallowed'] as const
const STATES = ['notConfigured', 'enabled', 'disabled'] as const
const uses = { enumeration: 'windowsHelloForBusinessPinUsage', values: USES }

const enablement = { enumeration: 'enablement', values: STATES }

const HELLO: BodyType = {
  name: 'deviceEnrollmentWindowsHelloForBusinessConfiguration',
  members: {
    ...ENROLLMENT_CONFIGURATION,
    state: enablement,
    securityDeviceRequired: 'Edm.Boolean',
    pinMinimumLength: 'Edm.Int32',
    pinMaximumLength: 'Edm.Int32',
    pinUppercaseCharactersUsage: uses,
    pinLowercaseCharactersUsage: uses,
    pinSpecialCharactersUsage: uses,
    unlockWithBiometricsEnabled: 'Edm.Boolean',
    remotePassportEnabled: 'Edm.Boolean',
    pinPreviousBlockCount: 'Edm.Int32',
    pinExpirationInDays: 'Edm.Int32',
    enhancedBiometricsState: enablement,
    securityKeyForSignIn: enablement,
    enhancedSignInSecurity: 'Edm.Int32',
  } satisfies Record<string, MemberType>,
}

/** The shortest and the longest PIN that the setting may ask for. */
const [SHORTEST, LONGEST] = [4, 127]

/** Changes the tenant-wide setting. Devices that enrol from now on get it. @throws GraphError 400 */
export function changeHello(tenant: Tenant, json: JsonObject): void {
  checkBody(json, HELLO)
  const fixed = Object.entries(HELLO_FIXED).find(([name, value]) => (json.members[name] ?? value) !== value)
  if (fixed) throw badRequest(`This simulation does not follow ${fixed[0]}: it stays ${String(fixed[1])}.`)
  const now = tenant.hello
  const use = (name: keyof HelloDefinition & `pin${string}Usage`): CharacterUse =>
    (json.optionalString(name) as CharacterUse | undefined) ?? now[name]
  const next: HelloDefinition = {
    state: (json.optionalString('state') as HelloDefinition['state'] | undefined) ?? now.state,
    securityDeviceRequired: json.optionalBoolean('securityDeviceRequired') ?? now.securityDeviceRequired,
    pinMinimumLength: json.optionalNumber('pinMinimumLength') ?? now.pinMinimumLength,
    pinMaximumLength: json.optionalNumber('pinMaximumLength') ?? now.pinMaximumLength,
    pinUppercaseCharactersUsage: use('pinUppercaseCharactersUsage'),
    pinLowercaseCharactersUsage: use('pinLowercaseCharactersUsage'),
    pinSpecialCharactersUsage: use('pinSpecialCharactersUsage'),
  }
  const lengths = [next.pinMinimumLength, next.pinMaximumLength]
  if (lengths.some((length) => length < SHORTEST || length > LONGEST)) {
    throw badRequest(`pinMinimumLength and pinMaximumLength are whole numbers from ${SHORTEST} to ${LONGEST}`)
  }
  if (next.pinMinimumLength > next.pinMaximumLength) {
    throw badRequest('pinMinimumLength is greater than pinMaximumLength')
  }
  tenant.changes.note()
  tenant.state.enrolment.rules = { ...tenant.state.enrolment.rules, hello: next }
}
