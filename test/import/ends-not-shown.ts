/**
 * Shipped scenarios whose evidence does not show how they ended, each with its reason: docs/evidence.md has the same table. The round trip
 * fails when one is missing here, and when one that is here imports to a scenario that ends the same way.
 */
const SIGN_IN = 'a refused sign-in is in the sign-in log of Microsoft Entra, and on no disk'
const PAGE = 'the device stayed at a page that leaves nothing on the disk'
const RESET = 'a reset took the disk away, and the enrolment that it kept left nothing new'
const DOMAIN = 'what Active Directory and its connector did is on no disk of the device'
const ASSOCIATION = 'the association of the device is a fact of the school'
const PERSONAL = 'a device of a personal account leaves nothing of a school'
const COUNT = 'the count of starts that led to the recovery form is not among the files'
const ACCOUNT = 'which account signs in at a kiosk, or that a guest does, is not in the files'
const REFUSAL = 'why the school refuses the join is in the join log of Microsoft Entra, and on no disk'
const LIMIT = 'whether the time limit of the status page begins anew is no fact of the disk'

export const ENDS_NOT_SHOWN: Readonly<Record<string, string>> = {
  'account-disabled': SIGN_IN,
  'account-locked': SIGN_IN,
  'captive-portal-at-the-sign-in': SIGN_IN,
  'clock-of-a-dead-battery': SIGN_IN,
  'conditional-access-blocks': SIGN_IN,
  'conditional-access-compliant-device': SIGN_IN,
  'conditional-access-outside': SIGN_IN,
  'conditional-access-second-proof': SIGN_IN,
  'existing-device-wrong-tenant': SIGN_IN,
  'multifactor-denied': SIGN_IN,
  'multifactor-ignored': SIGN_IN,
  'multifactor-no-method': SIGN_IN,
  'password-expired-on-premises': SIGN_IN,
  'port-443-closed': SIGN_IN,
  'proxy-asks-for-sign-in': SIGN_IN,
  'security-key-not-allowed': SIGN_IN,
  'security-key-not-registered': SIGN_IN,
  'tenant-lock': SIGN_IN,
  'terms-of-use-declined': SIGN_IN,
  'windows-hello-no-method': SIGN_IN,
  'command-prompt-shut-down': PAGE,
  'provider-without-apps-list-hangs': PAGE,
  'proxy-not-in-wpad': PAGE,
  'shared-device-stranger': PAGE,
  'autopilot-reset-kiosk': RESET,
  'autopilot-reset-after-the-desktop': RESET,
  'autopilot-reset-local': RESET,
  'autopilot-reset-local-no-recovery': PAGE,
  'autopilot-reset-local-not-allowed': PAGE,
  'autopilot-reset-recovery-off': RESET,
  'autopilot-reset-remote': RESET,
  'autopilot-reset-server-silent': RESET,
  'autopilot-reset-shared-device': RESET,
  'fresh-start': RESET,
  'wipe-keeping-enrolment': RESET,
  'hybrid-join-connector-error': DOMAIN,
  'hybrid-join-name-with-serial': DOMAIN,
  'hybrid-join-no-domain-controller': DOMAIN,
  'hybrid-join-no-domain-profile': DOMAIN,
  'hybrid-join-no-rights': DOMAIN,
  'hybrid-join-not-synchronized': DOMAIN,
  'hybrid-join-skip-check': DOMAIN,
  'device-association-wins': ASSOCIATION,
  'home-edition': PERSONAL,
  'pro-education-personal': PERSONAL,
  'recovery-after-too-many-restarts': COUNT,
  'registered-by-another-school': SIGN_IN,
  'kiosk-sign-in-lost': ACCOUNT,
  'shared-device-guests-only': ACCOUNT,
  'joining-refused-by-policy': REFUSAL,
  'limit-anew-after-a-power-cut': LIMIT,
}
