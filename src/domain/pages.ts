/**
 * The one closed list of what a device shows between power-on and the desktop.
 * `step` is the S-number of the canonical step list (reference: oobe-autopilot-esp.md, section 10).
 */
export interface PageDefinition {
  /** Step of the canonical list, for example `S3`. */
  step: string
  /** Id of the statechart that owns the page. */
  machine: string
  /** The step of the seed document (1 to 7) that the page serves, if any. */
  seedStep?: 1 | 2 | 3 | 4 | 5 | 6 | 7
}

export const PAGES = {
  powerOn: { step: 'S1', machine: 'powerOn' },
  recovery: { step: 'S1', machine: 'recovery' },
  language: { step: 'S2', machine: 'language', seedStep: 1 },
  region: { step: 'S3', machine: 'region', seedStep: 1 },
  keyboard: { step: 'S4', machine: 'keyboard', seedStep: 2 },
  secondKeyboard: { step: 'S5', machine: 'secondKeyboard', seedStep: 2 },
  network: { step: 'S6', machine: 'network', seedStep: 3 },
  connectivity: { step: 'S7', machine: 'connectivity', seedStep: 3 },
  criticalUpdates: { step: 'S8', machine: 'criticalUpdates' },
  autopilotProfile: { step: 'S9', machine: 'autopilotProfile', seedStep: 4 },
  naming: { step: 'S11', machine: 'naming' },
  licenseTerms: { step: 'S11b', machine: 'licenseTerms' },
  deviceName: { step: 'S11b', machine: 'deviceName' },
  deviceUsage: { step: 'S11b', machine: 'deviceUsage' },
  signIn: { step: 'S12', machine: 'signIn', seedStep: 5 },
  tpmAttestation: { step: 'S16', machine: 'tpmAttestation' },
  deviceJoin: { step: 'S14', machine: 'deviceJoin' },
  enrollment: { step: 'S15', machine: 'enrollment' },
  domainJoin: { step: 'S14', machine: 'domainJoin' },
  hybridJoin: { step: 'S24', machine: 'hybridJoin' },
  preparationPolicy: { step: 'S15', machine: 'preparationPolicy' },
  devicePreparation: { step: 'S17', machine: 'requiredSetup' },
  devicePreparationFailure: { step: 'S28', machine: 'requiredSetup' },
  requiredSetupComplete: { step: 'S20', machine: 'requiredSetup' },
  enrollmentStatus: { step: 'S17', machine: 'enrollmentStatus' },
  enrollmentStatusFailure: { step: 'S28', machine: 'enrollmentStatus' },
  qualityUpdates: { step: 'S21', machine: 'qualityUpdates', seedStep: 6 },
  welcome: { step: 'S22', machine: 'welcome', seedStep: 7 },
  windowsRestore: { step: 'S23', machine: 'windowsRestore' },
  privacy: { step: 'S23', machine: 'privacy' },
  deviceExperience: { step: 'S23', machine: 'consumerOffers' },
  oneDrive: { step: 'S23', machine: 'consumerOffers' },
  microsoft365: { step: 'S23', machine: 'consumerOffers' },
  oemRegistration: { step: 'S23', machine: 'consumerOffers' },
  hello: { step: 'S25', machine: 'hello' },
  firstLogon: { step: 'S26', machine: 'firstLogon' },
  kioskSignIn: { step: 'S27', machine: 'kioskSignIn' },
  nextSignIn: { step: 'S27', machine: 'nextSignIn' },
  localReset: { step: 'S32', machine: 'localReset' },
  resetting: { step: 'S32', machine: 'resetting' },
  restoring: { step: 'S32', machine: 'restoring' },
  commandPrompt: { step: 'S33', machine: 'overlay' },
  settings: { step: 'S33', machine: 'overlay' },
  diagnostics: { step: 'S29', machine: 'overlay' },
  provisioningOptions: { step: 'S30', machine: 'overlay' },
  auditMode: { step: 'S2', machine: 'overlay' },
  provisioningReview: { step: 'S30', machine: 'provisioningReview' },
  technicianStatus: { step: 'S31', machine: 'technicianStatus' },
  desktop: { step: 'S27', machine: 'oobe', seedStep: 7 },
  signInScreen: { step: 'S27', machine: 'oobe', seedStep: 7 },
  kiosk: { step: 'S27', machine: 'oobe' },
} as const satisfies Record<string, PageDefinition>

export type PageId = keyof typeof PAGES

export const PAGE_IDS = Object.keys(PAGES) as PageId[]

export const isPageId = (id: string): id is PageId => Object.hasOwn(PAGES, id)
