import type { EventWords } from '../../domain/event-words.ts'
import type { Fault } from '../../domain/faults/fault.ts'
import { EVENT_KINDS } from '../../events/event-kinds.ts'
import { baseNameOf } from '../../explore/bases.ts'
import { ENDS } from '../../explore/matrix.ts'

/** Where a fault can bite, in words. */
export function biteText({ bites }: Fault): string {
  if ('fromStart' in bites) return `from the beginning, in a run that comes to the page ${bites.fromStart}`
  if ('states' in bites) {
    return bites.states === 'all' ? 'at each state that the device enters' : `at the state ${bites.states.join(', ')}`
  }
  const { requests, on, first } = bites
  const which = first ? 'at the first request for' : 'at each request for'
  return `${which} ${requests.join(', ')}${on ? `, on the page ${on.join(', ')}` : ''}`
}

/** A body is as long as a page. */
const SHOWN_MAX = 60

/** What it does, in the words of a scenario file. */
export function effectText({ does, facts }: Fault): string {
  if (!does) return `other facts: ${cut(JSON.stringify(facts ?? {}))}`
  const { for: lasts, times, ...words } = does
  const kind = EVENT_KINDS.find((one) => (words as Partial<EventWords>)[one] !== undefined)!
  const value = (words as Partial<EventWords>)[kind]
  const text = `${kind}: ${typeof value === 'string' ? value : cut(JSON.stringify(value))}`
  return `${text}${lasts === undefined ? '' : `, for: ${lasts}`}${times === undefined ? '' : `, times: ${times}`}`
}

const cut = (text: string): string => (text.length > SHOWN_MAX ? `${text.slice(0, SHOWN_MAX)}…` : text)

/** What tells it apart. */
export function signText({ page, code, says, in: where }: Fault): string {
  const place = page === undefined ? 'whichever page is there' : `the page ${page}`
  const shown = code === undefined ? [] : [where === 'log' ? `${code} in the logs` : `the code ${code}`]
  const words = says === undefined ? [] : [`the words "${says}"`]
  return [place, ...shown, ...words].join(', ')
}

export function recoveryText({ recovery }: Fault): string {
  const press = 'press' in recovery && recovery.press !== undefined ? [recovery.press].flat().join(', ') : undefined
  switch (recovery.by) {
    case 'device':
      return 'the device, without a person'
    case 'person':
      return press === undefined ? 'the person, with the answer of the page' : `the person, who presses ${press}`
    case 'administrator':
      return `an administrator (${JSON.stringify(recovery.does)})${press === undefined ? '' : `, then the person, who presses ${press}`}`
    case 'none':
      return 'no person can help during the run'
  }
}

export const endText = ({ ends }: Pick<Fault, 'ends'>): string => ENDS[ends]

/** The scenario that proves it. */
export const provenIn = ({ base }: Fault): string => baseNameOf(base)
