import type { KioskSignIn } from '../domain/kiosk.ts'
import { decodeAssignedAccess } from '../protocols/assigned-access/configuration.ts'

const CONFIGURATION = './Device/Vendor/MSFT/AssignedAccess/Configuration'

/** "Multiple" restarts, where the sign-in can be lost (oobe-autopilot-esp.md, 2.3 [D]): how many is not published. */
const LOST_AFTER = 2

/** The tree, as far as it is read here. */
interface Tree {
  readPut(uri: string): string | undefined
}

/** The automatic sign-in of a kiosk, as Assigned Access sets it up. */
export class KioskAccount {
  readonly #csp: Tree
  readonly #lasts: boolean
  #restarts = 0

  /** @param lasts `kioskSignInLasts` */
  constructor(csp: Tree, lasts: boolean) {
    this.#csp = csp
    this.#lasts = lasts
  }

  /** The device has started. */
  started(): void {
    this.#restarts = this.#csp.readPut(CONFIGURATION) === undefined ? 0 : this.#restarts + 1
  }

  get signIn(): KioskSignIn {
    const text = this.#csp.readPut(CONFIGURATION)
    if (text === undefined) return { kind: 'none', why: 'no Assigned Access configuration' }
    const { autoLogon } = decodeAssignedAccess(text)
    if (!autoLogon) return { kind: 'none', why: 'the Assigned Access configuration has no AutoLogonAccount' }
    const isLost = !this.#lasts && this.#restarts >= LOST_AFTER
    return { kind: isLost ? 'lost' : 'automatic', kiosk: autoLogon }
  }
}
