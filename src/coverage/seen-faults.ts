import { isDeepStrictEqual } from 'node:util'
import type { Fault } from '../domain/faults/fault.ts'
import type { JournalEntry } from '../domain/journal.ts'
import type { PageId } from '../domain/pages.ts'
import { codeIn, logsCode, readableText, showsCode } from '../journal/fault-signs.ts'

/** A fault, and what it does as a RunSpec has it; left out where it is a fact of the device or of the school. */
export interface KnownFault {
  fault: Fault
  effect?: { kind: string; value: unknown }
}

export const faultId = (name: string): string => `fault ${name}`

interface Injected {
  does?: { kind?: string; value?: unknown }
}

/** Faults by where their signs are: made once, and used for many runs. */
export interface FaultIndex {
  all: readonly KnownFault[]
  /** Seen on this page; undefined for those of any page. */
  byPage: ReadonlyMap<PageId | undefined, readonly Fault[]>
  /** Seen in a log, by their codes. */
  byCode: ReadonlyMap<string, readonly Fault[]>
  /** Journal lines that can have the code of a fault in a log: the others need not be read. */
  logPattern: RegExp
}

export function faultIndex(all: readonly KnownFault[]): FaultIndex {
  const byPage = new Map<PageId | undefined, Fault[]>()
  const byCode = new Map<string, Fault[]>()
  for (const { fault } of all) {
    if (fault.in !== 'log') byPage.set(fault.page, [...(byPage.get(fault.page) ?? []), fault])
    else if (fault.code !== undefined) byCode.set(fault.code, [...(byCode.get(fault.code) ?? []), fault])
  }
  return {
    all,
    byPage,
    byCode,
    logPattern: new RegExp([...byCode.keys()].map((code) => code.replace(/^event /, '')).join('|') || '^$'),
  }
}

/**
 * Follows one run, and says at its end which faults were in it: what the fault does has happened, and its code or its sentence was
 * seen at its page or in the log. A fault that is a fact is known by its code and its sentence alone.
 */
export class SeenFaults {
  readonly #faults: FaultIndex
  readonly #injected: Injected['does'][] = []
  readonly #seen = new Set<Fault>()

  constructor(faults: FaultIndex) {
    this.#faults = faults
  }

  /** @param rule an event of the run, as its RunSpec has it */
  happened({ does }: Injected): void {
    this.#injected.push(does)
  }

  see(entry: JournalEntry): void {
    for (const fault of this.#in(entry)) this.#seen.add(fault)
  }

  #in(entry: JournalEntry): readonly Fault[] {
    const { byPage, byCode } = this.#faults
    if (entry.kind === 'screen') {
      if (!('screen' in entry)) return []
      const faults = [entry.screen.page, undefined].flatMap((page) => byPage.get(page) ?? [])
      const text = readableText(entry.screen)
      return faults.filter((fault) => !this.#seen.has(fault) && isShown(fault, text))
    }
    if (entry.kind === 'log') return [...byCode].flatMap(([code, faults]) => (logsCode(entry, code) ? faults : []))
    return byCode.get(codeIn(entry) ?? '') ?? []
  }

  ids(): string[] {
    return this.#faults.all.flatMap(({ fault, effect }) => {
      const isIn =
        effect === undefined ||
        this.#injected.some(
          (one) => one?.kind === effect.kind && isDeepStrictEqual(plain(one.value), plain(effect.value)),
        )
      return isIn && (hasNoSigns(fault) || this.#seen.has(fault)) ? [faultId(fault.name)] : []
    })
  }
}

const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value ?? null))

const hasNoSigns = ({ page, code, says }: Fault): boolean =>
  page === undefined && code === undefined && says === undefined

const isShown = ({ code, says }: Fault, text: string): boolean =>
  (code === undefined || showsCode(text, code)) && (says === undefined || text.includes(says))
