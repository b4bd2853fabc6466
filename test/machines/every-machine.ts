import type { AnyStateMachine } from 'xstate'
import { oobeMachine } from '../../machines/oobe/oobe.ts'
import { overlayMachine } from '../../machines/overlay/overlay.ts'
import { statechartsFrom } from '../../src/run/statecharts.ts'

/** Every statechart of the device, with nothing bound. */
export const MACHINES: AnyStateMachine[] = [...statechartsFrom(oobeMachine), overlayMachine]
