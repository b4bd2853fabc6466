import { allCharts } from '../charts/charts.ts'
import { addressesOf, ruleOf } from '../device/csp/find-rule.ts'
import { keyOf } from '../device/csp/node-key.ts'
import { CSPS } from '../device/csp/rules/index.ts'
import { FAULTS } from '../domain/faults/faults.ts'
import type { LanguageId } from '../domain/languages.ts'
import { PAGE_IDS } from '../domain/pages.ts'
import { EVENT_KINDS } from '../events/event-kinds.ts'
import { effectOf } from '../explore/with-fault.ts'
import { EN } from '../texts/en.ts'
import { wordingsFor } from '../texts/languages.ts'
import type { Detail } from './count-run.ts'
import type { Whole } from './coverage-report.ts'
import { outcomeTable } from './outcomes.ts'
import { textIdsOf, textsIn } from './said-texts.ts'
import { faultIndex, type KnownFault } from './seen-faults.ts'

/** All that can be covered. Operations are those at which a fault can bite. */
export const everything = (): Whole => ({
  charts: allCharts(),
  pages: PAGE_IDS,
  texts: textIdsOf(EN),
  events: EVENT_KINDS,
  faults: FAULTS.map(({ name }) => name),
  operations: [
    ...new Set(FAULTS.flatMap(({ bites }) => ('requests' in bites ? bites.requests : [])).map(operationFamily)),
  ].sort(),
  nodes: [...new Set(CSPS.flatMap(({ rules }) => rules.flatMap(addressesOf)))],
})

const operationFamily = (operation: string): string => operation.replace(/ session.*/, '')

const knownFaults = (): KnownFault[] =>
  FAULTS.map((fault) => {
    if (!fault.does) return { fault }
    const { for: _, times: __, ...words } = fault.does
    return { fault, effect: effectOf(words) }
  })

/** The tables that tell what a journal's lines mean. Made once for many runs. */
export const detailOf = (charts = allCharts()): Detail => ({
  outcomes: outcomeTable(charts),
  textsIn: inEachLanguage(),
  faults: faultIndex(knownFaults()),
  nodeOf,
})

/** Texts of a screen by their keys, in the language that it is in. */
function inEachLanguage(): Detail['textsIn'] {
  const known = new Map<LanguageId, Detail['textsIn']>()
  return (screen) => {
    const { language = 'en' } = screen
    const found = known.get(language) ?? textsIn(wordingsFor(language))
    known.set(language, found)
    return found(screen)
  }
}

/** A node by its place in the tables, with `{}` for names that were chosen. */
function nodeOf(uri: string): string | undefined {
  const key = keyOf(uri)
  const rule = ruleOf(key)
  const scope = key.split('/')[1]
  return rule && addressesOf(rule).find((address) => address.split('/')[1] === scope)
}
