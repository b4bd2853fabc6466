import { expect } from 'vitest'
import type { JournalEntry } from '../../src/domain/journal.ts'
import type { PageId } from '../../src/domain/pages.ts'
import type { Screen } from '../../src/domain/screen.ts'
import { missingInOrder, pagesOf } from '../../src/journal/pages.ts'
import { prove } from '../reference/prove.ts'
import { played } from './played.ts'

/** What a run of a shipped scenario has to show, so that a row of the notes is so. */
interface Shows {
  play: string
  /** In this order, gaps allowed. */
  pages?: PageId[]
  never?: PageId[]
  /** On a page that reports a failure. */
  code?: string
  /** Ids of events. */
  logged?: number[]
  /** On some page. */
  says?: string | RegExp
  /** What some page offers, and what none does. */
  offers?: string
  offersNot?: RegExp
  ends?: string
}

const runs = new Map<string, Promise<readonly JournalEntry[]>>()
const journalOf = (id: string): Promise<readonly JournalEntry[]> => {
  const run = runs.get(id) ?? played(id).then(({ journal }) => journal)
  runs.set(id, run)
  return run
}

const screensOf = (journal: readonly JournalEntry[]): Screen[] =>
  journal.flatMap((entry) => (entry.kind === 'screen' && 'screen' in entry ? [entry.screen] : []))

const textsOf = ({ title, body, controls, progress, failure, brand }: Screen): string[] => [
  title,
  ...body.map(({ text }) => text),
  ...controls.map(({ label }) => label),
  ...controls.flatMap((control) => ('hint' in control && control.hint ? [control.hint] : [])),
  ...(brand?.signInPageText ? [brand.signInPageText] : []),
  ...(failure ? [failure.text] : []),
  ...(progress?.categories ?? []).flatMap(({ label, status, steps }) => [
    `${label}: ${status}`,
    ...steps.map((step) => `${step.label} (${step.status})`),
  ]),
]

async function check({ play, pages = [], never = [], code, logged = [], says, offers, offersNot, ends }: Shows) {
  const journal = await journalOf(play)
  const shown = pagesOf(journal)
  const screens = screensOf(journal)
  expect([play, missingInOrder(shown, pages)]).toEqual([play, undefined])
  expect(shown.filter((page) => never.includes(page))).toEqual([])
  if (code !== undefined)
    expect(screens.map(({ failure }) => failure?.code?.toLowerCase())).toContain(code.toLowerCase())
  const ids = journal.flatMap((entry) => (entry.kind === 'log' ? [entry.id] : []))
  for (const id of logged) expect(ids).toContain(id)
  const texts = screens.flatMap(textsOf)
  if (says !== undefined) {
    expect(texts.some((text) => (typeof says === 'string' ? text.includes(says) : says.test(text)))).toBe(true)
  }
  const labels = screens.flatMap(({ controls }) => controls.map(({ label }) => label))
  if (offers !== undefined) expect(labels).toContain(offers)
  if (offersNot) expect(labels.filter((label) => offersNot.test(label))).toEqual([])
  const outcome = journal.find((entry) => entry.kind === 'outcome')
  if (ends !== undefined) expect(outcome?.kind === 'outcome' && outcome.outcome.kind).toBe(ends)
}

const WIFI = 'surface-wifi-happy-path'
const WIRE = 'asus-ethernet-happy-path'

