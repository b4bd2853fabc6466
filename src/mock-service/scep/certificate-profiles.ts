import { createHash } from 'node:crypto'
import type { SubjectVariable } from '../../domain/subject-variables.ts'
import type { CertificateProfileDefinition } from '../../domain/tenant.ts'
import { thumbprint } from '../../protocols/x509/certificate.ts'
import { EXTENDED_KEY_USAGE } from '../../protocols/x509/extensions.ts'
import type { CertificateAuthority } from '../certificate-authority.ts'
import type { EnrolledDevice, NodeOrder } from '../oma-dm/orders.ts'

type Profile = CertificateProfileDefinition

const ROOT = { device: './Device/Vendor/MSFT', user: './User/Vendor/MSFT' } as const

/** Whether the certificate comes as a PFX. */
export const isPkcs = ({ kind }: Profile): boolean => kind === 'pkcs'

/** LocURI of a profile's certificate. */
export const certificateUri = (profile: Profile): string =>
  `${ROOT[profile.scope]}/ClientCertificateInstall/${isPkcs(profile) ? 'PFXCertInstall' : 'SCEP'}/${encodeURIComponent(profile.name)}`

export const SCEP_PATH = /^\/CloudPki\/Scep\/([^/]+)\/pkiclient\.exe$/

/** It follows from the profile and the enrolment, so that the service has nothing to remember. */
export const challengeOf = ({ name }: Profile, entDmId: string): string =>
  createHash('sha256').update(`challenge\0${name}\0${entDmId}`).digest('hex').slice(0, 40).toUpperCase()

/** Variables of Intune in a subject name. */
const VARIABLES: Readonly<Record<SubjectVariable, (device: EnrolledDevice, upn: string) => string>> = {
  DeviceName: ({ deviceName }) => deviceName,
  DeviceId: ({ entDmId }) => entDmId,
  UserPrincipalName: (_, upn) => upn,
}

export const subjectOf = ({ subjectName }: Profile, device: EnrolledDevice, upn: string): string =>
  subjectName.replace(/\{\{(\w+)\}\}/g, (_, name: SubjectVariable) => VARIABLES[name](device, upn))

/** Digital signature and key encipherment. */
const KEY_USAGE = 0xa0

/** What a device is to ask of the authority, and that it is to ask now. */
export function certificateOrders(
  profile: Profile,
  device: EnrolledDevice,
  upn: string,
  authority: Pick<CertificateAuthority, 'root'>,
  now: number,
): NodeOrder[] {
  const install = `${certificateUri(profile)}/Install`
  const add = (name: string, format: string, data: string): NodeOrder => ({
    kind: 'Add',
    uri: `${install}/${name}`,
    format,
    data,
  })
  const url = `${new URL(device.contentUrl).origin}/CloudPki/Scep/${encodeURIComponent(profile.name)}/pkiclient.exe`
  return [
    add('ServerURL', 'chr', url),
    add('Challenge', 'chr', challengeOf(profile, device.entDmId)),
    add('SubjectName', 'chr', subjectOf(profile, device, upn)),
    add('EKUMapping', 'chr', EXTENDED_KEY_USAGE.clientAuth),
    add('KeyUsage', 'int', String(KEY_USAGE)),
    add('KeyLength', 'int', String(profile.keyLength)),
    add('HashAlgorithm', 'chr', 'SHA-2'),
    add('CAThumbprint', 'chr', profile.authority ?? thumbprint(authority.root(now))),
    add('RetryCount', 'int', String(profile.retryCount)),
    add('RetryDelay', 'int', String(profile.retryDelayMinutes)),
    { kind: 'Exec', uri: `${install}/Enroll`, format: 'null' },
  ]
}
