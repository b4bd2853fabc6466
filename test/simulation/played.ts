import type { JournalEntry, Outcome } from '../../src/domain/journal.ts'
import type { PageId } from '../../src/domain/pages.ts'
import type { Screen } from '../../src/domain/screen.ts'
import type { StatusPageDefinition, TenantDefinition } from '../../src/domain/tenant.ts'
import type { Transport } from '../../src/ports/http.ts'
import { prepareRun } from '../../src/scenario/run-scenario.ts'
import { loadScenarios, type Scenario } from '../../src/scenario/scenario.ts'

export interface Change {
  page?: Partial<StatusPageDefinition>
  management?: Partial<TenantDefinition['management']>
  apps?: Partial<TenantDefinition['apps'][number]>[]
  tenant?: Partial<Scenario['tenant']>
  behaviour?: NonNullable<Scenario['device']['behaviour']>
  setup?: NonNullable<Scenario['device']['setup']>
  person?: Scenario['person']
  wrap?: (transport: Transport) => Transport
  /** LocURIs whose values are kept whenever they change. */
  watch?: string[]
}

export interface Played {
  outcome: Outcome
  journal: readonly JournalEntry[]
  durationMs: number
  /** Every value that a watched node has had, in order. */
  values: Record<string, string[]>
}

/** A shipped scenario with these facts changed, played to its end. */
export async function played(id: string, change: Change = {}): Promise<Played> {
  const [scenario] = loadScenarios(id)
  const { run, release } = await prepareRun(changed(scenario!, change), {
    seed: 1,
    transport: 'direct',
    ...(change.wrap ? { wrap: change.wrap } : {}),
  })
  const { csp } = run.device
  const values: Record<string, string[]> = Object.fromEntries((change.watch ?? []).map((uri) => [uri, []]))
  csp.onChange(() => {
    for (const [uri, seen] of Object.entries(values)) {
      const value = csp.read(uri)
      if (value !== undefined && value !== seen.at(-1)) seen.push(value)
    }
  })
  try {
    return { ...(await run.play()), values }
  } finally {
    release()
  }
}

function changed(
  scenario: Scenario,
  { page, management, apps, tenant: facts, behaviour, setup, person }: Change,
): Scenario {
  const { tenant, device } = scenario
  return {
    ...scenario,
    expect: null,
    device: {
      ...device,
      ...(behaviour ? { behaviour: { ...device.behaviour, ...behaviour } } : {}),
      ...(setup ? { setup } : {}),
    },
    person: { ...scenario.person, ...person },
    tenant: {
      ...tenant,
      statusPages: tenant.statusPages.map((one) => ({ ...one, ...page })),
      management: { ...tenant.management, ...management },
      apps: apps ? apps.map((one, index) => ({ ...tenant.apps[index]!, ...one })) : tenant.apps,
      ...facts,
    },
  }
}

export const screensOf = (journal: readonly JournalEntry[]): (Screen & { at: number })[] =>
  journal.flatMap((entry) => (entry.kind === 'screen' && 'screen' in entry ? [{ ...entry.screen, at: entry.at }] : []))

/** When a page was first on the screen, in virtual milliseconds. */
export const firstSeen = (journal: readonly JournalEntry[], page: PageId): number | undefined =>
  screensOf(journal).find((screen) => screen.page === page)?.at

/** What was written to a node, and how it was answered. */
export const writesOf = (journal: readonly JournalEntry[], uri: string) =>
  journal.flatMap((entry) =>
    entry.kind === 'csp' && entry.uri.endsWith(uri) && entry.command !== 'Get' ? [entry] : [],
  )

export const restartsOf = (journal: readonly JournalEntry[]) =>
  journal.flatMap((entry) => (entry.kind === 'power' && entry.event === 'restart' ? [entry] : []))
