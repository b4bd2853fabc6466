/** One AADSTS number. */
interface Aadsts {
  why: string
  help: string
  /** L: Microsoft's list of the numbers has it. U: seen in answers, and in no list that we have read. */
  tag: 'L' | 'U'
  /** A person meets it at the sign-in of a first boot; the others are for programs. */
  isShown?: true
}

const shown = (why: string, help: string, tag: 'L' | 'U' = 'L'): Aadsts => ({ why, help, tag, isShown: true })
const told = (why: string, help: string, tag: 'L' | 'U' = 'L'): Aadsts => ({ why, help, tag })

const CONDITIONS = 'Look at the sign-in log of Microsoft Entra: it names the Conditional Access policy.'
const AGAIN = 'Sign in again.'
const PROGRAM = 'Correct the request of the program.'
const REGISTRATION = 'Correct the registration of the application.'

/** AADSTS numbers of Microsoft Entra. The mock writes no number that is not here: its refusals take no other. */
export const AADSTS = {
  16000: shown('Several accounts are signed in, and none was chosen.', 'Choose an account, or leave the others.'),
  28000: told('The scopes are of more than one resource.', 'Ask for one token for each resource.', 'U'),
  50008: told(
    'The assertion of the federation server is not accepted.',
    'Look at the certificate of the federation, and sign in again.',
  ),
  50011: told('The redirect URI is not one of the application.', REGISTRATION),
  50020: shown(
    'The account is of another organization.',
    'Sign in with an account of the tenant that the device is for.',
  ),
  50027: told('The token that the device sent cannot be read or verified.', 'Let the device join again.'),
  50034: shown('There is no such account.', 'Look at the spelling, and whether the account is in this tenant.'),
  50049: told('The cloud that the request names is not known.', PROGRAM),
  50053: shown(
    'The account is locked after too many wrong passwords, or the address is blocked.',
    'Wait, or let an administrator unblock the account.',
  ),
  50055: shown(
    'The password has expired, or was given by an administrator.',
    'Set a new password at the sign-in page.',
  ),
  50056: shown('The account has no password in Microsoft Entra.', 'Set a password, or look at the synchronization.'),
  50057: shown('The account is disabled.', 'Let an administrator enable the account.'),
  50058: told('No user is signed in, and the request allowed no page.', 'Let the program show the sign-in page.'),
  50059: shown('The tenant cannot be found from what was given.', 'Sign in with the whole address, with its domain.'),
  50072: shown(
    'The person has to set up a second method of sign-in first.',
    'Set up the method at another device, or give a Temporary Access Pass, or change the policy for joining.',
  ),
  50074: shown('A second proof of identity is needed.', 'Approve the request on the phone.'),
  50076: shown(
    'A policy asks for a second proof of identity, and the sign-in has none.',
    'Sign in again and approve the request on the phone.',
  ),
  50079: shown('The person has to register for multifactor authentication.', 'Register a method at another device.'),
  50097: shown('The sign-in has to prove which device it comes from.', CONDITIONS),
  50105: shown(
    'The person is not assigned to the application.',
    'Assign the person, or a group of theirs, to the application.',
  ),
  50126: shown('The user name or the password is wrong.', 'Type the password again, or reset it.'),
  50128: shown('The domain is of no tenant.', 'Look at the spelling of the domain.'),
  50133: told('The session ended since the password changed.', AGAIN),
  50140: told('The sign-in was stopped to ask whether to stay signed in.', AGAIN),
  50144: shown(
    'The password in the directory of the school itself has expired.',
    'Set a new password at a computer of the school, or let an administrator reset it.',
  ),
  50158: shown('Another service has to approve the sign-in first.', CONDITIONS),
  50173: told('The password has changed since the token was issued.', AGAIN),
  53000: shown('A policy asks for a compliant device, and this one is not yet.', CONDITIONS),
  53001: shown('A policy asks for a device that has joined the domain.', CONDITIONS),
  53003: shown('Conditional Access blocks the sign-in.', CONDITIONS),
  54005: told('The code was redeemed before.', AGAIN),
  65001: told(
    'Neither the person nor an administrator has consented to the application.',
    'Give the consent of an administrator.',
  ),
  65004: shown('The person declined the consent.', 'Sign in again, and accept.'),
  70002: told('The credentials of the client are not accepted: here, those of a device.', 'Let the device join again.'),
  70003: told('The grant type is not supported.', PROGRAM),
  70007: told('The response mode does not fit what is asked for.', PROGRAM),
  70008: told('The code or the refresh token has expired.', AGAIN),
  70011: told('The scope is not valid.', PROGRAM),
  70016: told('The person has not signed in with the device code yet.', 'Poll again after the interval.'),
  70018: told('The person declined the device code, or it is wrong.', 'Begin the sign-in with a device code again.'),
  70020: told('The device code has expired.', 'Begin the sign-in with a device code again.'),
  70043: told('The refresh token is not valid any more, or unknown.', AGAIN),
  81010: shown(
    'Seamless single sign-on failed: its Kerberos ticket is expired or not valid.',
    'Sign in with the password.',
  ),
  90002: told('There is no such tenant.', 'Look at the tenant in the address of the request.'),
  90014: told('A field that is needed is missing or does not fit.', PROGRAM),
  90015: told('The request is too long.', PROGRAM),
  90023: told('A parameter of the request is not supported.', PROGRAM),
  90033: shown('Microsoft Entra is not available for a moment.', 'Try again later.'),
  90055: told('Too many requests, or a nonce that is old or was used.', 'Ask for a new nonce and try again.', 'U'),
  90072: shown('The account is of another tenant, and is no guest here.', 'Sign in with an account of this tenant.'),
  90094: shown('The consent of an administrator is needed.', 'Let an administrator consent to the application.'),
  120002: shown('The new password is too weak.', 'Choose a longer password, of several kinds of characters.'),
  130503: shown(
    'The Temporary Access Pass is wrong, or was used before.',
    'Let an administrator give a new Temporary Access Pass.',
    'U',
  ),
  135010: shown(
    'The security key is not registered for any account of this directory.',
    'Let the person register the key at their security info page, or sign in another way.',
  ),
  135011: shown('The device is disabled in Microsoft Entra.', 'Enable the device in Microsoft Entra.'),
  135016: shown(
    'The policy for authentication methods does not allow a security key.',
    'Enable security keys (FIDO2) in the policy for authentication methods of Microsoft Entra, for this person.',
    'U',
  ),
  500011: told('The tenant has no such resource.', 'Look at the resource or the scope of the request.'),
  500112: told('The redirect URI is not the one of the authorization request.', PROGRAM),
  500121: shown(
    'The second proof of identity was denied, or did not come in time.',
    'Sign in again and approve the request on the phone.',
  ),
  500341: shown('The account was deleted from the directory.', 'Restore the account, or take another one.', 'U'),
  501481: told('The code verifier does not fit the code challenge (PKCE).', PROGRAM),
  501491: told('The code challenge is not valid (PKCE).', PROGRAM, 'U'),
  700007: told('The grant is of another application.', PROGRAM, 'U'),
  700016: told('The tenant has no such application.', 'Look at the client id, and at the tenant.'),
  700025: told('A public client must send no secret.', REGISTRATION),
  700027: told('The assertion of the client is not signed with a key of the application.', REGISTRATION),
  700051: told('The response type is not enabled for the application.', REGISTRATION, 'U'),
  900144: told('The request lacks a parameter.', PROGRAM),
  901002: told('The parameter "resource" is not supported at version 2.', 'Ask with "scope".'),
  1002012: told('A client that signs in as itself must ask for one resource with /.default.', PROGRAM, 'U'),
  7000215: told(
    'The client secret is wrong.',
    'Take the value of the secret, not its id, and look whether it has expired.',
  ),
  7000218: told('The request has neither a secret nor an assertion.', REGISTRATION),
  7000222: told('The client secret has expired.', 'Make a new secret.'),
  9000411: told('A parameter is there twice.', PROGRAM, 'U'),
  9002313: told('The request is malformed.', PROGRAM),
} as const satisfies Readonly<Record<number, Aadsts>>

export type AadstsNumber = keyof typeof AADSTS

export const AADSTS_SOURCES = {
  L: 'Microsoft Learn, Microsoft Entra authentication and authorization error codes [L]',
  U: 'answers of Microsoft Entra; in no list that we have read [U]',
} as const
