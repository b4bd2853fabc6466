import { AADSTS, type AadstsNumber } from '../explanations/aadsts.ts'
import { CODE } from '../windows-codes.ts'
import type { Fault, FaultEffect } from './fault.ts'

const TRY_AGAIN = { by: 'person', press: 'tryAgain' } as const
const REFUSALS = 'oobe-autopilot-esp.md, 1.6 [U]'

/** The numbers that the sign-in page of a first boot can show, and what a fault with one is called. */
const NUMBERS = {
  16000: 'several-accounts-signed-in',
  50020: 'account-of-another-organization',
  50053: 'account-locked',
  50055: 'password-expired',
  50056: 'password-not-in-entra',
  50057: 'account-disabled',
  50059: 'tenant-not-found',
  50074: 'second-proof-needed',
  50076: 'second-proof-asked-for-by-policy',
  50079: 'registration-for-second-proof-needed',
  50097: 'device-proof-needed',
  50105: 'not-assigned-to-application',
  50128: 'domain-of-no-tenant',
  50140: 'stay-signed-in-interrupt',
  50158: 'external-approval-needed',
  53000: 'device-not-compliant',
  53001: 'device-not-domain-joined',
  53003: 'blocked-by-conditional-access',
  65004: 'consent-declined',
  81010: 'single-sign-on-ticket-expired',
  90033: 'entra-not-available',
  90072: 'account-is-no-guest',
  90094: 'administrator-consent-needed',
  135011: 'entra-device-disabled-at-sign-in',
  500341: 'account-deleted',
} as const satisfies Partial<Record<AadstsNumber, string>>

/** Refused by the token endpoint (RFC 6749, 5.2). */
const refusal = (number: number): FaultEffect => ({
  answer: {
    status: 400,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      error: 'invalid_grant',
      error_description: `AADSTS${number}: refused`,
      error_codes: [number],
    }),
  },
})

const SIGN_IN: readonly Fault[] = Object.entries(NUMBERS).map(([number, name]): Fault => {
  const { why, help } = AADSTS[Number(number) as keyof typeof NUMBERS]
  return {
    name: `sign-in-${name}`,
    family: 'identity',
    about: why,
    help: `${help} Then the person tries again.`,
    base: 'wifi',
    bites: { requests: ['OIDC token'], on: ['signIn'] },
    does: refusal(Number(number)),
    page: 'signIn',
    code: `AADSTS${number}`,
    recovery: TRY_AGAIN,
    ends: 'asBefore',
    source: REFUSALS,
  }
})

/** Joining asks for a second proof, and this is what the person's phone does. */
const alice = (facts: Record<string, unknown>) => ({
  tenant: {
    enrollment: { multifactor: true },
    users: [{ email: 'alice@contoso.example', password: 'correct-horse', name: 'Alice Park', ...facts }],
  },
})

const PEOPLE: readonly Fault[] = [
  {
    name: 'sign-in-wrong-password-once',
    family: 'identity',
    about: 'The sign-in service does not take the password once.',
    help: 'The person types the password again.',
    base: 'wifi',
    bites: { requests: ['OIDC token'], on: ['signIn'] },
    does: refusal(50126),
    page: 'signIn',
    says: 'Your account or password is incorrect',
    recovery: { by: 'person', does: 'signsInAgain' },
    ends: 'asBefore',
    source: REFUSALS,
  },
  {
    name: 'sign-in-password-changed',
    family: 'identity',
    about: 'An administrator resets the password before the person signs in.',
    help: 'The person needs the new password.',
    base: 'wifi',
    bites: { states: ['signIn.enteringEmail'] },
    does: { administrator: { setPassword: { user: 'alice@contoso.example', password: 'fresh-start' } } },
    page: 'signIn',
    says: 'Your account or password is incorrect',
    recovery: { by: 'none' },
    ends: 'unanswered',
    source: REFUSALS,
  },
  {
    name: 'sign-in-account-not-found-once',
    family: 'identity',
    about: 'The sign-in service does not find the account once.',
    help: 'The person types the address again.',
    base: 'wifi',
    bites: { requests: ['Entra GetCredentialType'], on: ['signIn'] },
    does: { answer: { status: 200, headers: { 'content-type': 'application/json' }, body: '{"IfExistsResult":1}' } },
    page: 'signIn',
    says: "We couldn't find an account with that username",
    recovery: { by: 'person', does: 'signsInAgain' },
    ends: 'asBefore',
    source: REFUSALS,
  },
  {
    name: 'sign-in-user-deleted',
    family: 'identity',
    about: 'An administrator deletes the user before the person signs in.',
    help: 'The person needs another account.',
    base: 'wifi',
    bites: { states: ['signIn.enteringEmail'] },
    does: { administrator: { delete: { user: 'alice@contoso.example' } } },
    page: 'signIn',
    says: "We couldn't find an account with that username",
    recovery: { by: 'none' },
    ends: 'unanswered',
    source: REFUSALS,
  },
  {
    name: 'sign-in-with-account-of-another-tenant',
    family: 'identity',
    about: 'The person signs in with an account of another tenant than the device is for.',
    help: 'The person needs an account of the school.',
    base: 'wifi',
    bites: { fromStart: 'signIn' },
    facts: { person: { signIn: { email: 'mallory@fabrikam.example', password: 'somewhere-else' } } },
    page: 'signIn',
    code: 'TenantMatched=0',
    recovery: { by: 'none' },
    ends: 'failed',
    source: 'oobe-autopilot-esp.md, 1.6 [D]',
  },
  {
    name: 'second-proof-denied',
    family: 'identity',
    about: 'The person denies the request on the phone.',
    help: 'The person asks for another request and approves it.',
    base: 'wifi',
    bites: { fromStart: 'signIn' },
    facts: alice({ authenticator: 'denies' }),
    page: 'signIn',
    code: 'AADSTS500121',
    says: 'PhoneAppDenied',
    recovery: { by: 'none' },
    ends: 'failed',
    source: 'oobe-autopilot-esp.md, 1.6 [U]',
  },
  {
    name: 'second-proof-ignored',
    family: 'identity',
    about: 'The person does not answer the request on the phone.',
    help: 'The person asks for another request and approves it.',
    base: 'wifi',
    bites: { fromStart: 'signIn' },
    facts: alice({ authenticator: 'ignores' }),
    page: 'signIn',
    code: 'AADSTS500121',
    says: 'PhoneAppNoResponse',
    recovery: { by: 'none' },
    ends: 'failed',
    source: 'oobe-autopilot-esp.md, 1.6 [U]',
  },
  {
    name: 'second-proof-without-method',
    family: 'identity',
    about: 'Joining asks for a second proof, and the person has no method.',
    help: 'The person sets up a method at another device, or gets a Temporary Access Pass.',
    base: 'wifi',
    bites: { fromStart: 'signIn' },
    facts: alice({ authenticator: 'none' }),
    page: 'signIn',
    code: 'AADSTS50072',
    recovery: { by: 'none' },
    ends: 'failed',
    source: 'oobe-autopilot-esp.md, 1.6 [M]',
  },
]

