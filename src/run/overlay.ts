import { type Actor, createActor, type InspectionEvent } from 'xstate'
import { type OverlayOutcome, overlayMachine } from '../../machines/overlay/overlay.ts'
import { resetTrouble } from '../device/resets.ts'
import type { VirtualDevice } from '../device/virtual-device.ts'
import { type Chord, isChord, type OverlayWindow } from '../domain/key-chords.ts'
import { PAGES, type PageId } from '../domain/pages.ts'
import { LOCAL_RESET_NODE } from '../domain/reset.ts'
import type { Display } from './display.ts'
import type { MachineRef } from './live-view.ts'

interface OverlayParts {
  device: VirtualDevice
  display: Display
  /** XState's clock. */
  clock: unknown
  /** Sees the steps of its statechart. */
  inspect(event: InspectionEvent): void
  /** The window has opened or closed. */
  onChange(): void
  onEnd(outcome: Exclude<OverlayOutcome, { kind: 'closed' }>): void
  /** Tells the page that an administrator is to reset the device here. */
  chooseReset(): void
  /** Nothing comes of the keys, and why. */
  refuse(reason: string): false
}

/** Pages that a device may begin with. */
const FIRST: readonly PageId[] = ['language', 'region', 'keyboard', 'secondKeyboard', 'network']
/** Pages after the first boot, or before Windows has started. */
const OUTSIDE_OOBE: readonly PageId[] = ['powerOn', 'kioskSignIn', 'nextSignIn', 'desktop', 'signInScreen', 'kiosk']

/** What key chords open above the pages of the first boot, which continue below. */
export class Overlay {
  readonly #parts: OverlayParts
  #actor: Actor<typeof overlayMachine> | undefined
  /** Pages that have waited for a person since the device has started. */
  readonly #asked = new Set<PageId>()

  constructor(parts: OverlayParts) {
    this.#parts = parts
  }

  /** The statechart of the window that is open. */
  get ref(): MachineRef | undefined {
    return this.#actor as unknown as MachineRef | undefined
  }

  onPage(page: PageId): void {
    if (PAGES[page].machine !== 'overlay') this.#asked.add(page)
  }

  /** The device is off, or starts anew. */
  close(): void {
    this.#actor?.stop()
    this.#actor = undefined
    this.#asked.clear()
  }

  /** False when nothing comes of the keys: the run learns why. */
  press(keys: string): boolean {
    const { display, refuse, device } = this.#parts
    const { screen } = display
    if (!isChord(keys)) return refuse(`Windows does nothing on ${keys}`)
    if (!screen) return refuse('the device is off, or the screen is dark')
    if (this.#actor) return refuse(`the page ${screen.page} is open: close it first`)
    if (keys === 'Ctrl+Win+R' && screen.page === 'nextSignIn') return this.#reset()
    if (OUTSIDE_OOBE.includes(screen.page)) return refuse(`the page ${screen.page} is no page of the first boot`)
    const found = this.#windowOf(keys, screen.page, device.definition.windows.edition === 'SE')
    if ('reason' in found) return refuse(found.reason)
    this.#open(found.window)
    return true
  }

  /** The lock screen, where a policy says whether there is a sign-in for it (oobe-autopilot-esp.md, 2.6 [D]). */
  #reset(): boolean {
    const { device, display, chooseReset, refuse } = this.#parts
    const value = device.csp.readPut(LOCAL_RESET_NODE)
    if (value !== '0') {
      const is = value === undefined ? 'not set, and 1 is its default' : value
      return refuse(`a local Autopilot Reset is not allowed: DisableAutomaticReDeploymentCredentials is ${is}`)
    }
    if (!display.isWaiting) return refuse('a person is signing in')
    chooseReset()
    return true
  }

  #windowOf(keys: Chord, page: PageId, isSe: boolean): { window: OverlayWindow } | { reason: string } {
    const isFirst = FIRST.includes(page) && [...this.#asked].every((asked) => asked === page)
    switch (keys) {
      case 'Shift+F10':
        return { window: isSe ? 'settings' : 'commandPrompt' }
      case 'Ctrl+Shift+D':
        return { window: 'diagnostics' }
      case 'Windows key five times':
        if (isSe && !this.#parts.device.behaviour.opensProvisioningOnSe) {
          return { reason: 'behaviour.opensProvisioningOnSe is false: Windows 11 SE does nothing' }
        }
        if (!isFirst && page !== 'signIn') {
          return { reason: `it works on the first page and on the sign-in page, and this is ${page}` }
        }
        return { window: 'provisioningOptions' }
      case 'Ctrl+Shift+F3':
        return isFirst ? { window: 'auditMode' } : { reason: `it works on the first page, and this is ${page}` }
      case 'Ctrl+Win+R':
        return { reason: 'it works at the lock screen of a device that is set up: the first boot has none' }
      case 'Ctrl+Alt+Delete':
        return { reason: 'it works at the sign-in screen of Windows: the first boot has none' }
      case 'Win+Ctrl+Enter':
        return { reason: 'Narrator is not part of the simulation' }
    }
  }

  #open(window: OverlayWindow): void {
    const { device, clock, inspect, onChange, onEnd } = this.#parts
    const actor = createActor(overlayMachine, {
      clock: clock as never,
      input: { window, facts: factsOf(device), resetTrouble: resetTrouble(device) ?? null },
      inspect,
    })
    this.#actor = actor
    actor.subscribe({
      complete: () => {
        const { status, output } = actor.getSnapshot()
        if (status !== 'done' || this.#actor !== actor) return
        this.#actor = undefined
        const outcome = output as OverlayOutcome
        if (outcome.kind === 'closed') onChange()
        else onEnd(outcome)
      },
    })
    actor.start()
    onChange()
  }
}

function factsOf({ definition: { windows, smbios, tpm }, network }: VirtualDevice) {
  const { via, ssid } = network.status
  return [
    { label: 'Serial number', value: smbios.serialNumber },
    { label: 'Model', value: `${smbios.manufacturer} ${smbios.productName}` },
    { label: 'Windows', value: `11 ${windows.edition} ${windows.build}` },
    { label: 'TPM', value: tpm ? tpm.version : 'none' },
    { label: 'Network', value: ssid ?? via },
  ]
}
