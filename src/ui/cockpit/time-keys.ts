import type { Move } from './source.ts'

export interface TimeKey {
  key: string
  label: string
  about: string
  move: Move
}

/** Moves through the time of a live run, by the key that does each: in the menu, and in the cockpit. */
export const TIME_KEYS: readonly TimeKey[] = [
  { key: 't', label: 'next transition', about: 'a statechart takes a step', move: { to: 'nextTransition' } },
  { key: 'p', label: 'next page', about: 'another page is on the screen', move: { to: 'nextPage' } },
  {
    key: 'e',
    label: 'next event',
    about: 'an act, power, network, session, app',
    move: { to: 'nextEvent' },
  },
  { key: 'd', label: 'next deadline', about: 'a time in a statechart is over', move: { to: 'nextDeadline' } },
  { key: 'b', label: 'back to the page before', about: 'and give another answer', move: { to: 'pageBefore' } },
]

export const moveOf = (key: string | undefined): Move | undefined => TIME_KEYS.find((one) => one.key === key)?.move