/** Refused by the registration service ([MS-DVRJ] 2.2.9). */
const joinRefusal = (subcode: string): FaultEffect => ({
  answer: {
    status: 403,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ code: 'authorization_error', subcode, message: 'refused' }),
  },
})

const join = (name: string, about: string, code: string, subcode: string, source: string): Fault => ({
  name,
  family: 'identity',
  about,
  help: 'The administrator mends it in Microsoft Entra; then the person tries again.',
  base: 'wifi',
  bites: { requests: ['MS-DVRJ device join'] },
  does: joinRefusal(subcode),
  page: 'deviceJoin',
  code,
  recovery: TRY_AGAIN,
  ends: 'asBefore',
  source,
})

const JOIN: readonly Fault[] = [
  join(
    'join-refuses-credential',
    'The registration service does not take what the person showed.',
    CODE.joinAuthenticationFailed,
    'error_authentication',
    'mdm-protocols.md, 4.2 [U]',
  ),
  join(
    'join-device-limit-reached',
    'The person has joined as many devices as they may.',
    CODE.joinDeviceLimit,
    'error_device_limit_reached',
    'oobe-autopilot-esp.md, 4.9 [D]',
  ),
  join(
    'join-attestation-failed',
    'The registration service does not take the attestation of the device.',
    CODE.attestationFailed,
    'error_attestation_failed',
    'oobe-autopilot-esp.md, 4.9 [D]',
  ),
  join(
    'join-directory-has-no-device',
    'The directory does not have the device that the join names.',
    CODE.joinDirectoryFailed,
    'error_missing_device',
    'mdm-protocols.md, 4.2 [U]',
  ),
  join(
    'join-entra-device-deleted',
    'The Entra object of the Autopilot device was deleted.',
    CODE.joinDeviceDeleted,
    'error_device_deleted',
    'oobe-autopilot-esp.md, 4.9 [D]',
  ),
]

const DEVICE_OBJECT: readonly Fault[] = [
  {
    name: 'entra-device-disabled',
    family: 'identity',
    about: 'An administrator disables the Entra object of the device before the join.',
    help: 'The administrator enables the object; then the person tries again.',
    base: 'wifi',
    bites: { states: ['signIn.enteringEmail'] },
    does: { administrator: { entraDevice: 'disable' } },
    page: 'deviceJoin',
    code: CODE.joinNotAuthorized,
    recovery: { by: 'administrator', does: { entraDevice: 'enable' }, press: 'tryAgain' },
    ends: 'asBefore',
    source: 'oobe-autopilot-esp.md, 4.9 [U]',
  },
  {
    name: 'entra-device-disabled-during-setup',
    family: 'identity',
    about: 'An administrator disables the Entra object while the Enrollment Status Page is shown.',
    help: 'The person gets no token, and the page comes to its time limit in account setup.',
    base: 'wifi',
    bites: { states: ['deviceSetup.apps'] },
    does: { administrator: { entraDevice: 'disable' } },
    page: 'enrollmentStatusFailure',
    code: CODE.timedOut,
    says: 'Account setup: Failed',
    recovery: { by: 'none' },
    ends: 'failed',
    source: 'oobe-autopilot-esp.md, 4.9 [U]',
  },
]

export const IDENTITY_FAULTS: readonly Fault[] = [...SIGN_IN, ...PEOPLE, ...JOIN, ...DEVICE_OBJECT]
