import { createActor, fromCallback, fromPromise, SimulatedClock } from 'xstate'
import { oobeMachine } from '../../../machines/oobe/oobe.ts'
import type { AutopilotProfileOutcome } from '../../../machines/pages/autopilot-profile.ts'
import type { VisibleNetworks } from '../../../machines/pages/network.ts'
import type { AutopilotProfile } from '../../../src/domain/autopilot.ts'
import { type BootState, FRESH_BOOT } from '../../../src/domain/boot.ts'
import { ALL_ON } from '../../../src/domain/privacy.ts'
import { anAccount, aProfile } from '../samples.ts'
import { settle } from '../scene.ts'

export const WIRED: VisibleNetworks = { status: { via: 'ethernet' }, networks: [] }
/** How the lookup ends with a profile, and without one. */
export const assigned = (profile: AutopilotProfile): AutopilotProfileOutcome => ({
  kind: 'assigned',
  profile,
  answer: { kind: 'assigned', profile },
})
export const ASSIGNED = assigned(aProfile())
export const NONE: AutopilotProfileOutcome = {
  kind: 'notRegistered',
  answer: { kind: 'none', code: '807', text: 'not registered' },
}

/** How each page ends on Wi-Fi, with a user-driven profile and nothing in the way. */
const ORDINARY = {
  powerOn: { kind: 'started' },
  lookAround: { status: { via: 'none' }, networks: [] },
  recovery: { kind: 'doesNotApply', why: [] },
  language: { kind: 'chosen', language: 'en-US' },
  region: { kind: 'chosen', region: 'US' },
  keyboard: { kind: 'chosen', keyboard: '00000409' },
  secondKeyboard: { kind: 'skipped' },
  network: { kind: 'joined', ssid: 'School' },
  connectivity: { kind: 'internet' },
  criticalUpdates: { kind: 'upToDate' },
  autopilotProfile: ASSIGNED,
  naming: { kind: 'doesNotApply', why: [] },
  licenseTerms: { kind: 'accepted' },
  deviceName: { kind: 'skipped' },
  deviceUsage: { kind: 'workOrSchool' },
  signIn: { kind: 'signedIn', account: anAccount() },
  tpmAttestation: { kind: 'attested' },
  deviceJoin: { kind: 'joined' },
  enrollment: { kind: 'enrolled' },
  preparationPolicy: { kind: 'doesNotApply', why: [] },
  requiredSetup: { kind: 'finished', isStandard: true },
  deviceStatus: { kind: 'finished' },
  qualityUpdates: { kind: 'upToDate' },
  welcome: { kind: 'signedIn' },
  privacy: { kind: 'accepted', settings: ALL_ON },
  consumerOffers: { kind: 'doesNotApply', why: [] },
  windowsRestore: { kind: 'doesNotApply', why: [] },
  accountStatus: { kind: 'finished' },
  hello: { kind: 'setUp' },
  firstLogon: { kind: 'ready' },
  kioskSignIn: { kind: 'doesNotApply', why: [] },
  provisioningReview: { kind: 'provision', startedAt: 60_000 },
  technicianStatus: { kind: 'resealed', resealedAt: 1_860_000 },
  nextSignIn: { kind: 'signedIn', account: anAccount({ upn: 'sam@hillview.test', displayName: 'Sam Ruiz' }) },
}

export type Page = keyof typeof ORDINARY

/** Other endings than the ordinary ones, in turn; when they run out, the ordinary one follows. */
export type Script = Partial<Record<Page, object[]>>

/** The pages of the ordinary way, for tests that say where another way leaves it. */
export const START: Page[] = ['language', 'region', 'keyboard', 'secondKeyboard', 'network', 'connectivity']
export const LOOKUP: Page[] = ['autopilotProfile', 'criticalUpdates', 'naming', 'licenseTerms']
export const JOIN: Page[] = ['signIn', 'deviceJoin', 'enrollment', 'deviceStatus', 'qualityUpdates']
export const END: Page[] = ['privacy', 'welcome', 'accountStatus', 'hello', 'firstLogon']

/** Powers a device on whose pages are stand-ins that end at once, and notes the way it takes. */
export async function boot(
  script: Script = {},
  disk: Partial<BootState> = {},
  moreUsers = 0,
  behaviour: { updatesComeFirst?: boolean } = {},
) {
  const order: Page[] = []
  const inputs: Partial<Record<Page, object[]>> = {}
  const saves: BootState[] = []
  const heard: { type: string; after: Page | undefined }[] = []
  const managed: object[] = []
  const left = Object.fromEntries(Object.entries(script).map(([page, endings]) => [page, [...endings]])) as Script

  const visit = (page: Page, input: object): object => {
    order.push(page)
    inputs[page] = [...(inputs[page] ?? []), input]
    if (order.length > 100) throw new Error(`going in circles: ${order.slice(-8).join(', ')}`)
    return left[page]?.shift() ?? ORDINARY[page]
  }
  const standIns = Object.keys(ORDINARY).map((page) => [
    page,
    fromPromise<object, object>(async ({ input }) => visit(page as Page, input)),
  ])
  const enrollmentStatus = fromPromise<object, { phase: string }>(async ({ input }) =>
    visit(input.phase === 'device' ? 'deviceStatus' : 'accountStatus', input),
  )
  const management = fromCallback<{ type: string }, object>(({ input, receive }) => {
    managed.push(input)
    receive(({ type }) => heard.push({ type, after: order.at(-1) }))
  })
  // Promises in the place of statecharts: the parent knows them by their outcomes only.
  const laterApps = fromCallback(({ sendBack }) => sendBack({ type: 'apps.over' }))
  const actors = { ...Object.fromEntries(standIns), enrollmentStatus, management, laterApps } as never
  const save = ({ context }: { context: { disk: BootState } }) => saves.push(context.disk)
  const machine = oobeMachine.provide({ actors, actions: { save } })
  const clock = new SimulatedClock()
  const actor = createActor(machine, {
    clock,
    input: {
      facts: {
        languages: ['en-US', 'de-DE'],
        edition: 'SE',
        windows: { productType: '203', version: '10.0.26100.4652' },
        hasEthernet: true,
        ...behaviour,
      },
      disk: { ...FRESH_BOOT, deviceName: 'DESKTOP-0000001', ...disk },
      retry: { attemptsMax: 3, waitMs: 2_000 },
      moreUsers,
    },
  })
  const errors: unknown[] = []
  actor.subscribe({ error: (error) => errors.push(error) })
  actor.start()
  await settle()
  // At the desktop the next person takes a while.
  for (let later = 0; later < moreUsers; later++) {
    clock.increment(15 * 60_000)
    await settle()
  }
  if (errors.length > 0) throw errors[0]
  const { output, context, value } = actor.getSnapshot()
  if (!output) throw new Error(`not over: ${JSON.stringify(value)} after ${order.join(', ')}`)
  /** What every power-on begins with is left out. */
  const way = order.filter((page) => page !== 'powerOn' && page !== 'recovery' && page !== 'lookAround')
  return { output, disk: context.disk, order, way, inputs, saved: saves.at(-1), heard, managed }
}
