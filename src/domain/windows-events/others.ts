import { error, extensionFails, extensionSays, extensionWarns, information, line } from './row.ts'

/** Pages of the first boot, packages, downloads, updates; lines of the management extension; notes of ours. */
export const OTHER_EVENTS = {
  /** Of the Enrollment Status Page, `MDMProgressAfterAADRefactored`; of updates, `OobeNDUP` and `RebootNDUP`; of Windows Hello, `AADHello`. */
  pageStarted: information('shell', 62404, "CloudExperienceHost Web App Activity started. CXID: '{cxid}'.", '8.2', 'F'),
  /** It names no page: it ends the one that started last. */
  pageStopped: information(
    'shell',
    62405,
    "CloudExperienceHost Web App Activity stopped. Result: '{result}'.",
    '8.2',
    'F',
  ),
  statusPageExiting: information(
    'shell',
    62407,
    "CloudExperienceHost Web App Event 2. Name: 'CommercialOOBE_ESPProgress_Page_Exiting', Value: '{value}'.",
    '8.2',
    'F',
  ),
  statusPageFailed: error(
    'shell',
    62407,
    "CloudExperienceHost Web App Event 2. Name: 'CommercialOOBE_ESPProgress_Failure', Value: '{value}'.",
    '8.2',
    'F',
  ),
  statusPageTimedOut: error(
    'shell',
    62407,
    "CloudExperienceHost Web App Event 2. Name: 'CommercialOOBE_ESPProgress_Timeout', Value: '{value}'.",
    '8.2',
    'F',
  ),

  preProvisioningSucceeded: information(
    'shell',
    62407,
    "CloudExperienceHost Web App Event 2. Name: 'CommercialOOBE_ESPProgress_WhiteGlove_Success', Value: ''.",
    '8.2',
    'F',
  ),
  preProvisioningFailed: error(
    'shell',
    62407,
    "CloudExperienceHost Web App Event 2. Name: 'CommercialOOBE_ESPProgress_WhiteGlove_Failed', Value: ''.",
    '8.2',
    'F',
  ),
  preparationStarted: line('notes', 'information')('device preparation: policy {policy}, {minutes} minutes', '8.2 [U]'),
  preparationSucceeded: line('notes', 'information')('device preparation: {workloads} workloads completed', '8.2 [U]'),
  preparationFailed: line('notes', 'error')('device preparation failed in {stage}: {code}{workload}', '8.2 [U]'),
  associated: line('notes', 'information')('the device is associated with {tenant}', '8.2 [U]'),
  notAssociated: line('notes', 'warning')('the device is not associated: {why}', '8.2 [U]'),
  accountTypeEnforced: line(
    'notes',
    'information',
  )('{upn} is a standard user: taken out of the local group Administrators'),

  msixInstallationFailed: error(
    'packages',
    404,
    'AppX Deployment operation failed for package {familyName} with error {code}. The specific error text for this failure is: {text}',
    '8.6 [F]',
    'F',
  ),
  transferStarted: information(
    'transfers',
    59,
    'BITS started the {job} transfer job that is associated with the {url} URL.',
    '8.6 [F]',
    'F',
  ),
  transferStopped: information(
    'transfers',
    60,
    'BITS stopped transferring the {job} transfer job that is associated with the {url} URL. The status code is {code}.',
    '8.6 [F]',
    'F',
  ),

  updateScanFailed: error('updates', 20, 'update scan failed: {code}', '8.3 [U]', 'U'),
  updateDownloadStarted: information('updates', 44, 'download started: {title}', '8.3', 'U'),
  updateInstallationStarted: information('updates', 43, 'installation started: {title}', '8.3', 'U'),
  updateInstalled: information('updates', 19, 'installed: {title}', '8.3', 'U'),
  updateInstallationFailed: error('updates', 20, 'installation failed: {code}', '8.3', 'U'),

  checkInFailed: extensionFails('check-in of {provider} failed: {text}'),
  win32AppInstalled: extensionSays('Win32 app {name} installed', '8.3 [F]'),
  win32AppFailed: extensionFails('Win32 app {name} failed: {result}', '8.3 [F]'),
  win32AppRetried: extensionWarns('Win32 app {name} returned {exitCode}: its installation is tried again'),
  win32AppSkipped: extensionWarns('Win32 app {name} skipped: its requirements are not met'),

  win32AppFound: extensionSays('Win32 app {name} is there: its detection rule found it'),
  win32AppReplaced: extensionSays('Win32 app {name} replaces {old}: {result}'),
  storeAppInstalled: extensionSays('Microsoft Store app {name} installed'),
  storeAppFailed: extensionFails('Microsoft Store app {name} failed: {result}'),
  appsAfterThePage: extensionSays('the status page is over: {names} to come'),

  remediationRan: extensionSays('remediation {name} ran'),
  remediationFailed: extensionFails('remediation {name} failed: {result}'),
  scriptRan: extensionSays('PowerShell script {name} ran'),
  scriptFailed: extensionFails('PowerShell script {name} failed: {result}'),
  hybridJoinFailed: error('registration', 304, 'Automatic registration failed: {code} {text}', '8.3', 'U'),
  hybridJoinSucceeded: information('registration', 306, 'Automatic registration succeeded.', '8.3', 'U'),
  resetBegun: line('notes', 'information')('reset begun: {what}', '2.6 [U]'),
  resetRefused: line('notes', 'error')('reset refused: {text} ({code})', '2.6 [U]'),
  resetRestored: line('notes', 'information')(
    'the reset is over: the device has been in touch with its management',
    '2.6 [U]',
  ),
  automaticSignInBroken: line('notes', 'warning')('no automatic sign-in: {uri} is set', '4.7 [D]'),
  computerNameNotTaken: line('notes', 'error')('the name "{name}" is not taken: it {wrong}'),

  certificateRenewed: line('notes', 'information')('MDM Renew: Succeeded'),
  certificateRenewalFailed: line('notes', 'error')('MDM Renew: Failed: {code} {text}'),
  certificateRecovered: line('notes', 'information')('MDM Recovery: Succeeded'),
  certificateRecoveryFailed: line('notes', 'error')('MDM Recovery: Failed: {code} {text}'),
  pushReceived: line('notes', 'information')('push received'),
  pushIgnored: line('notes', 'information')('push received, and ignored'),
  /** Something in a server's answer that Windows would not have, or not take. */
  strayAnswer: line('notes', 'warning')('{text}'),
  accountRemoved: line('notes', 'information')('account of {provider} removed'),
} as const