const ROWS: Readonly<Record<string, Shows>> = {
  // The order of the first boot on Wi-Fi.
  '1.2/1': { play: 'not-registered', pages: ['language', 'region', 'keyboard'] },
  '1.2/2': { play: WIFI, pages: ['keyboard', 'secondKeyboard', 'network'] },
  '1.2/3': { play: WIFI, pages: ['secondKeyboard', 'network', 'connectivity'] },
  '1.2/4': { play: WIFI, pages: ['network', 'autopilotProfile', 'criticalUpdates', 'signIn'] },
  '1.2/5': { play: WIFI, pages: ['autopilotProfile', 'naming', 'powerOn', 'signIn'] },
  '1.2/6': { play: 'updates-before-the-profile', pages: ['network', 'criticalUpdates', 'autopilotProfile', 'signIn'] },
  '1.2/7': {
    play: WIFI,
    pages: ['signIn', 'enrollmentStatus', 'qualityUpdates', 'welcome', 'enrollmentStatus', 'desktop'],
  },
  '1.3/language': { play: WIFI, never: ['language'] },
  '1.4/ethernet-with-link-and-internet': { play: WIRE, pages: ['autopilotProfile', 'region'], never: ['network'] },
  '1.4/secured-wi-fi': { play: WIFI, offers: 'Enter the network security key' },
  '1.4/captive-portal': {
    play: 'captive-portal',
    pages: ['network', 'connectivity'],
    says: 'This network requires you to sign in',
    logged: [165],
  },
  '1.4/802-1x-certificate-wi-fi': {
    play: 'enterprise-wifi-certificate',
    says: /requires a certificate or a smart card/,
  },
  '1.4/home-edition': { play: 'home-edition', pages: ['network'], offersNot: /internet/i },
  '1.4/i-don-t-have-internet': { play: 'no-internet-at-first', pages: ['network'], offersNot: /don't have internet/i },
  '1.4/metered-network': { play: 'metered-wifi', pages: ['criticalUpdates'], never: ['qualityUpdates'] },
  '1.5/monthly-quality-update-install-windows-quality': {
    play: WIFI,
    pages: ['enrollmentStatus', 'qualityUpdates', 'powerOn'],
  },
  '1.6/assigned-user': { play: 'assigned-user-other-account', pages: ['signIn'], ends: 'desktop' },
  '1.6/escape-link': { play: 'assigned-user-other-account', offers: 'Start over with a different account' },
  '1.6/mfa-required-for-join-user-has': {
    play: 'multifactor-no-method',
    code: '50072',
    says: 'Keep your account secure',
    offersNot: /skip (?:setup|for now)/i,
  },
  '1.7/licence-terms': { play: 'not-registered', pages: ['licenseTerms'] },
  '6.5/tenant-name-entra-properties-name': { play: WIFI, says: 'Contoso School' },
  '6.5/signinpagetext': { play: WIFI, says: 'Welcome, learners!' },
  '6.5/usernamehinttext': { play: WIFI, says: 'you@contoso.example' },
  '1.9/region-language': { play: 'self-deploying-ethernet', never: ['language', 'region'] },
  '1.9/change-account': { play: WIFI, offersNot: /different account/ },
  '1.9/network-page': { play: WIFI, pages: ['network'] },
  '1.9/device-name-intent': { play: WIFI, pages: ['naming'], never: ['deviceName', 'deviceUsage'] },
  // Keys.
  '1.10/shift-f10-fn-on-some-keyboards': { play: 'command-prompt-shut-down', pages: ['commandPrompt'] },
  '1.10/ctrl-shift-d': {
    play: 'diagnostics-while-apps-install',
    pages: ['enrollmentStatus', 'diagnostics'],
    offers: 'Export logs',
  },
  '1.10/windows-key-five-times': {
    play: 'pre-provisioning',
    pages: ['provisioningOptions'],
    says: 'What would you like to do?',
  },
  '1.10/ctrl-shift-f3': { play: 'audit-mode-by-mistake', pages: ['auditMode', 'powerOn'] },
  '1.11/setting': { play: 'restore-page', pages: ['windowsRestore'], ends: 'desktop' },
  '1.11/shown-to': { play: 'restore-page-no-backup', pages: ['welcome'], never: ['windowsRestore'] },
  '1.11/builds': {
    play: 'restore-page-after-updates',
    pages: ['qualityUpdates', 'powerOn', 'windowsRestore'],
  },
  '1.11/place-in-the-sequence-texts': {
    play: 'restore-page-as-new',
    pages: ['signIn', 'welcome', 'windowsRestore', 'enrollmentStatus'],
    offers: 'Set up as a new PC',
  },
  // Modes.
  '2.1/registration': { play: 'existing-device-registered', pages: ['naming'], ends: 'desktop' },
  '2.1/tpm': { play: 'no-tpm-self-deploying', code: '0x800705b4' },
  '2.1/vm': { play: 'pre-provisioning-virtual-machine', code: '0x800705b4' },
  '2.1/user-credentials': { play: 'self-deploying-ethernet', never: ['signIn'], ends: 'signInScreen' },
  '2.1/profile-required': {
    play: 'device-preparation',
    pages: ['preparationPolicy', 'devicePreparation'],
    logged: [807],
  },
  '2.1/esp-phases': {
    play: 'pre-provisioning',
    pages: ['enrollmentStatus', 'technicianStatus', 'signIn', 'enrollmentStatus'],
  },
  '2.1/re-run-on-same-device': { play: 'self-deploying-blocked-after-reset', code: '0x80180014', ends: 'failed' },
  '2.6/local-reset': { play: 'autopilot-reset-local', pages: ['nextSignIn', 'localReset', 'resetting', 'restoring'] },
  '2.6/winre': { play: 'autopilot-reset-recovery-off', says: /sign in with an administrator account to see why/ },
  '2.6/dowipepersistuserdata-dowipepersistprovisioneddata': {
    play: 'wipe-keeping-enrolment',
    pages: ['desktop', 'resetting', 'restoring', 'nextSignIn', 'desktop'],
    ends: 'desktop',
  },
  // Device association.
  '2.9/life': { play: 'device-association', pages: ['network', 'autopilotProfile', 'signIn', 'devicePreparation'] },
  '2.9/effect': {
    play: 'device-association-on-a-cable',
    pages: ['autopilotProfile', 'signIn', 'devicePreparation'],
    never: ['language', 'keyboard', 'licenseTerms', 'privacy', 'deviceUsage'],
    offersNot: /different account/,
  },
  '2.9/against-classic-autopilot': {
    play: 'device-association-wins',
    pages: ['signIn', 'devicePreparation'],
    never: ['enrollmentStatus'],
  },
  '2.9/no-policy-assigned': {
    play: 'device-association-without-policy',
    pages: ['enrollment', 'desktop'],
    never: ['devicePreparation'],
    ends: 'desktop',
  },
  '2.9/reset-reinstall-unenrolment': {
    play: 'device-association-reset',
    pages: ['signIn', 'powerOn', 'signIn', 'devicePreparation'],
    never: ['deviceUsage'],
    ends: 'desktop',
  },
  '2.6/cleanpc': { play: 'fresh-start', pages: ['desktop', 'resetting', 'restoring', 'nextSignIn'] },
  // Outcomes of the look-up.
  '3.4/profile': { play: WIFI, logged: [160, 164, 703, 702, 161, 153, 170] },
  '3.4/not-registered-no-profile': {
    play: 'not-registered',
    pages: ['deviceName', 'deviceUsage', 'signIn'],
    logged: [807],
  },
  '3.4/network-or-service-failure': { play: 'dns-without-the-lookup', pages: ['deviceUsage'], logged: [314] },
  '3.4/wrong-tenant-user': { play: 'tenant-lock', code: 'TenantMatched=0', says: /belongs to another organization/ },
  // What the page tracks.
  '4.5/security-policies': { play: WIFI, says: /^Security policies \(1 of 1 applied\)$/ },
  '4.5/scep-certificates': { play: 'certificates-of-scep', says: /^Certificates \(1 of 1 applied\)$/ },
  '4.5/network': { play: WIFI, says: 'Network connections (1 of 1 added)' },
  '4.5/per-machine-msi-lob': { play: WIFI, says: 'Apps (3 of 3 installed)' },
  '4.5/store-uwp-lob-device-context-winget': { play: 'msix-app', says: /^Apps \(\d of \d installed\)$/ },
  '4.5/microsoft-365-apps-type': { play: 'microsoft-365-apps', says: /^Apps \(1 of 1 installed\)$/ },
  '4.5/platform-scripts-remediations': { play: 'device-preparation', never: ['enrollmentStatus'] },
  // The network.
  '5.2/proxy': { play: 'proxy-by-wpad', ends: 'desktop' },
  '5.2/tls-inspection': { play: 'inspection-of-management', never: ['enrollmentStatus'] },
  '5.2/captive-portal': { play: 'captive-portal-at-the-sign-in', code: 'caa70007' },
  '5.2/firewall-blocks-only-ztd': {
    play: 'dns-without-the-lookup',
    pages: ['deviceUsage', 'signIn', 'deviceJoin', 'enrollment', 'desktop'],
  },
  '7.1/blocked': {
    play: 'settings-reset-on-se',
    pages: ['settings'],
    says: /blocks the command prompt and PowerShell/,
  },
  '7.1/accounts': { play: 'not-registered', pages: ['deviceUsage', 'signIn'], ends: 'desktop' },
  '7.1/apps': { play: 'app-not-allowed-on-se', code: '0x87d300d9' },
  '7.1/local-admin': { play: WIFI, says: /Standard user, no local administrator rights/ },
  '7.1/federated-sign-in': { play: 'federated-sign-in', ends: 'desktop' },
  '7.1/end-of-support': { play: 'no-updates-after-the-end-of-support', ends: 'desktop' },
  '7.1/not-for-se': { play: 'device-preparation-se', never: ['devicePreparation'] },
  '7.1/first-run-screen': { play: WIFI, pages: ['welcome'], says: 'Welcome to Contoso School' },
  // The failures of the notes.
  '11/1': { play: 'wifi-wrong-key', says: /the network security key is not correct/, ends: 'desktop' },
  '11/15': { play: 'image-of-an-enrolled-device', code: '0x8018000a', says: /This device is already enrolled/ },
  '11/2': { play: 'captive-portal-at-the-sign-in', code: 'caa70007' },
  '11/3': { play: 'dns-without-the-lookup', pages: ['deviceName'], logged: [314] },
  '11/4': { play: 'not-registered', pages: ['deviceName'], logged: [807] },
  '11/5': { play: 'profile-deleted-behind-the-group', pages: ['deviceName'], logged: [809] },
  '11/6': { play: 'no-profile-assigned', pages: ['deviceName'], logged: [815] },
  '11/7': { play: 'board-swapped', pages: ['deviceName'], logged: [908] },
  '11/8': { play: 'tenant-lock', code: 'TenantMatched=0' },
  '11/9': { play: 'sign-in-blocked-by-firewall', code: 'OOBEIDPS', says: 'Something went wrong' },
  '11/10': { play: 'multifactor-no-method', code: '50072', offersNot: /skip (?:setup|for now)/i },
  '11/11': { play: 'idle-at-the-sign-in', says: 'Sorry, your sign-in timed out.', ends: 'desktop' },
  '11/12': { play: 'device-limit', code: '0x801c000e' },
  '11/13': { play: 'user-without-licence', code: '0x80180018' },
  '11/14': { play: 'windows-enrolment-blocked', code: '0x80180014' },
  '11/16': { play: 'no-tpm-self-deploying', code: '0x800705b4', pages: ['tpmAttestation'] },
  '11/17': { play: 'tpm-clock-skew', code: '0x81039001' },
  '11/18': { play: 'entra-object-deleted', code: '0x801c03f3' },
  '11/19': { play: 'pre-provisioning-not-allowed', code: '0x80180005', pages: ['technicianStatus'] },
  '11/20': { play: 'esp-timeout-continue-anyway', code: '0x800705b4', says: /exceeded the time limit/ },
  '11/21': { play: 'win32-app-not-detected', code: '0x87d1041c', says: 'Apps (0x87d1041c)' },
  '11/22': { play: 'app-not-allowed-on-se', code: '0x87d300d9', pages: ['enrollmentStatusFailure'] },
  '11/23': { play: 'msi-and-win32-collide', code: '0x80070652' },
  '11/24': { play: 'provider-without-apps-list-hangs', says: 'Apps (Identifying)', ends: 'stuck' },
  '11/25': { play: 'reboot-during-device-setup', pages: ['enrollmentStatus', 'powerOn', 'welcome'], logged: [2800] },
  '11/more': { play: 'quality-update-fails', pages: ['qualityUpdates', 'welcome'], logged: [20] },
}

prove(Object.keys(ROWS), 'a shipped scenario shows it', ({ id }) => check(ROWS[id]!))
