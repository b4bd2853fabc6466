import { AGENT_PROVIDER, type EspProgress, type EspStatus, type EspStep, type EspStepId } from '../../domain/esp.ts'
import type { CategoryState } from '../../domain/screen.ts'
import { CODE, codeOfSigned } from '../../domain/windows-codes.ts'
import type { CspTree } from '../csp/csp-tree.ts'
import { keyOf } from '../csp/node-key.ts'
import { wantsRestart } from '../restart-policies.ts'
import { type AppMark, orderedApp, orderedUri, trackedApp } from './apps.ts'
import { type ComputedProgress, type EspOptions, isOver, ROOT, statusOf } from './progress.ts'
import { NamedEntries, NodesBelow, pathOf } from './watched.ts'

type NodeMark = 'there' | 'needsRestart'

/** Device setup and account setup: what the server lists, and what agents list of their own apps. */
export class SetupProgress implements ComputedProgress {
  readonly #tree: CspTree
  readonly #isDevice: boolean
  readonly #waitsForSidecar: boolean
  readonly #sync: string
  readonly #agentsBase: string
  readonly #policies: NamedEntries<NodeMark>
  readonly #certificates: NamedEntries<NodeMark>[]
  readonly #networks: NamedEntries<NodeMark>
  readonly #ordered: NamedEntries<AppMark>[]
  readonly #agents: NodesBelow<'listed'>
  readonly #tracked: NodesBelow<AppMark>

