import type { EspProgress, EspStep, EspStepId } from '../../domain/esp.ts'
import type { CategoryState } from '../../domain/screen.ts'
import { CODE, codeOfSigned } from '../../domain/windows-codes.ts'
import type { CspTree } from '../csp/csp-tree.ts'
import { keyOf } from '../csp/node-key.ts'
import { type ComputedProgress, type EspOptions, ROOT, statusOf } from './progress.ts'
import { NodesBelow } from './watched.ts'

const PROVIDERS = `${ROOT.device}/EnrollmentStatusTracking/DevicePreparation/PolicyProviders`

/** A provider that is neither done nor failed is what device preparation waits for. */
type Mark = 'done' | 'failed' | 'awaited'

/** `InstallationState`: 1 not installed, 2 not required, 3 completed, 4 error. */
const MARKS: Record<number, readonly Mark[]> = { 2: ['done'], 3: ['done'], 4: ['failed'] }
const AWAITED: readonly Mark[] = ['awaited']

/** A policy provider that device preparation waits for. */
export interface AwaitedProvider {
  name: string
  timeoutMs: number
}

const uriOf = (name: string): string => `${PROVIDERS}/${encodeURIComponent(name)}`

export class DevicePreparation implements ComputedProgress {
  readonly #tree: CspTree
  readonly #providers: NodesBelow<Mark>
  /** Providers that nothing has asked about since they changed. */
  readonly #fresh: Set<string>
  readonly #overdue: ReadonlySet<string>

  constructor(tree: CspTree, { overdue = new Set() }: EspOptions = {}) {
    this.#tree = tree
    this.#overdue = overdue
    this.#providers = new NodesBelow(
      tree,
      PROVIDERS,
      1,
      (uri) => MARKS[tree.readInt(`${uri}/InstallationState`)] ?? AWAITED,
    )
    this.#fresh = new Set(tree.children(PROVIDERS).map(uriOf))
  }

  see(changed: readonly string[]): boolean {
    let isMine = false
    for (const key of changed) {
      if (!this.#providers.isBelow(key)) continue
      isMine = true
      const uri = this.#providers.see(key)
      if (uri !== undefined) this.#fresh.add(uri)
    }
    return isMine
  }

  /** Providers that are awaited, of those that have come or changed since the last call. */
  takeAwaited(): AwaitedProvider[] {
    const awaited = [...this.#fresh].filter((uri) => this.#providers.tally.isMarked(keyOf(uri), 'awaited'))
    this.#fresh.clear()
    return awaited.map((uri) => ({
      name: decodeURIComponent(uri.slice(PROVIDERS.length + 1)),
      timeoutMs: this.#tree.readInt(`${uri}/Timeout`) * 60_000,
    }))
  }

  now(): EspProgress {
    const { tally } = this.#providers
    const failed = tally.first('failed')
    const isLate = [...this.#overdue].some((name) => tally.isMarked(keyOf(uriOf(name)), 'awaited'))
    const isDone = tally.count('done') === tally.size
    const code =
      failed !== undefined
        ? codeOfSigned(this.#tree.readInt(`${failed}/LastError`))
        : isLate
          ? CODE.timedOut
          : undefined
    const state: CategoryState = code ? 'failed' : isDone ? 'succeeded' : 'inProgress'
    return {
      id: 'devicePreparation',
      state,
      status: statusOf(state),
      steps: [
        complete('securingHardware'),
        complete('joiningNetwork'),
        complete('registering'),
        { id: 'preparing', state, status: code ? { says: 'failedWith', code } : statusOf(state) },
      ],
      ...(code ? { code } : {}),
    }
  }
}

const complete = (id: EspStepId): EspStep => ({ id, state: 'succeeded', status: statusOf('succeeded') })
