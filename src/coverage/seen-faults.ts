import { isDeepStrictEqual } from 'node:util'
import type { Fault } from '../domain/faults/fault.ts'
import type { JournalEntry } from '../domain/journal.ts'
import type { PageId } from '../domain/pages.ts'
import { logsCode, readableText, showsCode } from '../journal/fault-signs.ts'

/** A fault, and what it does as a RunSpec has it; left out where it is a fact of the device or of the school. */
export interface KnownFault {
  fault: Fault
  effect?: { kind: string; value: unknown }
}

export const faultId = (name: string): string => `fault ${name}`

interface Injected {
  does?: { kind?: string; value?: unknown }
}

/**
 * Follows one run, and says at its end which faults were in it: what the fault does has happened, and its code or its sentence was
 * seen at its page or in the log. A fault that is a fact is known by its code and its sentence alone.
 */
export class SeenFaults {
  readonly #faults: readonly KnownFault[]
  readonly #injected: Injected['does'][] = []
  readonly #seen = new Set<string>()

  constructor(faults: readonly KnownFault[]) {
    this.#faults = faults
  }

  /** @param rule an event of the run, as its RunSpec has it */
  happened({ does }: Injected): void {
    this.#injected.push(does)
  }

  see(entry: JournalEntry): void {
    if (entry.kind === 'screen') {
      if (!('screen' in entry)) return
      const { page } = entry.screen
      const text = readableText(entry.screen)
      for (const { fault } of this.#faults) if (isShown(fault, page, text)) this.#seen.add(fault.name)
      return
    }
    for (const { fault } of this.#faults) {
      if (fault.in === 'log' && fault.code !== undefined && logsCode(entry, fault.code)) this.#seen.add(fault.name)
    }
  }

  ids(): string[] {
    return this.#faults.flatMap(({ fault, effect }) => {
      const isIn =
        effect === undefined ||
        this.#injected.some(
          (one) => one?.kind === effect.kind && isDeepStrictEqual(plain(one.value), plain(effect.value)),
        )
      return isIn && (hasNoSigns(fault) || this.#seen.has(fault.name)) ? [faultId(fault.name)] : []
    })
  }
}

const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value ?? null))

const hasNoSigns = ({ page, code, says }: Fault): boolean =>
  page === undefined && code === undefined && says === undefined

function isShown({ page, code, says, in: where }: Fault, shown: PageId, text: string): boolean {
  if (where === 'log' || (page !== undefined && page !== shown)) return false
  return (code === undefined || showsCode(text, code)) && (says === undefined || text.includes(says))
}

/** Journal lines that can have the code of a fault in a log: the others need not be read. */
export function logPattern(faults: readonly KnownFault[]): RegExp {
  const codes = faults.flatMap(({ fault: { in: where, code } }) =>
    where === 'log' && code !== undefined ? [code.replace(/^event /, '')] : [],
  )
  return new RegExp([...new Set(codes)].join('|') || '^$')
}
