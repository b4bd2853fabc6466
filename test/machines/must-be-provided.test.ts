import { expect, test } from 'vitest'
import { type AnyActorLogic, type AnyStateMachine, createActor, fromCallback, fromPromise } from 'xstate'
import { mustBeProvided } from '../../machines/must-be-provided.ts'
import { oobeMachine } from '../../machines/oobe/oobe.ts'
import type { Authentication, Credentials } from '../../machines/pages/authentication.ts'
import { criticalUpdatesMachine } from '../../machines/pages/critical-updates.ts'
import type { VisibleNetworks } from '../../machines/pages/network.ts'
import { signInMachine } from '../../machines/pages/sign-in.ts'
import type { AccountLookup } from '../../machines/pages/sign-in-setup.ts'
import type { UpdateScan } from '../../machines/pages/update-scan.ts'
import { FRESH_BOOT } from '../../src/domain/boot.ts'
import { Secret } from '../../src/domain/secret.ts'
import { MACHINES } from './every-machine.ts'
import { anAccount, aPolicy } from './samples.ts'
import { begin, press, replies, settle } from './scene.ts'

type LookupInput = { email: string; usage: 'personal' | 'workOrSchool' }

const forgotten = (name: string) => new Error(`"${name}" has not been provided to its statechart`)

test('what replaces a forgotten actor says its name', () => {
  expect(mustBeProvided('lookAround')).toThrow(forgotten('lookAround'))
})

const isMachine = (logic: object) => 'root' in logic

const actors = MACHINES.flatMap((machine) =>
  Object.entries(machine.implementations.actors)
    .filter(([, logic]) => !isMachine(logic as object))
    .map(([name, logic]) => ({ machine: machine.id, name, logic: logic as AnyActorLogic })),
)

test('the statecharts that work are most of them', () => {
  expect(new Set(actors.map(({ machine }) => machine)).size).toBeGreaterThan(20)
})

test.each(actors)('$machine names $name by the name that it has', ({ name, logic }) => {
  const errors: unknown[] = []
  const actor = createActor(logic)
  actor.subscribe({ error: (error) => errors.push(error) })
  actor.start()
  expect(errors).toEqual([forgotten(name)])
})

const input = {
  isJoined: false,
  isEnrolled: true,
  isDone: false,
  joinsAs: 'user',
  enrollsAs: 'user',
  urls: ['https://content.test/a'],
  packages: [{ request: {}, urls: [] }],
  isApplicable: true,
  loginStatus: 'none',
  sessions: 0,
  proof: {},
  isPersonal: false,
  isNamed: false,
  isRevisit: false,
  template: 'HV-%SERIAL%',
  phase: 'device',
  retry: { attemptsMax: 3, waitMs: 2_000 },
  usage: 'workOrSchool',
  tenant: { id: 'tenant', domain: 'hillview.test', assignedUpn: '', profile: 'Students', isExplicit: true },
  account: anAccount(),
  tenantDomain: 'hillview.test',
  isStandardUser: true,
}

/** The actor that each statechart needs first, from an input that makes it work. */
const FIRST: [string, string, object?][] = [
  ['accountSetup', 'watchProgress'],
  ['autopilotProfile', 'askForProfile'],
  ['connectivity', 'probe'],
  ['criticalUpdates', 'scanForCriticalUpdates'],
  ['deviceJoin', 'openTerms', { isEnrolled: false }],
  ['devicePreparation', 'watchProgress'],
  ['deviceSetup', 'watchProgress'],
  ['enrollment', 'discover', { isEnrolled: false }],
  ['enrollmentStatus', 'watchForPolicy'],
  ['installation', 'watchOrders'],
  ['management', 'watchOrders'],
  ['session', 'prepareSession'],
  ['msiInstallation', 'keepTry'],
  ['msixInstallation', 'reportStart'],
  ['officeInstallation', 'reportStart'],
  ['packageDownload', 'download'],
  ['phoneProof', 'pollProof'],
  ['win32Installation', 'reportStart'],
  ['attestationTries', 'checkTpm'],
  ['naming', 'expandTemplate'],
  ['network', 'lookAround'],
  ['nextSignIn', 'endSession'],
  ['qualityUpdates', 'readUpdatePolicy'],
  ['signIn', 'loadBranding'],
  ['tpmAttestation', 'checkTpm', { isEnrolled: false }],
  ['welcome', 'loadBranding'],
]

