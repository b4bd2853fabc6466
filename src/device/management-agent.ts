import type { WorkloadState } from '../domain/device-preparation.ts'
import { codeOfSigned } from '../domain/windows-codes.ts'
import type { AgentApp } from '../protocols/agent-apps/agent-apps.ts'
import { mayBeginAt, type Turn } from './agent-turn.ts'
import type { CspTree } from './csp/csp-tree.ts'
import { keyOf } from './csp/node-key.ts'

/** A check-in asks for the apps of the device, or of the person at it. */
export type AgentScope = 'device' | 'user'

/** One asking for apps. Another person at the device makes it another one. */
export interface CheckIn {
  readonly scope: AgentScope
}

interface TrackedApp {
  scope: AgentScope
  app: AgentApp
  /** Its place in the sequence of all. */
  place: number
}

const rootOf = (scope: AgentScope): string =>
  `./${scope === 'device' ? 'Device' : 'User'}/Vendor/MSFT/EnrollmentStatusTracking`

/** `InstallationState` and `RebootRequired` of an app. */
export const APP_STATE = { notInstalled: '1', inProgress: '2', completed: '3', error: '4' } as const
export const REBOOT = { none: '1', soft: '2', hard: '3' } as const

/**
 * The management extension on the device: it registered with the Enrollment Status Page, lists the apps that the page is to
 * wait for, and installs them one at a time in their order (reference: oobe-autopilot-esp.md, 4.5 [M]). Kept on the disk.
 */
export class ManagementAgent {
  readonly provider: string
  readonly appsUrl: string
  readonly #csp: CspTree
  readonly #onSettled: () => void
  #checkIns: CheckIn[] = [{ scope: 'device' }]
  readonly #apps = new Map<AgentApp, TrackedApp>()
  #places = 0
  /** Those that wait, and those that failed, in the sequence in which they came to it. */
  readonly #waiting: Record<AgentScope, Set<TrackedApp>> = { device: new Set(), user: new Set() }
  readonly #failed: Record<AgentScope, Set<TrackedApp>> = { device: new Set(), user: new Set() }
  /** Those that no page waits for: they stop none. */
  readonly #failedAside: Record<AgentScope, Set<TrackedApp>> = { device: new Set(), user: new Set() }
  readonly #skipped = new Set<AgentApp>()
  /** Ids of apps that are installed; those of a person with the person. */
  readonly #present = new Set<string>()
  /** Ids of apps that are uninstalled. */
  readonly #removed = new Set<string>()
  /** By the keys of their nodes. */
  readonly #failures = new Map<string, number>()
  #user: string | undefined
  /** Virtual milliseconds: a check-in that failed waits so long. */
  retryAt = 0

  /** @param onSettled hears when a check-in or an app has come to its end */
  constructor(provider: string, appsUrl: string, csp: CspTree, onSettled: () => void = () => {}) {
    this.#onSettled = onSettled
    this.provider = provider
    this.appsUrl = appsUrl
    this.#csp = csp
    const preparation = `${rootOf('device')}/DevicePreparation/PolicyProviders/${encodeURIComponent(provider)}`
    csp.set(`${preparation}/InstallationState`, 'int', APP_STATE.completed)
    if (csp.user !== undefined) this.userSignedIn(csp.user)
  }

  /** A check-in that is due: it comes before any installation, since the page waits for its list. */
  nextCheckIn(now: number): CheckIn | undefined {
    return now >= this.retryAt ? this.#checkIns[0] : undefined
  }

