import type { Fault } from '../domain/faults/fault.ts'
import type { JournalEntry, Outcome } from '../domain/journal.ts'
import type { Screen } from '../domain/screen.ts'
import { logsCode, readableText, showsCode } from '../journal/fault-signs.ts'
import { outcomeText } from '../journal/outcome.ts'
import type { Baseline } from './baseline.ts'
import type { FaultedRun } from './play-fault.ts'
import { isSameEnd } from './same-end.ts'
import type { Step } from './steps.ts'

/** What of a fault's row did not hold in a run with it; empty when all did. */
export function judgeFault(fault: Fault, step: Step, run: FaultedRun, baseline: Baseline): string[] {
  const from = injectedAt(fault, run)
  if (from === undefined) return ['the fault was never injected']
  const { journal, outcome } = run
  return [
    ...signsOf(fault, journal.slice(from), baseline),
    ...recoveryOf(fault, run),
    ...endOf(fault, step, outcome, baseline.result.outcome),
  ]
}

/** The number of the entry from which on it is there. The rule of a fault is the first one. */
function injectedAt({ does }: Fault, { journal, effective }: FaultedRun): number | undefined {
  if (!does) return 0
  if (!effective.has('events.0')) return undefined
  return journal.find((entry) => entry.kind === 'stimulus' && entry.by === 'events.0')?.seq
}

function signsOf(fault: Fault, journal: readonly JournalEntry[], baseline: Baseline): string[] {
  const { page, code, says, in: where } = fault
  const screens = journal.flatMap((entry) => (entry.kind === 'screen' && 'screen' in entry ? [entry.screen] : []))
  const atPage = page === undefined ? screens : screens.filter((screen) => screen.page === page)
  if (page !== undefined && atPage.length === 0 && where !== 'log') return [`the page ${page} never came`]
  const troubles: string[] = []
  const isSaid = (screen: Screen) =>
    (code === undefined || where === 'log' || showsCode(readableText(screen), code)) &&
    (says === undefined || readableText(screen).includes(says))
  if ((code !== undefined && where !== 'log') || says !== undefined) {
    if (!atPage.some(isSaid))
      troubles.push(`the page ${page} did not show ${[code, says].filter(Boolean).join(' and ')}`)
    else if (screensOf(baseline.result.journal).some((screen) => screen.page === page && isSaid(screen)))
      troubles.push(`the page ${page} shows ${[code, says].filter(Boolean).join(' and ')} without the fault, too`)
  }
  if (code !== undefined && where === 'log') {
    if (!journal.some((entry) => logsCode(entry, code))) troubles.push(`the code ${code} is in no log`)
    else if (baseline.result.journal.some((entry) => logsCode(entry, code)))
      troubles.push(`the code ${code} is there without the fault, too`)
  }
  return troubles
}

const screensOf = (journal: readonly JournalEntry[]): Screen[] =>
  journal.flatMap((entry) => (entry.kind === 'screen' && 'screen' in entry ? [entry.screen] : []))

function recoveryOf({ recovery, page }: Fault, { used, refusals }: FaultedRun): string[] {
  const refused = [...refusals.values()]
  if (refused.length > 0) return [`the school refused: ${refused.join('; ')}`]
  const ways = 'press' in recovery ? [recovery.press ?? []].flat() : []
  // What bites at every step is not seen on a page of trouble at each of them.
  if (ways.length === 0 || page === undefined) return []
  return ways.some((way) => used[way] !== undefined) ? [] : [`the person never came to press ${ways.join(' or ')}`]
}

function endOf({ ends, page, code, says }: Fault, step: Step, outcome: Outcome, before: Outcome): string[] {
  const got = `got ${outcomeText(outcome)}`
  switch (ends) {
    case 'asBefore':
      return isSameEnd(outcome, before, step) ? [] : [`expected the end of before, ${got}`]
    case 'failed': {
      const isIt =
        outcome.kind === 'failed' && outcome.page === page && (code === undefined || isCode(outcome.code, code))
      return isIt ? [] : [`expected to fail on the page ${page} with ${code ?? says}, ${got}`]
    }
    case 'stuck':
    case 'unanswered':
      return outcome.kind === ends ? [] : [`expected ${ends}, ${got}`]
    case 'withoutAutopilot':
      return 'autopilot' in outcome && !outcome.autopilot ? [] : [`expected no Autopilot profile, ${got}`]
    case 'unmanaged':
      return 'managed' in outcome && !outcome.managed ? [] : [`expected no management, ${got}`]
  }
}

const isCode = (shown: string, code: string): boolean =>
  shown.toLowerCase() === code.replace(/^AADSTS/, '').toLowerCase()
