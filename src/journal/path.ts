import type { JournalEntry } from '../domain/journal.ts'

/** Where the statecharts of a device are, followed through its journal. */
export class ActiveStates {
  /** Active leaves by statechart, in the order in which they began. */
  readonly #machines = new Map<string, string[]>()

  take(entry: JournalEntry): void {
    if (entry.kind === 'power' && entry.event !== 'on') this.#machines.clear()
    if (entry.kind !== 'transition') return
    const { machine, from, to, ended = [] } = entry
    const left = from?.split(',') ?? []
    const kept = (this.#machines.get(machine) ?? []).filter((state) => !left.includes(state))
    this.#machines.set(machine, [...kept, ...(to?.split(',') ?? [])])
    for (const one of ended) this.#machines.delete(one)
  }

  /** `network.choosing`, from the outermost in. */
  list(): string[] {
    const addresses = [...this.#machines].flatMap(([machine, states]) => states.map((state) => `${machine}.${state}`))
    // The first boot itself begins after what it invokes.
    const isOuter = (address: string): number => Number(address.startsWith('oobe.'))
    return addresses.sort((a, b) => isOuter(b) - isOuter(a))
  }
}

/** The states at the end of a journal. */
export function statesAtEnd(journal: readonly JournalEntry[]): string[] {
  const states = new ActiveStates()
  for (const entry of journal) states.take(entry)
  return states.list()
}
