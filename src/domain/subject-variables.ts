/** Variables of Intune that a certificate profile may have in its subject name. */
export const SUBJECT_VARIABLES = ['DeviceName', 'DeviceId', 'UserPrincipalName'] as const

export type SubjectVariable = (typeof SUBJECT_VARIABLES)[number]
