import { CODE } from '../../domain/windows-codes.ts'
import { type Check, count, judged, notKnown, quoted, ready } from './prerequisite.ts'

/** Without an Intune licence a person cannot enrol (reference: oobe-autopilot-esp.md, 4.9 and 6.1 [D]). */
export const licences: Check = ({ tenant }) => {
  const { users, profiles } = tenant.directory.now
  const all = [...users.values()]
  const without = all.filter(({ licensed }) => !licensed)
  const needsUsers = [...profiles.values()].some(({ mode }) => mode === 'userDriven')
  if (all.length === 0 && !needsUsers) return ready('licences', 'no user is needed: no profile is user-driven')
  const remedy = 'assign a licence that includes Intune, such as Microsoft 365 A3 or Intune for Education'
  return judged(
    'licences',
    [
      ...(without.length === all.length
        ? [{ text: 'no user has an Intune licence: no person can enrol a device', remedy }]
        : []),
      ...without.map(({ email }) => ({
        text: `${email} has no Intune licence: enrolment will fail with ${CODE.enrollmentUserLicense}`,
        remedy,
      })),
    ],
    `${all.length === 1 ? 'the only user has' : `all ${count(all.length, 'user')} have`} an Intune licence`,
  )
}

/** Entra ID P1: automatic enrolment and branding (6.1 [D]), and dynamic groups. */
export const directoryLicence: Check = ({ tenant }) => {
  const { directoryLicence: licence } = tenant.definition
  if (licence === undefined) {
    return notKnown(
      'directoryLicence',
      'whether the tenant has Microsoft Entra ID P1',
      'automatic enrolment, dynamic groups and branding need it. "directoryLicence: p1" in the file says that it is there',
    )
  }
  if (licence !== 'free') return ready('directoryLicence', `Microsoft Entra ID ${licence.toUpperCase()}`)
  const remedy = 'get Microsoft Entra ID P1; Microsoft 365 A3 includes it'
  const dynamic = [...tenant.directory.now.groups.values()].filter(({ rule }) => rule !== undefined)
  return judged(
    'directoryLicence',
    [
      { text: 'devices are not enrolled when they join: automatic enrolment needs Microsoft Entra ID P1', remedy },
      ...(dynamic.length === 0
        ? []
        : [{ text: `dynamic groups need Microsoft Entra ID P1: ${quoted(dynamic.map(({ name }) => name))}`, remedy }]),
      ...(Object.keys(tenant.directory.now.branding).length === 0
        ? []
        : [{ text: 'the branding of the sign-in needs Microsoft Entra ID P1', remedy }]),
    ],
    '',
  )
}
