import { because } from './windows-code.ts'

/** What the sign-in page shows beneath "Something went wrong": they are no HRESULTs. */
export const SIGN_IN_CODES = {
  signInIntercepted: because(
    'caa70007',
    'Something on the network answers in the place of the sign-in page: a captive portal, or a proxy that inspects TLS.',
    'oobe-autopilot-esp.md, 4.9 [B]',
  ),
  identityProviderBlocked: because(
    'OOBEIDPS',
    'The identity provider cannot be reached: a proxy or a firewall blocks its hosts.',
    'oobe-autopilot-esp.md, 4.9 [S]',
  ),
} as const
