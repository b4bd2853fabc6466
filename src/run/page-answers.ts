import type { Outcome } from '../domain/journal.ts'
import type { Screen } from '../domain/screen.ts'
import { MASK } from '../domain/secret.ts'
import { shownBy, type View } from '../domain/view.ts'
import type { Explanation } from './person.ts'

/** Nothing more can happen, or a limit was reached. @param since virtual milliseconds of the last progress */
export function stuck(
  { view, screen }: Shown,
  since: number,
  reason: string | undefined,
): Extract<Outcome, { kind: 'stuck' }> {
  const shown = shownBy(view) ?? view.at(-1)
  const state = shown ? `${shown.machine}.${shown.states.join(',')}` : 'powered off'
  return {
    kind: 'stuck',
    state,
    waitingFor: screen?.english ?? screen?.title ?? 'nothing',
    since,
    ...(reason ? { reason } : {}),
  }
}

interface Shown {
  view: View
  screen: Screen | null
}

/** The answer is nothing that the page takes. */
export const unaccepted = (screen: Screen, values: Record<string, string>): Outcome => ({
  kind: 'unanswered',
  page: screen.page,
  controls: controlsOf(screen),
  text: `the page did not accept ${JSON.stringify(masked(screen, values))}`,
})

/**
 * An answer that does not fit ends the run, with what is there. Without one, a page of failure ends it as what it is, and any
 * other one waits for an answer that the scenario does not have.
 */
export function unanswered(screen: Screen, explanation: Explanation | undefined): Outcome {
  const { page, failure, english, title } = screen
  if (explanation) {
    const controls = controlsOf(screen, explanation.controls)
    const reports = failure && [failure.code, failure.english ?? failure.text].filter((part) => part !== '').join(': ')
    const text = reports ? `${explanation.text}; the page reports ${reports}` : explanation.text
    return { kind: 'unanswered', page, controls, text }
  }
  if (failure) return { kind: 'failed', page, code: failure.code, text: failure.english ?? failure.text }
  const asked = screen.step ? `${page}/${screen.step}` : page
  const hint = canOnlyGoBack(screen) ? '; the answer "wait" stays at the page until it changes' : ''
  const text = `there is no answer for the page ${asked} ("${english ?? title}")${hint}`
  return { kind: 'unanswered', page, controls: controlsOf(screen), text }
}

/** Values as the journal may have them. */
export const masked = (screen: Screen, values: Record<string, string>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(values).map(([id, value]) => [
      id,
      screen.controls.some((control) => control.id === id && control.kind === 'secret') ? MASK : value,
    ]),
  )

const canOnlyGoBack = ({ controls }: Screen): boolean =>
  controls.every((control) => 'event' in control && control.event === 'user.back')

const controlsOf = ({ controls }: Screen, order: readonly string[] = []): string[] =>
  [...controls].sort((a, b) => order.indexOf(a.id) - order.indexOf(b.id)).map(({ id, kind }) => `${id} (${kind})`)
