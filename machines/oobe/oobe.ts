import { answered, fromEnding } from '../outcomes.ts'
import { hidden, shows } from '../page.ts'
import { desktopOf, isBeingProvisioned, kioskOf, type OobeOutcome, signInScreenOf } from './oobe-context.ts'
import { oobeSetup } from './oobe-setup.ts'
import { PLANS } from './plans.ts'
import { modeState, statesOf } from './runner.ts'
import { START } from './start-plan.ts'

/** The first boot: the plan up to the answer of the deployment service, then the plan of the deployment mode. */
export const oobeMachine = oobeSetup.createMachine({
  id: 'oobe',
  context: ({ input }) => ({
    ...input,
    answer: null,
    profile: null,
    isRevisit: false,
    isGuest: false,
    isTechnician: isBeingProvisioned(input.disk),
    failure: null,
    kiosk: null,
    restartReason: '',
    resetKind: 'everything',
  }),
  output: fromEnding<OobeOutcome>(),
  invoke: {
    id: 'management',
    systemId: 'management',
    src: 'management',
    input: ({ context }) => ({
      isEnrolled: context.disk.isEnrolled,
      installersCollide: context.facts.installersCollide ?? false,
    }),
  },
  // What the management server has asked for, whatever page the device is at.
  on: {
    'device.unenrolled': { actions: [{ type: 'note', params: { isEnrolled: false } }, 'save'] },
    'device.restarting': {
      actions: { type: 'learn', params: { restartReason: 'the management server asked for it' } },
      target: '.restart',
    },
    'device.wiped': {
      actions: { type: 'learn', params: ({ event }) => ({ resetKind: event.what }) },
      target: '.reset',
    },
    // Chosen in the provisioning options. Without a network there is no profile to review: that its page comes next is an assumption.
    'technician.chosen': { actions: { type: 'learn', params: { isTechnician: true } }, target: '.network' },
  },
  initial: 'starting',
  states: {
    ...statesOf(START),
    checkingWire: {
      meta: hidden('0.1 item 4 [D]'),
      invoke: {
        id: 'lookAround',
        src: 'lookAround',
        onDone: [{ guard: { type: 'isWired', params: answered }, target: 'probingWire' }, { target: 'language' }],
      },
    },
    choosingMode: {
      meta: hidden('2.1 [D]'),
      always: [
        { guard: { type: 'isMode', params: { mode: 'preProvisioning' } }, target: 'preProvisioning' },
        { guard: { type: 'isMode', params: { mode: 'autopilotReset' } }, target: 'autopilotReset' },
        { guard: { type: 'isMode', params: { mode: 'preProvisioned' } }, target: 'preProvisioned' },
        { guard: { type: 'isMode', params: { mode: 'hybrid' } }, target: 'hybrid' },
        { guard: { type: 'isMode', params: { mode: 'selfDeploying' } }, target: 'selfDeploying' },
        { guard: { type: 'isMode', params: { mode: 'associated' } }, target: 'associated' },
        { guard: { type: 'isMode', params: { mode: 'userDriven' } }, target: 'userDriven' },
        { target: 'consumer' },
      ],
    },
    userDriven: modeState(PLANS.userDriven),
    selfDeploying: modeState(PLANS.selfDeploying),
    preProvisioning: modeState(PLANS.preProvisioning),
    preProvisioned: modeState(PLANS.preProvisioned),
    autopilotReset: modeState(PLANS.autopilotReset),
    hybrid: modeState(PLANS.hybrid),
    consumer: modeState(PLANS.consumer),
    associated: modeState(PLANS.associated),
    devicePreparation: modeState(PLANS.devicePreparation),
    desktop: { meta: shows('desktop', '10 S27'), type: 'final', output: ({ context }) => desktopOf(context) },
    signInScreen: {
      meta: shows('signInScreen', '1.8 [D]'),
      type: 'final',
      output: ({ context }) => signInScreenOf(context),
    },
    kiosk: { meta: shows('kiosk', '2.3 [D]'), type: 'final', output: ({ context }) => kioskOf(context) },
    restart: { type: 'final', output: ({ context }) => ({ kind: 'restart', reason: context.restartReason }) },
    powerOff: { type: 'final', output: { kind: 'powerOff', reason: 'the technician resealed it' } },
    reset: { type: 'final', output: ({ context }) => ({ kind: 'reset', what: context.resetKind }) },
  },
})
