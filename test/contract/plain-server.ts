import { writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import type { HttpRequest } from '../../src/domain/http.ts'
import { DEFAULT_NETWORK } from '../../src/domain/network.ts'
import type { TenantDefinition } from '../../src/domain/tenant.ts'
import { decodeSyncML } from '../../src/protocols/syncml/decode.ts'
import type { Command } from '../../src/protocols/syncml/message.ts'
import type { RunSpec } from '../../src/run/run-spec.ts'
import { judged } from '../../src/scenario/run-scenario.ts'
import {
  type Exchange,
  type Foreign,
  HAPPY_PATH,
  type Played,
  type Playing,
  play,
  type Seen,
  startServer,
} from './foreign-server.ts'

export type PlainRun = Played & { log: Seen[] }

/** Starts the server that is like those in use. */
export const startPlain = (...habits: string[]): Promise<Foreign> => startServer('plain.py', habits)

export async function againstPlain(habits: string[], playing: Playing = {}): Promise<PlainRun> {
  const plain = await startPlain(...habits)
  const same = (request: HttpRequest) => request
  try {
    const played = await play(playing.scenario ?? HAPPY_PATH, plain.target, same, playing)
    return { ...played, log: plain.log() }
  } finally {
    await plain.stop()
  }
}

/** What a run says of itself that expects nothing but an end, as far as a verdict needs it. */
export const EXPECTING_NOTHING = {
  expect: null,
  events: [],
  device: { adapters: [] },
  network: DEFAULT_NETWORK,
  places: {},
} as unknown as RunSpec

/** Failures and causes of a run that expects nothing but an end. */
export function verdictOf({ run, result }: Played) {
  const prepared = { run, release: () => {}, service: { title: 'Allotment', requests: () => 9 } }
  judged(prepared, EXPECTING_NOTHING, result)
  const entry = run.journal.entries.at(-1)
  if (entry?.kind !== 'verdict') throw new Error('the journal does not end with a verdict')
  return entry
}

/** Command, node, value and format. */
type Order = [kind: string, uri: string, data: string | null, format: string]

/** What `lists=given` of plain.py reads. */
interface Orders {
  device: Order[]
  user: Order[]
  releases: TenantDefinition['management']['releases']
}

/** The mock's name of its account, and that of the other server. */
const PROVIDERS = ['MS%20DM%20Server', 'Allotment'] as const
/** What the other server sends anyhow. */
const OWN = /\/ServerHasFinishedProvisioning$|\/Provider\/[^/]+(\/FirstSyncStatus)?$/

/** Has a server order what the mock has ordered in a run, in its own way, each node once; and hands out what that leads to. */
export function giveOrders(
  { folder, target }: Foreign,
  exchanges: readonly Exchange[],
  tenant: TenantDefinition,
): void {
  const { origin } = new URL(target.endpoints.discovery!)
  const parcels = new Map<string, string>()
  for (const { request, response } of exchanges) {
    if (request.method !== 'GET' || !/\.(msi|msix)$/.test(request.url)) continue
    const name = basename(request.url)
    parcels.set(request.url, `${origin}/parcels/${name}`)
    writeFileSync(join(folder, name), response.body)
  }
  const here = (data: string): string => [...parcels].reduce((text, [from, to]) => text.replaceAll(from, to), own(data))
  const seen = new Set<string>()
  const orders = exchanges
    .filter(({ response }) => response.headers['content-type']?.includes('syncml'))
    .flatMap(({ response }) => flat(decodeSyncML(response.body).commands))
    .map(([kind, uri, data, format]): Order => [kind, own(uri), data && here(data), format])
    .filter(([kind, uri]) => !OWN.test(uri) && !seen.has(`${kind} ${uri}`) && seen.add(`${kind} ${uri}`))
  const isOfUser = ([, uri]: Order) => uri.startsWith('./User/')
  const given: Orders = {
    device: orders.filter((order) => !isOfUser(order)),
    user: orders.filter(isOfUser),
    releases: tenant.management.releases,
  }
  writeFileSync(join(folder, 'orders.json'), JSON.stringify(given))
}

const own = (text: string): string => text.replaceAll(...PROVIDERS)

const flat = (commands: readonly Command[]): Order[] =>
  commands.flatMap((command) => {
    if ('commands' in command) return flat(command.commands)
    if (command.kind !== 'Add' && command.kind !== 'Replace' && command.kind !== 'Exec') return []
    return command.items.map(
      ({ target, meta, data }): Order => [
        command.kind,
        target ?? '',
        data ?? null,
        meta?.format ?? command.meta?.format ?? 'chr',
      ],
    )
  })
