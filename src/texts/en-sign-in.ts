import { said } from './wording.ts'

/** The sign-in with a school account. */
export const SIGN_IN = {
  work: said("Let's set things up for your work or school", 'D', '1.6'),
  personal: said("Let's add your Microsoft account", 'U'),
  email: said('Sign in', 'D', '1.6'),
  hint: said('someone@example.com', 'D', '1.6'),
  password: said('Enter password', 'D', '1.6'),
  passwordAt: said('Sign in to {page}', 'own'),
  unknownAccount: said("We couldn't find an account with that username.", 'U'),
  wrongPassword: said('Your account or password is incorrect.', 'U'),
  timedOut: said('Sorry, your sign-in timed out. Please sign in again.', 'M', '1.6'),
  otherOrganization: said(
    'That username looks like it belongs to another organization. Try signing in again or start over with a different account.',
    'F',
    '1.6',
  ),
  options: said('Sign-in options', 'D', '1.6'),
  securityKey: said('Sign in with a security key: this simulation has no port for one.', 'own'),
  webSignIn: said(
    'Web sign-in comes at the lock screen, where a policy allows it: Authentication/EnableWebSignIn.',
    'own',
  ),
  accessPassAbout: said(
    'Temporary Access Pass: enter your e-mail address first. Who has one is offered it then.',
    'own',
  ),
  accessPass: said('Temporary Access Pass', 'U', '1.6'),
  useAccessPass: said('Use a Temporary Access Pass instead', 'U', '1.6'),
  forgot: said('Forgot my password', 'D', '1.6'),
  resetTitle: said('Get back into your account', 'U', '1.6'),
  resetAbout: said(
    'Here Microsoft Entra asks for a proof of identity and sets a new password, where the school allows it. This is not simulated: let an administrator reset the password.',
    'own',
  ),
  otherAccount: said('Start over with a different account', 'D', '1.6'),
  updatePassword: said('Update your password', 'U', '1.6'),
  updateWhy: said(
    'You need to update your password because this is the first time you are signing in, or because your password has expired.',
    'U',
    '1.6',
  ),
  newPassword: said('New password', 'U', '1.6'),
  confirmPassword: said('Confirm password', 'U', '1.6'),
  differentPasswords: said('The two passwords are not the same.', 'U', '1.6'),
  weakPassword: said('Choose a password that is harder for people to guess.', 'U', '1.6'),
  // The numbers of AADSTS and their meanings are documented; that OOBE shows these sentences is not.
  50053: said('Your account is temporarily locked to prevent unauthorized use. Try again later.', 'U', '1.6'),
  50055: said('Your password has expired.', 'U', '1.6'),
  50057: said('Your account has been disabled.', 'U', '1.6'),
  50072: said('Your organization requires a second way to prove your identity. Set it up first.', 'U', '1.6'),
  50074: said('Your organization requires another proof of your identity.', 'U', '1.6'),
  50076: said('Your organization requires another proof of your identity.', 'U', '1.6'),
  50105: said('You are not assigned to this application.', 'U', '1.6'),
  50144: said('Your password has expired. Your organization has to set a new one.', 'U', '1.6'),
  53000: said(
    'Your organization lets in only devices that comply with its policies. This one does not yet.',
    'U',
    '1.6',
  ),
  53003: said('Your sign-in does not meet the criteria to access this resource.', 'U', '1.6'),
  90033: said('A service is temporarily unavailable. Try again later.', 'U', '1.6'),
}
