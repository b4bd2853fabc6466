import { said } from './wording.ts'

/** Windows Hello, after account setup (oobe-autopilot-esp.md, 1.7). */
export const HELLO = {
  intro: said('Use Windows Hello with your account', 'M', '1.7'),
  required: said(
    'Your organization requires you to set up Windows Hello. You can use your face, your fingerprint or a PIN.',
    'U',
    '1.7',
  ),
  ok: said('OK', 'M', '1.7'),
  setUpPin: said('Set up a PIN', 'U', '1.7'),
  newPin: said('New PIN', 'C', '1.7'),
  confirmPin: said('Confirm PIN', 'C', '1.7'),
  requirements: said('PIN requirements: {rules}', 'U', '1.7'),
  length: said('{least} to {most} characters', 'own'),
  withKinds: said('with {kinds}', 'own'),
  withoutKinds: said('without {kinds}', 'own'),
  digits: said('digits', 'own'),
  uppercase: said('uppercase letters', 'own'),
  lowercase: said('lowercase letters', 'own'),
  special: said('special characters', 'own'),
  differs: said('The two PINs are not the same.', 'U', '1.7'),
  tooShort: said('The PIN is too short.', 'U', '1.7'),
  tooLong: said('The PIN is too long.', 'U', '1.7'),
  tooSimple: said('This PIN is a common pattern. Choose another one.', 'U', '1.7'),
  needs: said('The PIN needs at least one of these: {kind}.', 'U', '1.7'),
  forbids: said('The PIN must have none of these: {kind}.', 'U', '1.7'),
  allSet: said('All set!', 'C', '1.7'),
  isSet: said('Your PIN is set up. You can use it to sign in to this device.', 'U', '1.7'),
  skip: said('Skip for now', 'C', '1.7'),
  failed: said('Windows Hello is not set up. You can set up a PIN later.', 'U', '1.7'),
} as const
