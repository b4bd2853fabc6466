import { AGENT_PROVIDER, type EspProgress, type EspStatus, type EspStep, type EspStepId } from '../../domain/esp.ts'
import type { CategoryState } from '../../domain/screen.ts'
import { CODE, codeOfSigned } from '../../domain/windows-codes.ts'
import { CERTIFICATE_STATUS } from '../client-certificates.ts'
import type { CspTree } from '../csp/csp-tree.ts'
import { keyOf } from '../csp/node-key.ts'
import { type AppMark, isOffice, orderedApp, orderedUri, trackedApp } from './apps.ts'
import { type ComputedProgress, type EspOptions, isOver, ROOT, statusOf } from './progress.ts'
import { NamedEntries, NodesBelow, pathOf } from './watched.ts'

type NodeMark = 'there' | 'needsRestart'

/** Device setup and account setup: what the server lists, and what agents list of their own apps. */
export class SetupProgress implements ComputedProgress {
  readonly #tree: CspTree
  readonly #isDevice: boolean
  readonly #waitsForSidecar: boolean
  /** What every key of the account in the tree begins with. */
  readonly #account: string
  readonly #failureOf: NonNullable<EspOptions['failureOf']>
  readonly #sync: string
  readonly #agentsBase: string
  readonly #policies: NamedEntries<NodeMark>
  /** Those of the Policy CSP restart the device whether the server lists them or not. */
  readonly #restarting: NodesBelow<'needsRestart'>
  readonly #certificates: NamedEntries<NodeMark>[]
  readonly #networks: NamedEntries<NodeMark>
  readonly #ordered: NamedEntries<AppMark>[]
  readonly #lists: readonly { see(path: readonly string[]): boolean }[]
  readonly #agents: NodesBelow<'listed'>
  readonly #tracked: NodesBelow<AppMark>

  constructor(
    tree: CspTree,
    category: 'deviceSetup' | 'accountSetup',
    providerId: string,
    { waitsForSidecar = false, needsRestart = () => false, failureOf = () => undefined }: EspOptions = {},
  ) {
    this.#tree = tree
    this.#isDevice = category === 'deviceSetup'
    this.#waitsForSidecar = waitsForSidecar
    this.#failureOf = failureOf
    const root = this.#isDevice ? ROOT.device : ROOT.user
    const account = `${root}/DMClient/Provider/${encodeURIComponent(providerId)}`
    this.#account = keyOf(account)
    this.#sync = `${account}/FirstSyncStatus`
    const nodes = (list: string) =>
      new NamedEntries<NodeMark>(tree, `${this.#sync}/${list}`, (uri) => {
        if (!tree.has(uri)) return []
        return needsRestart(uri) ? ['there', 'needsRestart'] : ['there']
      })
    const apps = (list: string) =>
      new NamedEntries(tree, `${this.#sync}/${list}`, (uri) => orderedApp(tree, uri), orderedUri)
    this.#policies = nodes('ExpectedPolicies')
    this.#restarting = new NodesBelow(tree, `${ROOT.device}/Policy/Config`, 2, (uri) =>
      needsRestart(uri) ? ['needsRestart'] : [],
    )
    const scep = new NamedEntries<NodeMark>(tree, `${this.#sync}/ExpectedSCEPCerts`, (uri) =>
      tree.readInt(`${uri}/Status`) === CERTIFICATE_STATUS.installed ? ['there'] : [],
    )
    // Its thumbprint comes with the import (ClientCertificateInstall CSP); that the page waits for it is inferred.
    const pfx = new NamedEntries<NodeMark>(tree, `${this.#sync}/ExpectedPFXCerts`, (uri) =>
      tree.has(`${uri}/Thumbprint`) ? ['there'] : [],
    )
    this.#certificates = [scep, pfx]
    this.#networks = nodes('ExpectedNetworkProfiles')
    this.#ordered = [apps('ExpectedMSIAppPackages'), apps('ExpectedModernAppPackages')]
    this.#lists = [this.#policies, ...this.#certificates, this.#networks, ...this.#ordered]
    const tracking = `${root}/EnrollmentStatusTracking/Setup/Apps`
    this.#agentsBase = `${tracking}/PolicyProviders`
    this.#agents = new NodesBelow(tree, this.#agentsBase, 1, (uri) =>
      tree.readBool(`${uri}/TrackingPoliciesCreated`) ? ['listed'] : [],
    )
    this.#tracked = new NodesBelow(tree, `${tracking}/Tracking`, 2, (uri) => trackedApp(tree, uri))
  }

  see(changed: readonly string[]): boolean {
    let isMine = false
    for (const key of changed) {
      const path = pathOf(key)
      for (const list of this.#lists) if (list.see(path)) isMine = true
      if (key.startsWith(this.#account) || this.#agents.isBelow(key) || this.#tracked.isBelow(key)) isMine = true
      if (this.#restarting.see(key) !== undefined && this.#isDevice) isMine = true
      this.#agents.see(key)
      this.#tracked.see(key)
    }
    return isMine
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
    const failed = isListed ? this.#failure() : undefined
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

  #failure(): { code: string; step: EspStep } | undefined {
    for (const { tally } of this.#ordered) {
      const failed = tally.first('failed')
      if (failed !== undefined && isOffice(failed)) return WITHOUT_CODE
      if (failed !== undefined) return failedWith(codeOfSigned(this.#tree.readInt(`${failed}/LastError`)))
    }
    const failed = this.#tracked.tally.first('failed')
    if (failed === undefined) return undefined
    const code = codeOfSigned(this.#failureOf(failed) ?? 0)
    // Of an agent's app the page has no code but this one (oobe-autopilot-esp.md, 4.1 [F]); the outcome's is an assumption.
    if (code === CODE.appNotDetected) return failedWith(code)
    return WITHOUT_CODE
  }

  #restart(): Pick<EspProgress, 'needsRestart' | 'restartsNow'> {
    if (!this.#isDevice) return {}
    const [policies, apps] = [this.#policies.tally, this.#tracked.tally]
    const listed = policies.count('needsRestart') + apps.count('needsRestart')
    const isNeeded = listed + this.#restarting.tally.count('needsRestart') > 0
    return {
      ...(isNeeded ? { needsRestart: true } : {}),
      ...(apps.count('hardRestart') > 0 ? { restartsNow: true } : {}),
    }
  }
}

const IDENTIFYING = { state: 'inProgress', status: { says: 'identifying' } } as const
const NO_SETUP: EspStatus = { says: 'noSetup' }

const installedOf = (done: number, of: number): EspStatus => ({ says: 'installed', done, of })
/** What the page shows of an app whose nodes have no code; that of Office it has none either is an assumption. */
const WITHOUT_CODE: { code: string; step: EspStep } = {
  code: CODE.unspecifiedError,
  step: { id: 'apps', state: 'failed', status: { says: 'error' } },
}

const failedWith = (code: string): { code: string; step: EspStep } => ({
  code,
  step: { id: 'apps', state: 'failed', status: { says: 'code', code } },
})

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
