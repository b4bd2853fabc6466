import type { LogFact } from './journal.ts'

/** Channels of the Windows event log that the device writes to (reference: oobe-autopilot-esp.md, 8). */
export const CHANNEL = {
  autopilot: 'Microsoft-Windows-ModernDeployment-Diagnostics-Provider/Autopilot',
  shell: 'Microsoft-Windows-Shell-Core/Operational',
  management: 'Microsoft-Windows-DeviceManagement-Enterprise-Diagnostics-Provider/Admin',
  updates: 'Microsoft-Windows-WindowsUpdateClient/Operational',
} as const

const at =
  <const Level extends LogFact['level']>(level: Level) =>
  <const Channel extends keyof typeof CHANNEL, const Id extends number, const Text extends string>(
    channel: Channel,
    id: Id,
    text: Text,
    source: string,
  ) => ({ channel, id, level, text, source })

const information = at('information')
const warning = at('warning')
const error = at('error')

/**
 * Every event that the device logs. `{name}` in a sentence is a field that its caller gives.
 *
 * A source is a section of oobe-autopilot-esp.md with its tag, where the section has one. It is the source of the id: [U] is an id
 * that we give to something that Windows logs otherwise, or not at all. The sentences are ours.
 */
export const EVENTS = {
  internetAvailable: information('autopilot', 164, 'AutopilotManager determined internet is available', '3.4 [F]'),
  internetNotAvailable: warning('autopilot', 165, 'AutopilotManager determined internet is not available', '3.4 [F]'),

  profileAcquisitionStarted: information(
    'autopilot',
    160,
    'profile acquisition, attempt {attempt} of {attemptsMax}',
    '3.4 [F]',
  ),
  profileAcquisitionRetried: information(
    'autopilot',
    193,
    'profile acquisition, attempt {attempt} of {attemptsMax}',
    '3.4 [F]',
  ),
  /** That it waits before the next attempt; the sentence says why. */
  profileDownloadWaits: warning('autopilot', 194, '{trouble}', '3.4 [F]'),
  profileDownloadGivenUp: error('autopilot', 314, '{trouble}', '3.4 [F]'),
  profileDownloaded: information('autopilot', 703, 'profile {name} downloaded', '3.4 [F]'),
  profileSettingsRetrieved: information('autopilot', 161, 'AutopilotManager retrieve settings succeeded', '3.4 [F]'),
  profileBecameAvailable: information(
    'autopilot',
    153,
    'state changed from ProfileState_Unknown to ProfileState_Available',
    '3.4 [F]',
  ),
  /** The service's own name for its answer. */
  deviceNotRegistered: error('autopilot', 807, '{answer}', '3.4 [D]'),
  assignedProfileGone: error('autopilot', 809, '{answer}', '3.4 [D]'),
  noProfileAssigned: error('autopilot', 815, '{answer}', '3.4 [D]'),
  hardwareMismatch: error('autopilot', 908, '{answer}', '3.4 [D]'),

  tpmNotAvailable: error(
    'autopilot',
    153,
    'state changed from ProfileState_Unknown to ProfileState_TpmNotAvailable',
    '8.1 [F]',
  ),
  tpmIdentityConfirmed: information('autopilot', 169, 'AutopilotManager TPM identity confirmed', '8.1 [F]'),
  tpmIdentityFailed: error('autopilot', 171, 'AutopilotManager TPM identity failed: {code}', '8.1 [F]'),
  tpmNotReady: error(
    'autopilot',
    171,
    'AutopilotManager TPM identity failed: the TPM is not ready, {state}',
    '8.1 [F]',
  ),

  statusPageStarted: information('shell', 62404, 'CXID MDMProgressAfterAADRefactored', '8.2'),
  statusPageExiting: information('shell', 62407, 'CommercialOOBE_ESPProgress_Page_Exiting', '8.2'),

  mdmEnrollSucceeded: information('management', 72, 'MDM Enroll: Succeeded', '8.3 [D]'),
  certificateRenewed: information('management', 72, 'MDM Renew: Succeeded', '8.3 [U]'),
  certificateRenewalFailed: error('management', 404, 'MDM Renew: Failed: {code} {text}', '8.3 [U]'),
  certificateRecovered: information('management', 72, 'MDM Recovery: Succeeded', '8.3 [U]'),
  certificateRecoveryFailed: error('management', 404, 'MDM Recovery: Failed: {code} {text}', '8.3 [U]'),
  pushReceived: information('management', 4, 'push received', '8.3 [U]'),
  pushIgnored: information('management', 4, 'push received, and ignored', '8.3 [U]'),
  sessionFailed: error('management', 404, 'session failed: {code} {text}', '8.3 [U]'),
  /** Something in a server's answer that Windows would not have, or not take. */
  strayAnswer: warning('management', 404, '{text}', '8.3 [U]'),
  accountRemoved: information('management', 403, 'account of {provider} removed', '8.3 [U]'),

  certificateRequested: information(
    'management',
    36,
    'SCEP: Certificate request generated successfully. Enhanced Key Usage: ({purposes}), NDES URL: ({url})',
    '8.3 [S]',
  ),
  certificateInstalled: information('management', 39, 'SCEP: Certificate installed successfully.', '8.3 [S]'),
  certificateFailed: error('management', 32, 'SCEP: Certificate enroll failed. Result: ({text}).', '8.3 [F]'),

  msiDownloadStarted: information('management', 1905, 'MSI download started: {url}', '8.3 [F]'),
  msiDownloadFinished: information('management', 1906, 'MSI download finished: {url}', '8.3 [F]'),
  msiInstallationStarted: information('management', 1920, 'MSI installation started: {name}', '8.3 [F]'),
  msiInstallationFinished: information('management', 1922, 'MSI installation finished: {name}', '8.3 [F]'),
  msiInstallationFailed: error('management', 1924, 'MSI installation failed: {name}: {result}', '8.3 [F]'),
  msiInstallationForbidden: error(
    'management',
    1924,
    'MSI installation forbidden by the policy of Windows 11 SE: {name}',
    '8.3 [U]',
  ),
  msixInstallationFailed: error('management', 404, 'MSIX installation failed: {familyName}: {text}', '8.3 [U]'),
  checkInFailed: error('management', 404, 'check-in of {provider} failed: {text}', '8.3 [U]'),
  win32AppInstalled: information('management', 1922, 'Win32 app {name} installed', '8.3 [U]'),
  win32AppFailed: error('management', 1924, 'Win32 app {name} failed: {result}', '8.3 [U]'),
  win32AppRetried: warning(
    'management',
    404,
    'Win32 app {name} returned {exitCode}: its installation is tried again',
    '8.3 [U]',
  ),
  win32AppSkipped: warning('management', 404, 'Win32 app {name} skipped: its requirements are not met', '8.3 [U]'),

  updateScanFailed: error('updates', 20, 'update scan failed: {code}', '8.3 [U]'),
  updateDownloadStarted: information('updates', 44, 'download started: {title}', '8.3'),
  updateInstallationStarted: information('updates', 43, 'installation started: {title}', '8.3'),
  updateInstalled: information('updates', 19, 'installed: {title}', '8.3'),
  updateInstallationFailed: error('updates', 20, 'installation failed: {code}', '8.3'),
} as const

export type EventKey = keyof typeof EVENTS

/** The keys of the events with an id, such as that of an answer of the lookup: an id without an event is `never`. */
export type EventWithId<Id extends string> = {
  [Key in EventKey]: `${(typeof EVENTS)[Key]['id']}` extends Id ? Key : never
}[EventKey]

type NamesIn<Text extends string> = Text extends `${string}{${infer Name}}${infer Rest}` ? Name | NamesIn<Rest> : never

type NamesOf<Key extends EventKey> = NamesIn<(typeof EVENTS)[Key]['text']>

/** What a caller gives besides the key: the fields of the sentence, or nothing where it has none. */
export type FieldsOf<Key extends EventKey> = [NamesOf<Key>] extends [never]
  ? []
  : [fields: Readonly<Record<NamesOf<Key>, string | number>>]
