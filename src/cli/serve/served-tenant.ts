import { endpointsAt } from '../../domain/endpoints.ts'
import type { HttpRequest, HttpResponse, Peer } from '../../domain/http.ts'
import { InfrastructureError } from '../../domain/trouble.ts'
import { startTenant } from '../../mock-service/connect.ts'
import { json } from '../../mock-service/responses.ts'
import type { Tenant } from '../../mock-service/tenant.ts'
import { seededIds } from '../../ports/ids.ts'
import { seededChance } from '../../ports/seeded-chance.ts'
import { elapsed } from '../../ports/stopwatch.ts'
import { wholeTenant } from '../../scenario/whole-tenant.ts'
import { reportedKeys } from '../reported-keys.ts'
import type { DataFolder, Resumed } from './data-folder.ts'
import { DISK_FULL } from './folder-files.ts'
import type { Recorded } from './recorded.ts'
import type { State } from './snapshot.ts'

export interface ServedTenant {
  tenant: Tenant
  handle(request: HttpRequest, peer: Peer): HttpResponse
  /** Values that are the tenant's own: good until the next request. */
  state(): State
  /** Keeps the state, so that the next start asks nothing again. */
  stop(): void
}

/** Where requests are kept. */
type Keeper = Pick<DataFolder, 'record' | 'takeBack' | 'took' | 'wantsSnapshot' | 'snapshot'>

/** A GET leaves nothing behind (RFC 9110, 9.2.1), so that it need not be asked again. */
const isQuestion = ({ method }: HttpRequest): boolean => method === 'GET'

/**
 * A tenant behind a server. It is put where it was, and what it was asked since is asked again, at the times at which it
 * was: so it is as if it had never stopped, ids included.
 *
 * @param tell Says to the operator what has to be known of the disk.
 */
export function serveTenant(
  { beginning, state, requests }: Pick<Resumed, 'beginning' | 'state' | 'requests'>,
  data: Keeper | undefined,
  clock: () => number,
  tell: (note: string) => void = () => {},
): ServedTenant {
  const { definition, startedAt, seed, origin } = beginning
  let now = startedAt
  const chance = seededChance(seed, 'service')
  const { tenant, handle } = startTenant(
    wholeTenant(definition, startedAt, {
      endpoints: endpointsAt(origin),
      keys: reportedKeys,
      ids: seededIds(chance),
    }),
    () => now,
  )
  if (state) {
    now = state.now
    chance.state.set(state.chance)
    tenant.state = state.tenant
  }
  const sinceState = elapsed()
  for (const { at, request, peer } of requests) {
    now = at
    try {
      handle(request, peer)
    } catch {
      // It was reported as a bug when it came, and answered with 500; the tenant is as it was then.
    }
  }
  data?.took(sinceState())
  const current = (): State => ({ tenant: tenant.state, chance: [...chance.state], now })
  /** Another one means that something has changed. */
  const mark = (): string => `${tenant.changes.count} ${chance.state.join(' ')}`
  let isRefusing = false

  /** Kept before it is carried out, so that no answer is given that a crash could take back. The refusal, where the disk does not take it. */
  function keep(recorded: Recorded): HttpResponse | undefined {
    try {
      data!.record(recorded)
    } catch (error) {
      if (!(error instanceof InfrastructureError)) throw error
      if (!isRefusing) tell(`${error.code}: ${error.message}. Requests that change something are refused until it can`)
      isRefusing = true
      return refusalOf(error)
    }
    if (isRefusing) tell('the data folder can be written again: requests are accepted')
    isRefusing = false
    return undefined
  }

  /** Without a snapshot nothing is lost: the log only becomes longer. */
  function takeSnapshot(): void {
    try {
      data!.snapshot(current())
    } catch (error) {
      if (!(error instanceof InfrastructureError)) throw error
      tell(`${error.code}: ${error.message}. Nothing is lost: the requests are all kept`)
    }
  }

  return {
    tenant,
    handle(request, peer) {
      if (data?.wantsSnapshot) takeSnapshot()
      // The clock of a machine may be set back; the directory's past may not be rewritten.
      now = Math.max(now, clock())
      if (!data || isQuestion(request)) return handle(request, peer)
      // What becomes due by time alone does so again at the next request.
      tenant.settle()
      const before = mark()
      const refusal = keep({ at: now, request, peer })
      if (refusal) return refusal
      const since = elapsed()
      try {
        return handle(request, peer)
      } finally {
        if (mark() === before) data.takeBack()
        else data.took(since())
      }
    },
    state: current,
    stop() {
      if (data) takeSnapshot()
    },
  }
}

const refusalOf = ({ code }: InfrastructureError): HttpResponse =>
  code === DISK_FULL
    ? json(507, {
        error: 'insufficient_storage',
        error_description:
          'The disk of this server is full: the request was not accepted. Free space there, then send it again.',
      })
    : json(503, {
        error: 'temporarily_unavailable',
        error_description:
          'The data folder of this server cannot be written: the request was not accepted. The output of the server says why.',
      })
