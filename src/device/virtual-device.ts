import { createHash, type KeyObject } from 'node:crypto'
import { type BootState, type DeviceFacts, FRESH_BOOT } from '../domain/boot.ts'
import type { TpmCondition } from '../domain/conditions.ts'
import type { DeviceDefinition } from '../domain/device.ts'
import { behaviourOf, type DeviceBehaviour } from '../domain/device-behaviour.ts'
import { whatIsWrongWithDeviceName } from '../domain/device-names.ts'
import { MOCK_ENDPOINTS } from '../domain/endpoints.ts'
import { asGuid } from '../domain/enrollment-id.ts'
import { type EventLog, eventLog } from '../domain/event-log.ts'
import { type HttpRequest, NO_BODY } from '../domain/http.ts'
import type { JournalWriter } from '../domain/journal.ts'
import type { NetworkEnvironment } from '../domain/network.ts'
import type { ResetKind } from '../domain/reset.ts'
import { restartRule } from '../domain/restart-policies.ts'
import { SILENT_SERVICES } from '../domain/service-hosts.ts'
import type { Trouble } from '../domain/trouble.ts'
import type { Chance } from '../ports/chance.ts'
import type { Authorities } from '../ports/http.ts'
import type { KeySource } from '../ports/keys.ts'
import { encodeHardwareHash, hardwareHashToBase64 } from '../protocols/hardware-hash/encode.ts'
import { ClientCertificates } from './client-certificates.ts'
import { logCommand } from './csp/command-events.ts'
import { computedNodes } from './csp/computed-nodes.ts'
import { CspTree } from './csp/csp-tree.ts'
import type { CERTIFICATE_STORES } from './csp/rules/root-certificates.ts'
import { deviceFactsOf } from './device-facts.ts'
import { deviceKey, type KeyLabel, keyOfCertificate } from './device-keys.ts'
import { expandDeviceName, initialDeviceName } from './device-name.ts'
import { hardwareReportOf } from './hardware-report.ts'
import { HealthAttestation } from './health-attestation.ts'
import type { Held } from './held.ts'
import { InstallationQueue } from './installation-queue.ts'
import { InstalledWindows } from './installed-windows.ts'
import { Installer } from './installer.ts'
import { KeyPort } from './key-port.ts'
import { KioskAccount } from './kiosk.ts'
import type { ManagementAccount } from './management-account.ts'
import type { ManagementAgent } from './management-agent.ts'
import { type Senses, VirtualNetwork } from './network/virtual-network.ts'
import { isKeptNode, keptBoot } from './resets.ts'
import { securityKeyOf } from './security-key.ts'
import { StatusPage } from './status-page.ts'
import { Storage } from './storage.ts'
import { VirtualTpm } from './tpm.ts'

export interface DeviceParts {
  definition: DeviceDefinition
  environment: NetworkEnvironment
  keys: KeySource
  journal: JournalWriter
  chance: Chance
  /** The device's clock, Unix milliseconds. */
  clock: () => number
  /** What the network knows of the run; left out: nothing happens to it. */
  senses?: Senses
  /** `Area/Name` of policies that restart this device, or break its sign-in, beside those of the tables. */
  restartPolicies?: readonly string[]
  signInPolicies?: readonly string[]
}

const COMPUTER_NAME = './Device/Vendor/MSFT/Accounts/Domain/ComputerName'
const EK_SERVICES = ['ekIntel', 'ekAmd', 'ekQualcomm'] as const

/** What reaches the management client from outside of its sessions. */
export type ManagementEvent =
  /** The server's push arrived (WNS). */
  | 'push.received'
  /** A person disconnects the work or school account in Settings. */
  | 'account.disconnected'
  /** Something on the device asks for a session now. */
  | 'sync.asked'
  /** A session with the server came to its end. */
  | 'session.held'

