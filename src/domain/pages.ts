/**
 * The one closed list of what a device shows between power-on and the desktop.
 * `step` is the S-number of the canonical step list (reference: oobe-autopilot-esp.md, section 10).
 */
export interface PageDefinition {
  /** Step of the canonical list, for example `S3`. */
  step: string
  /** Id of the statechart that owns the page. */
  machine: string
  /** How the page can end. `doesNotApply` means that it was never shown. */
  outcomes: readonly string[]
  /** The step of the seed document (1 to 7) that the page serves, if any. */
  seedStep?: 1 | 2 | 3 | 4 | 5 | 6 | 7
}

const definePages = <Id extends string>(pages: Record<Id, PageDefinition>) => pages

export const PAGES = definePages({
  powerOn: { step: 'S1', machine: 'powerOn', outcomes: ['started'] },
  language: { step: 'S2', machine: 'language', outcomes: ['chosen', 'doesNotApply'], seedStep: 1 },
  region: { step: 'S3', machine: 'region', outcomes: ['chosen', 'doesNotApply'], seedStep: 1 },
  keyboard: { step: 'S4', machine: 'keyboard', outcomes: ['chosen', 'doesNotApply', 'back'], seedStep: 2 },
  secondKeyboard: {
    step: 'S5',
    machine: 'secondKeyboard',
    outcomes: ['added', 'skipped', 'doesNotApply', 'back'],
    seedStep: 2,
  },
  network: { step: 'S6', machine: 'network', outcomes: ['connected', 'doesNotApply', 'back'], seedStep: 3 },
  connectivity: { step: 'S7', machine: 'connectivity', outcomes: ['internet', 'lost'], seedStep: 3 },
  criticalUpdates: {
    step: 'S8',
    machine: 'criticalUpdates',
    outcomes: ['upToDate', 'installed', 'unavailable', 'restart', 'doesNotApply'],
  },
  autopilotProfile: {
    step: 'S9',
    machine: 'autopilotProfile',
    outcomes: ['assigned', 'notRegistered', 'notAssigned', 'mismatch', 'unreachable'],
    seedStep: 4,
  },
  naming: { step: 'S11', machine: 'naming', outcomes: ['restart', 'doesNotApply'] },
  licenseTerms: { step: 'S11b', machine: 'licenseTerms', outcomes: ['accepted', 'doesNotApply'] },
  deviceName: { step: 'S11b', machine: 'deviceName', outcomes: ['restart', 'skipped', 'doesNotApply'] },
  deviceUsage: { step: 'S11b', machine: 'deviceUsage', outcomes: ['personal', 'workOrSchool', 'doesNotApply'] },
  signIn: { step: 'S12', machine: 'signIn', outcomes: ['signedIn', 'doesNotApply'], seedStep: 5 },
  tpmAttestation: { step: 'S16', machine: 'tpmAttestation', outcomes: ['attested', 'doesNotApply', 'reset'] },
  deviceJoin: { step: 'S14', machine: 'deviceJoin', outcomes: ['joined', 'doesNotApply', 'startOver'] },
  enrollment: { step: 'S15', machine: 'enrollment', outcomes: ['enrolled', 'doesNotApply', 'startOver'] },
  enrollmentStatus: {
    step: 'S17',
    machine: 'enrollmentStatus',
    outcomes: ['finished', 'continuedAnyway', 'restart', 'reset', 'doesNotApply'],
  },
  enrollmentStatusFailure: {
    step: 'S28',
    machine: 'enrollmentStatus',
    outcomes: ['retry', 'continuedAnyway', 'reset'],
  },
  qualityUpdates: {
    step: 'S21',
    machine: 'qualityUpdates',
    outcomes: ['upToDate', 'installed', 'failed', 'restart', 'doesNotApply'],
    seedStep: 6,
  },
  welcome: { step: 'S22', machine: 'welcome', outcomes: ['signedIn', 'doesNotApply'], seedStep: 7 },
  privacy: { step: 'S23', machine: 'privacy', outcomes: ['accepted', 'doesNotApply'] },
  firstLogon: { step: 'S26', machine: 'firstLogon', outcomes: ['ready'] },
  nextSignIn: { step: 'S27', machine: 'nextSignIn', outcomes: ['signedIn'] },
  desktop: { step: 'S27', machine: 'oobe', outcomes: ['desktop'], seedStep: 7 },
  signInScreen: { step: 'S27', machine: 'oobe', outcomes: ['signInScreen'], seedStep: 7 },
})

export type PageId = keyof typeof PAGES

export const PAGE_IDS = Object.keys(PAGES) as PageId[]

export const isPageId = (id: string): id is PageId => Object.hasOwn(PAGES, id)