test.each(FIRST)('%s ends with an error that names %s', async (id, name, over = {}) => {
  const machine = MACHINES.find((candidate) => candidate.id === id) as AnyStateMachine
  const { actor, clock, errors } = begin(machine, { ...input, ...over })
  await settle()
  // The phone is asked after a second.
  clock.increment(1_000)
  await settle()
  expect({ status: actor.getSnapshot().status, errors }).toEqual({ status: 'error', errors: [forgotten(name)] })
})

test('an error inside an actor ends the statechart, and is not taken for an answer', async () => {
  const bug = new Error('a bug of ours')
  const actors = { scanForCriticalUpdates: fromPromise<UpdateScan>(() => Promise.reject(bug)) }
  const { actor, errors } = begin(criticalUpdatesMachine.provide({ actors }), { isDone: false })
  await settle()
  expect({ status: actor.getSnapshot().status, errors }).toEqual({ status: 'error', errors: [bug] })
})

test('a forgotten actor of a category ends the Enrollment Status Page', async () => {
  const machine = MACHINES.find(({ id }) => id === 'enrollmentStatus')!
  const actors = {
    watchForPolicy: fromCallback(({ sendBack }) => sendBack({ type: 'policy.known', isNew: false })),
    readPolicy: fromPromise(async () => ({ policy: aPolicy(), leftMs: 3_600_000 })),
    countTime: fromCallback(() => {}),
    watchParking: fromCallback(() => {}),
    watchPolicy: fromCallback(() => {}),
  }
  const { errors } = begin(machine.provide({ actors }), input)
  await settle()
  expect(errors).toEqual([forgotten('watchProgress')])
})

test('a forgotten report of the tenant ends the sign-in', async () => {
  const lookUpAccount = replies<AccountLookup, LookupInput>({
    kind: 'found',
    displayName: 'Alex Rivera',
    realm: { page: undefined },
  }).logic
  const authenticate = replies<Authentication, Credentials>({ kind: 'signedIn', account: anAccount() }).logic
  const machine = signInMachine.provide({ actors: { lookUpAccount, authenticate } })
  const { actor, errors } = begin(machine, { usage: 'workOrSchool' })
  actor.send(press('user.next', { email: 'alex@hillview.test' }))
  await settle()
  actor.send(press('user.signIn', {}, { password: new Secret('correct horse') }))
  await settle()
  expect(errors).toEqual([forgotten('reportTenantMatch')])
})

test.each([
  ['lookAround', undefined],
  ['save', fromPromise<VisibleNetworks>(async () => ({ status: { via: 'none' }, networks: [] }))],
])('the first boot ends with an error that names %s', async (name, lookAround) => {
  const management = fromCallback(() => {}) as never
  const powerOn = fromPromise(async () => ({ kind: 'started' })) as never
  const language = fromPromise(async () => ({ kind: 'chosen', language: 'en-US' })) as never
  const bound = oobeMachine.provide({ actors: { management, powerOn, language } })
  const machine = lookAround ? bound.provide({ actors: { lookAround } }) : bound
  const { actor, errors } = begin(machine, {
    facts: {
      languages: ['en-US'],
      edition: 'SE',
      windows: { productType: '203', version: '10.0.26100.4652' },
      hasEthernet: false,
    },
    disk: { ...FRESH_BOOT, deviceName: 'DESKTOP-0000001' },
    retry: { attemptsMax: 1, waitMs: 1 },
  })
  await settle()
  expect({ status: actor.getSnapshot().status, errors }).toEqual({ status: 'error', errors: [forgotten(name)] })
})