/** A definition brought to life. Its disk, tree and certificates survive a restart; a reset wipes them. */
export class VirtualDevice {
  readonly definition: DeviceDefinition
  readonly tpm: VirtualTpm | undefined
  readonly network: VirtualNetwork
  readonly csp: CspTree
  readonly installations = new InstallationQueue()
  readonly installer = new Installer()
  readonly keyPort: KeyPort
  readonly certificates = new ClientCertificates()
  readonly storage: Storage
  readonly windows: InstalledWindows
  readonly health: HealthAttestation
  readonly kiosk: KioskAccount
  readonly log: EventLog
  readonly clock: () => number
  disk: BootState
  /** Certificate of the Microsoft Entra join. */
  joinCertificate: Uint8Array | undefined
  /** `OpaqueBlob` of the terms of use, and who accepted them: the enrolment shows it, after a restart too. */
  acceptedTerms: { upn: string; blob: string } | undefined
  /** Certificate of the key that represents the TPM. */
  attestationCertificate: Uint8Array | undefined
  management: ManagementAccount | undefined
  /** OMA-DM sessions of the account, over restarts too: each has its own id. */
  sessionsBegun = 0
  /** How many of them were held to their end. */
  sessionsHeld = 0
  /** What the last session failed with. */
  sessionTrouble: Trouble | undefined
  /** Why the last reset was not begun, until a reset is. */
  refusedReset: Trouble | undefined
  #sessionsSinceStart = 0
  /** The management extension, once it is installed. */
  agent: ManagementAgent | undefined
  /** What device preparation lets be installed now. */
  held: Held
  readonly statusPage = new StatusPage()
  boots = 0
  /** `TenantMatched` of the Autopilot diagnostics in the registry. */
  tenantMatched: boolean | undefined
  /** Members of the local Administrators group, by UPN. */
  administrators: string[] = []
  hasOldEnrollment: boolean
  /** What this device does where no source says what Windows does. */
  readonly behaviour: DeviceBehaviour
  readonly signInPolicies: readonly string[] | undefined
  readonly #restarts: (uri: string) => boolean
  #settledRestarts: ReadonlySet<string> = new Set()
  readonly #managementListeners = new Set<(event: ManagementEvent) => void>()
  readonly #digests: Record<string, string> = {}
  readonly #keys: KeySource
  readonly #initialName: string
  readonly #chance: Chance

