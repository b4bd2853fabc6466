import { error, information, warning } from './row.ts'

/** Windows Hello (reference: oobe-autopilot-esp.md, 8.3). */
export const HELLO_EVENTS = {
  /** Windows Hello for Business writes these. What is checked is in the sentences of Windows behind the first one. */
  helloKeyRegistered: information(
    'registration',
    300,
    'The Microsoft Passport key was successfully registered with Azure AD. Key ID: {kid}, user: {upn}',
    '8.3 [F]',
    'F',
  ),
  helloKeyFailed: error(
    'registration',
    301,
    'The Microsoft Passport key registration failed with error code: {code}. {text}',
    '8.3 [F]',
    'U',
  ),
  helloWillLaunch: information(
    'registration',
    358,
    'Windows Hello for Business provisioning will be launched.',
    '8.3 [F]',
    'F',
  ),
  helloWillNotLaunch: warning(
    'registration',
    360,
    'Windows Hello for Business provisioning will not be launched. {why}',
    '8.3 [F]',
    'D',
  ),
  helloBlocked: warning(
    'registration',
    362,
    'Windows Hello for Business provisioning will not be launched. Blocked: {why}',
    '8.3 [F]',
    'D',
  ),
  helloPinSet: information('registration', 376, 'Windows Hello: PIN of {upn}: {status}.', '8.3 [F]', 'U'),
  helloStarted: information('hello', 3024, 'Windows Hello for Business provisioning started.', '8.3 [F]', 'U'),
  helloStopped: information(
    'hello',
    6045,
    'Windows Hello for Business provisioning ended with {result}.',
    '8.3 [F]',
    'U',
  ),
} as const