  /** What is next, and when it may begin, in virtual milliseconds. */
  #next(turn: Turn): (TrackedApp & { at: number })[] {
    return (['device', 'user'] as const).flatMap((scope) => {
      // One app that failed stops those behind it, as long as the page is there (reference: oobe-autopilot-esp.md, 4.5 [S]).
      const isStopped = this.#failed[scope].size > 0 && turn.pageClosedAt === undefined
      const next = isStopped ? undefined : this.#waiting[scope].values().next().value
      const at = next && mayBeginAt(next.app, turn)
      return next && at !== undefined ? [{ ...next, at }] : []
    })
  }

  /** A check-in is due, and none of its tries has failed. */
  isToCheckIn(now: number): boolean {
    return this.#checkIns.length > 0 && this.retryAt <= now
  }

  nextApp(turn: Turn): { scope: AgentScope; app: AgentApp } | undefined {
    const [one, other] = this.#next(turn).filter(({ at }) => at <= turn.now)
    return one && other ? (one.place < other.place ? one : other) : one
  }

  /** How many virtual milliseconds are left until something is due; undefined where nothing is. */
  waitMs(turn: Turn): number | undefined {
    const times = [...(this.#checkIns.length > 0 ? [this.retryAt] : []), ...this.#next(turn).map(({ at }) => at)]
    return times.length === 0 ? undefined : Math.max(0, Math.min(...times) - turn.now)
  }

  /** Names of what is to come, also when the page is over. */
  open(): string[] {
    return (['device', 'user'] as const).flatMap((scope) => [...this.#waiting[scope]].map(({ app }) => app.name))
  }

  /** Whether its detection rule finds an app. */
  isPresent({ id, isPreinstalled }: Pick<AgentApp, 'id' | 'isPreinstalled'>): boolean {
    const isInstalled = this.#present.has(id) || this.#present.has(this.#ofUser(id))
    return isInstalled || (isPreinstalled === true && !this.#removed.has(id))
  }

  /** Its detection rule finds it no more. */
  removed(id: string): void {
    this.#present.delete(id)
    this.#present.delete(this.#ofUser(id))
    this.#removed.add(id)
  }

  #ofUser(id: string): string {
    return `${this.#user ?? ''} ${id}`
  }

  /** What became of an app or a script of the device, as device preparation puts it (2.8 [F]); undefined before the list is here. */
  stateOf(id: string): WorkloadState | undefined {
    const app = this.#deviceApp(id)
    if (!app) return undefined
    if (this.#skipped.has(app)) return 'skipped'
    const node = this.#trackingOf('device', app)
    const state = this.#csp.read(`${node}/InstallationState`)
    if (state === APP_STATE.error) return 'failed'
    if (state === APP_STATE.inProgress) return 'inProgress'
    if (state !== APP_STATE.completed) return 'notStarted'
    return (this.#csp.read(`${node}/RebootRequired`) ?? REBOOT.none) === REBOOT.none ? 'completed' : 'rebootRequired'
  }

  /** Windows code of one that failed. */
  codeOf(id: string): string | undefined {
    const app = this.#deviceApp(id)
    const hresult = app && this.failureAt(this.#trackingOf('device', app))
    return hresult === undefined ? undefined : codeOfSigned(hresult)
  }

  /** Its requirements are not met: it is passed over. */
  skip(app: AgentApp): void {
    this.#skipped.add(app)
    this.finish(app)
  }

  #deviceApp(id: string): AgentApp | undefined {
    return [...this.#apps.values()].find(({ scope, app }) => scope === 'device' && app.id === id)?.app
  }

  /** Another person is at the device: what they are to get has to be asked for. */
  userSignedIn(user: string): void {
    if (user === this.#user) return
    this.#user = user
    for (const [app, { scope }] of [...this.#apps]) if (scope === 'user') this.#apps.delete(app)
    this.#waiting.user.clear()
    this.#failed.user.clear()
    this.#failedAside.user.clear()
    this.#checkIns = [...this.#checkIns.filter(({ scope }) => scope === 'device'), { scope: 'user' }]
  }

  /** False once it was for a person who is not at the device any more. */
  isDue(checkIn: CheckIn): boolean {
    return this.#checkIns.includes(checkIn)
  }

  /** The list is complete, and the page learns of it. One for another person is dropped: theirs is still to be asked for. */
  checkedIn(checkIn: CheckIn, apps: readonly AgentApp[]): void {
    if (!this.isDue(checkIn)) return
    const { scope } = checkIn
    this.#checkIns = this.#checkIns.filter((other) => other !== checkIn)
    for (const app of apps) {
      this.set(scope, app, 'InstallationState', APP_STATE.notInstalled)
      const entry = { scope, app, place: this.#places++ }
      this.#apps.set(app, entry)
      this.#waiting[scope].add(entry)
    }
    const registered = `${rootOf(scope)}/Setup/Apps/PolicyProviders/${encodeURIComponent(this.provider)}`
    this.#csp.set(`${registered}/TrackingPoliciesCreated`, 'bool', 'true')
    this.#onSettled()
  }

  /** @param hresult of an app that failed, as a signed number */
  finish(app: AgentApp, hresult?: number): void {
    const entry = this.#apps.get(app)
    if (!entry) return
    this.#waiting[entry.scope].delete(entry)
    if (hresult !== undefined) this.#noteFailure(entry, hresult)
    else if (!this.#skipped.has(app)) this.#present.add(entry.scope === 'device' ? app.id : this.#ofUser(app.id))
    this.#onSettled()
  }

  #noteFailure(entry: TrackedApp, hresult: number): void {
    const { app, scope } = entry
    const failed = app.isUntracked ? this.#failedAside : this.#failed
    failed[scope].add(entry)
    this.#failures.set(keyOf(this.#trackingOf(scope, app)), hresult)
  }

  /** HRESULT of an app that failed, by the URI of its node. The nodes of the page have no place for it. */
  failureAt(uri: string): number | undefined {
    return this.#failures.get(keyOf(uri))
  }

  /** A person pressed Try again. True when there is something to do. */
  retryFailed(): boolean {
    const failed = (['device', 'user'] as const).flatMap((scope) => this.#putBack(scope))
    for (const { scope, app } of failed) this.set(scope, app, 'InstallationState', APP_STATE.notInstalled)
    return failed.length > 0
  }

  /** What failed waits again, in its old place. */
  #putBack(scope: AgentScope): TrackedApp[] {
    const failed = [...this.#failed[scope], ...this.#failedAside[scope]]
    if (failed.length === 0) return failed
    const waiting = [...failed, ...this.#waiting[scope]].sort((a, b) => a.place - b.place)
    this.#failed[scope].clear()
    this.#failedAside[scope].clear()
    this.#waiting[scope].clear()
    for (const entry of waiting) this.#waiting[scope].add(entry)
    return failed.sort((a, b) => a.place - b.place)
  }

  /** The device has started again: no app waits for it any more. */
  started(): void {
    for (const { scope, app } of this.#apps.values()) {
      if (scope === 'device') this.set(scope, app, 'RebootRequired', REBOOT.none)
    }
  }

  set(scope: AgentScope, app: AgentApp, node: 'InstallationState' | 'RebootRequired', value: string): void {
    if (app.isUntracked) return
    this.#csp.set(`${this.#trackingOf(scope, app)}/${node}`, 'int', value)
  }

  /** That scripts are beside the apps is assumed: the page of device preparation has no nodes for either. */
  #trackingOf(scope: AgentScope, { id, revision, kind }: AgentApp): string {
    const tracking = `${rootOf(scope)}/Setup/Apps/Tracking/${encodeURIComponent(this.provider)}`
    return `${tracking}/${kind === 'script' ? 'Script' : 'Win32App'}_${encodeURIComponent(id)}_${revision}`
  }
}