  constructor({ definition, environment, keys, journal, chance, clock, senses, ...policies }: DeviceParts) {
    this.#restarts = restartRule(policies.restartPolicies)
    this.signInPolicies = policies.signInPolicies
    this.definition = definition
    this.windows = new InstalledWindows(definition.windows)
    this.storage = new Storage(definition.windows.recovery)
    this.behaviour = behaviourOf(definition.behaviour)
    this.clock = clock
    this.log = eventLog(journal)
    this.#keys = keys
    this.keyPort = new KeyPort((name) => securityKeyOf(definition, keys, name))
    const madeAt = clock()
    this.network = new VirtualNetwork(environment, definition.adapters, senses)
    this.tpm =
      definition.tpm?.version === '2.0'
        ? new VirtualTpm(definition.tpm, keys, journal, () => clock() - madeAt)
        : undefined
    if (this.tpm?.facts.faults?.includes('certificateFetchBlocked')) {
      for (const service of EK_SERVICES) this.network.change({ block: new URL(MOCK_ENDPOINTS[service]).hostname })
    }
    this.#initialName = initialDeviceName(chance)
    this.disk = { ...FRESH_BOOT, deviceName: this.#initialName }
    this.hasOldEnrollment = definition.disk.isEnrolled === true
    this.csp = new CspTree(
      journal,
      () => this.management?.providerId,
      () => computedNodes(this),
      (command) => logCommand(this, command),
    )
    this.health = new HealthAttestation(definition.tpm, this.csp)
    this.kiosk = new KioskAccount(this.csp, this.behaviour.kioskSignInLasts)
    this.#chance = chance
  }

  get facts(): DeviceFacts {
    return deviceFactsOf(this)
  }

  /** The hardware hash, captured now: base64, 4000 characters. */
  hardwareHash(): string {
    const modulus = this.tpm?.isAway ? undefined : this.tpm?.endorsementModulus()
    const now = { ...this.definition, windows: { ...this.definition.windows, build: this.windows.build } }
    const report = hardwareReportOf(now, modulus ? { modulus } : undefined, this.clock())
    return hardwareHashToBase64(encodeHardwareHash(report))
  }

  /** Private key of a certificate; longer than 2048 bits where a policy asks for it. */
  key(label: KeyLabel, bits = 2048): KeyObject {
    return deviceKey(this.definition, this.#keys, label, bits)
  }

  /** Private key of one of its certificates; undefined for any other. */
  keyOf(certificate: Uint8Array): KeyObject | undefined {
    return keyOfCertificate(this.definition, this.#keys, certificate)
  }

  /** 32 hexadecimal digits: the DeviceID of the enrolment and the source of every OMA-DM message. */
  get deviceId(): string {
    return this.#digest('device-id').slice(0, 32).toUpperCase()
  }

  /** The id of the enrolment in the registry and in events: the same digits as a GUID. */
  get enrollmentId(): string {
    return asGuid(this.deviceId)
  }

  /** A GUID of this device for what Windows gives one to: always the same for the same purpose. */
  guidFor(purpose: string): string {
    return asGuid(this.#digest(purpose).slice(0, 32).toUpperCase())
  }

  /** 64 hexadecimal digits that stand for the hardware. */
  get hardwareDeviceId(): string {
    return this.#digest('hardware-device-id').toUpperCase()
  }

  powerOn(): void {
    this.boots++
    this.#sessionsSinceStart = 0
    this.health.forget()
    this.tpm?.powerOff()
    this.network.powerOn()
    this.installer.end()
    this.keyPort.empty()
    this.windows.started()
    this.disk = this.storage.found(this.disk)
    this.csp.hasUser = false
    this.agent?.started()
    this.kiosk.started()
    this.#settledRestarts = new Set(this.csp.uris().filter(this.#restarts))
    if (this.disk.profile && this.disk.isJoined) this.log('alreadyProvisioned')
    this.#takeNewName()
  }

  /** Whether a change of a node restarts this device at the end of device setup. */
  restartsBy(uri: string): boolean {
    return this.#restarts(uri)
  }

  /** Whether a node that is there needs a restart, and has had none since. */
  needsRestart = (uri: string): boolean => this.#restarts(uri) && !this.#settledRestarts.has(uri)

  /** A person is at the device, and management has a part for them. */
  signIn(upn: string): void {
    if (!this.disk.isEnrolled) return
    if (this.csp.signIn(upn)) {
      this.installations.forgetUser()
      this.statusPage.forget()
    }
    this.agent?.userSignedIn(upn)
    this.installations.announce()
  }

  /** Something becomes of the TPM, or ends. False when nothing comes of it. */
  changeTpm(condition: TpmCondition, isSo: boolean): boolean {
    if (!this.tpm) return false
    if (condition !== 'cleared') return this.tpm.change(condition, isSo)
    const hasLost = this.management !== undefined || this.attestationCertificate !== undefined
    // What Windows does with a management key that is gone is not published: its sessions fail, an assumption.
    if (this.management) this.management.hasLostKey = true
    this.attestationCertificate = undefined
    this.tpm.powerOff()
    return hasLost
  }

  /** Whether a request goes to the management server of the account. */
  isManagementAddress(url: string): boolean {
    if (!this.management) return false
    const { providerId, address } = this.management
    const list = this.csp.read(
      `./Device/Vendor/MSFT/DMClient/Provider/${encodeURIComponent(providerId)}/ManagementServerAddressList`,
    )
    const plain = url.split('?')[0]!
    return plain === address.split('?')[0] || list?.includes(plain) === true
  }

  /** A push of the management server. It is a hint, and may be without effect. False when the network does not let it through. */
  receivePush(): boolean {
    const channel: HttpRequest = { method: 'GET', url: SILENT_SERVICES.push.url, headers: {}, body: NO_BODY }
    if (this.network.pass(channel, { isQuestion: true }).kind !== 'pass') return false
    this.log(this.behaviour.heedsPush ? 'pushReceived' : 'pushIgnored')
    if (this.behaviour.heedsPush) this.#announce('push.received')
    return true
  }

  /** Device preparation: what may be installed from now on. */
  hold(held: Held): void {
    this.held = held
    this.installations.announce()
  }

  /** The status page is over, or there was none. @param now virtual milliseconds */
  closePage(now: number): void {
    if (!this.statusPage.close(now)) return
    const open = this.agent?.open() ?? []
    if (open.length > 0) this.log('appsAfterThePage', { names: open.join(', ') })
    this.installations.announce()
  }

  /** A session is due now, whatever the schedule says. */
  syncNow(): void {
    this.#announce('sync.asked')
  }

  /** A person at the device ends its management. */
  disconnectAccount(): void {
    this.#announce('account.disconnected')
  }

  /** Sessions that came to their end since the device started, also those that the server aborted. */
  get sessionsSinceStart(): number {
    return this.#sessionsSinceStart
  }

  sessionOver(): void {
    this.#sessionsSinceStart++
    this.#announce('session.held')
  }

  onManagementEvent(listener: (event: ManagementEvent) => void): () => void {
    this.#managementListeners.add(listener)
    return () => this.#managementListeners.delete(listener)
  }

  /** What management brought is gone with the account: settings, certificates, schedule, orders. */
  unenroll(): void {
    this.management = undefined
    this.sessionsBegun = 0
    this.sessionsHeld = 0
    this.sessionTrouble = undefined
    this.agent = undefined
    this.held = undefined
    this.statusPage.forget()
    this.installations.clear()
    this.certificates.clear()
    this.health.forget()
    this.csp.clear()
    this.disk = { ...this.disk, isEnrolled: false }
  }

  /** What enrolment and the server's later orders put into the stores Root and CA; undefined where that is nothing. */
  get authorities(): Authorities | undefined {
    const roots = [...(this.management?.roots ?? []), ...this.certificatesOf('Root')]
    const intermediates = [...(this.management?.intermediates ?? []), ...this.certificatesOf('CA')]
    return roots.length + intermediates.length === 0 ? undefined : { roots, intermediates }
  }

  /** DER of the certificates that the server has put into a store. */
  certificatesOf(store: (typeof CERTIFICATE_STORES)[number]): Uint8Array[] {
    const path = `./Device/Vendor/MSFT/RootCATrustedCertificates/${store}`
    return this.csp
      .children(path)
      .map((name) => this.csp.read(`${path}/${encodeURIComponent(name)}/EncodedCertificate`))
      .filter((value) => value !== undefined)
      .map((value) => Buffer.from(value, 'base64'))
  }

  /** Back to the state in which it left the factory, or with membership and enrolment (oobe-autopilot-esp.md, 2.6 [D]). */
  reset(kind: ResetKind): void {
    const isKept = kind !== 'everything' && this.disk.isEnrolled
    const left = isKept ? keptBoot(this.disk, kind) : { ...FRESH_BOOT, deviceName: this.#initialName }
    this.disk = { ...left, isResetting: true }
    if (isKept) this.csp.clear((key) => isKeptNode(this.management?.providerId, key))
    else this.#leave()
    this.installations.clear()
    this.health.forget()
    this.storage.wipe()
    this.sessionsHeld = 0
    this.statusPage.forget()
    this.sessionTrouble = this.refusedReset = this.agent = this.held = undefined
    this.windows.wiped()
    this.administrators = []
    this.hasOldEnrollment &&= isKept
  }

  /** The tenant, and what is known of the school, are forgotten. */
  #leave(): void {
    this.csp.clear()
    this.certificates.clear()
    this.network.forget()
    this.joinCertificate = undefined
    this.acceptedTerms = undefined
    this.attestationCertificate = undefined
    this.management = undefined
    this.sessionsBegun = 0
    this.tenantMatched = undefined
  }

  #digest(purpose: string): string {
    const { uuid, serialNumber } = this.definition.smbios
    this.#digests[purpose] ??= createHash('sha256').update(`${purpose}\0${uuid}\0${serialNumber}`).digest('hex')
    return this.#digests[purpose]
  }

  #announce(event: ManagementEvent): void {
    for (const listener of [...this.#managementListeners]) listener(event)
  }

  /** Accounts CSP: the name holds from the next start on. */
  #takeNewName(): void {
    const template = this.csp.readPut(COMPUTER_NAME)
    if (template === undefined) return
    const deviceName = expandDeviceName(template, this.definition.smbios.serialNumber, this.#chance)
    this.csp.remove(COMPUTER_NAME)
    const wrong = whatIsWrongWithDeviceName(deviceName)
    if (wrong === undefined) this.disk = { ...this.disk, deviceName }
    else this.log('computerNameNotTaken', { name: deviceName, wrong })
  }
}