  constructor(
    tree: CspTree,
    category: 'deviceSetup' | 'accountSetup',
    providerId: string,
    { waitsForSidecar = false, settledRestarts = new Set() }: EspOptions = {},
  ) {
    this.#tree = tree
    this.#isDevice = category === 'deviceSetup'
    this.#waitsForSidecar = waitsForSidecar
    const root = this.#isDevice ? ROOT.device : ROOT.user
    this.#sync = `${root}/DMClient/Provider/${encodeURIComponent(providerId)}/FirstSyncStatus`
    const nodes = (list: string) =>
      new NamedEntries<NodeMark>(tree, `${this.#sync}/${list}`, (uri) => {
        if (!tree.has(uri)) return []
        return wantsRestart(uri) && !settledRestarts.has(uri) ? ['there', 'needsRestart'] : ['there']
      })
    const apps = (list: string) =>
      new NamedEntries(tree, `${this.#sync}/${list}`, (uri) => orderedApp(tree, uri), orderedUri)
    this.#policies = nodes('ExpectedPolicies')
    this.#certificates = [nodes('ExpectedSCEPCerts'), nodes('ExpectedPFXCerts')]
    this.#networks = nodes('ExpectedNetworkProfiles')
    this.#ordered = [apps('ExpectedMSIAppPackages'), apps('ExpectedModernAppPackages')]
    const tracking = `${root}/EnrollmentStatusTracking/Setup/Apps`
    this.#agentsBase = `${tracking}/PolicyProviders`
    this.#agents = new NodesBelow(tree, this.#agentsBase, 1, (uri) =>
      tree.readBool(`${uri}/TrackingPoliciesCreated`) ? ['listed'] : [],
    )
    this.#tracked = new NodesBelow(tree, `${tracking}/Tracking`, 2, (uri) => trackedApp(tree, uri))
  }

  see(changed: readonly string[]): void {
    const lists = [this.#policies, ...this.#certificates, this.#networks, ...this.#ordered]
    for (const key of changed) {
      const path = pathOf(key)
      for (const list of lists) list.see(path)
      this.#agents.see(key)
      this.#tracked.see(key)
    }
  }

  now(): EspProgress {
    // A list that is absent is a list of nothing: the release alone ends the phase (mdm-protocols.md, 3.1 [O]).
    const isReleased = this.#tree.readBool(`${this.#sync}/ServerHasFinishedProvisioning`)
    const isKnown = isReleased || this.#tree.has(`${this.#sync}/ExpectedPolicies`)
    const steps = [
      counted('securityPolicies', 'applied', [this.#policies], isKnown),
      counted('certificates', 'applied', this.#certificates, isKnown),
      counted('networkConnections', 'added', [this.#networks], isKnown),
    ]
    const isListed = this.#hasLists()
    const failed = isListed ? this.#failedApps() : undefined
    const all = [...steps, failed?.step ?? this.#appStep(isListed, isKnown, isReleased)]
    const state: CategoryState = failed ? 'failed' : all.every(isOver) ? 'succeeded' : 'inProgress'
    return {
      id: this.#isDevice ? 'deviceSetup' : 'accountSetup',
      state,
      status: statusOf(state),
      steps: all,
      ...(failed ? { code: failed.code } : {}),
      ...this.#restart(),
      ...(!isListed && steps.every(isOver) ? { isParked: true } : {}),
    }
  }

  /** Whether every registered agent has made its list. One that never does parks the page: there is no limit to it. */
  #hasLists(): boolean {
    const { tally } = this.#agents
    const sidecar = keyOf(`${this.#agentsBase}/${AGENT_PROVIDER}`)
    if (this.#waitsForSidecar && tally.size > 0 && !tally.has(sidecar)) return false
    return tally.count('listed') === tally.size
  }

  #appStep(isListed: boolean, isKnown: boolean, isReleased: boolean): EspStep {
    const tallies = [...this.#ordered, this.#tracked].map(({ tally }) => tally)
    const size = tallies.reduce((sum, tally) => sum + tally.size, 0)
    const installed = tallies.reduce((sum, tally) => sum + tally.count('installed'), 0)
    if (!isListed || (!isKnown && size === 0)) return { id: 'apps', ...IDENTIFYING }
    if (installed < size) return { id: 'apps', state: 'inProgress', status: installedOf(installed, size) }
    // Until the server says so, more may come: the last step stays open.
    if (!isReleased) {
      return size === 0
        ? { id: 'apps', ...IDENTIFYING }
        : { id: 'apps', state: 'inProgress', status: installedOf(size, size) }
    }
    if (size === 0) return { id: 'apps', state: 'notRequired', status: NO_SETUP }
    return { id: 'apps', state: 'succeeded', status: installedOf(size, size) }
  }

  /** The step with the first app that failed, and its code. */
  #failedApps(): { step: EspStep; code: string } | undefined {
    for (const { tally } of this.#ordered) {
      const failed = tally.first('failed')
      if (failed === undefined) continue
      const code = codeOfSigned(this.#tree.readInt(`${failed}/LastError`))
      return { step: { id: 'apps', state: 'failed', status: { says: 'code', code } }, code }
    }
    if (this.#tracked.tally.count('failed') === 0) return undefined
    // An agent has no node for the code of a failure: the page names none (reference: oobe-autopilot-esp.md, 4.1 [F]).
    return { step: { id: 'apps', state: 'failed', status: { says: 'error' } }, code: CODE.unspecifiedError }
  }

  #restart(): Pick<EspProgress, 'needsRestart' | 'restartsNow'> {
    if (!this.#isDevice) return {}
    const [policies, apps] = [this.#policies.tally, this.#tracked.tally]
    const isNeeded = policies.count('needsRestart') + apps.count('needsRestart') > 0
    return {
      ...(isNeeded ? { needsRestart: true } : {}),
      ...(apps.count('hardRestart') > 0 ? { restartsNow: true } : {}),
    }
  }
}

const IDENTIFYING = { state: 'inProgress', status: { says: 'identifying' } } as const
const NO_SETUP: EspStatus = { says: 'noSetup' }

const installedOf = (done: number, of: number): EspStatus => ({ says: 'installed', done, of })

/** @param isKnown the server lists nothing more: a list that is empty is no setup, and not one that is to come */
function counted(
  id: EspStepId,
  says: 'applied' | 'added',
  lists: readonly NamedEntries<NodeMark>[],
  isKnown: boolean,
): EspStep {
  const size = lists.reduce((sum, { tally }) => sum + tally.size, 0)
  const done = lists.reduce((sum, { tally }) => sum + tally.count('there'), 0)
  if (size === 0 && !isKnown) return { id, ...IDENTIFYING }
  if (size === 0) return { id, state: 'notRequired', status: NO_SETUP }
  return { id, state: done === size ? 'succeeded' : 'inProgress', status: { says, done, of: size } }
}
