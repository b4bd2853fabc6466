import { kioskSignInMachine } from '../../machines/pages/kiosk-sign-in.ts'
import type { KioskSignIn } from '../domain/kiosk.ts'
import { working } from './bindings.ts'

export const kioskSignIn = kioskSignInMachine.provide({
  actors: { readKiosk: working<KioskSignIn>(({ device }) => device.kiosk.signIn) },
})
