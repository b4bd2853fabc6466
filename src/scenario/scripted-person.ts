import type { PageId } from '../domain/pages.ts'
import type { Answer, Answers, PageAnswers } from '../domain/person.ts'
import type { Action, Screen } from '../domain/screen.ts'
import { type Explanation, type KeyMove, type Person, WAIT } from '../run/person.ts'
import { isBegunAnew, isOffered, type Move, moveOf, pressNow } from './answering.ts'

interface Visits {
  answers: Answer[]
  isList: boolean
  /** The answer that is being given. */
  at: number
  /** Controls that the present answer has filled in already. */
  used: Set<string>
  /** Names that were used at any visit, for each answer. */
  touched: Set<string>[]
  /** Ids of the controls that the page had when it waited. */
  seen: Set<string>
  /** How often the page waited. */
  asked: number
}

/** What of a person's answers was never used. */
export interface UnusedAnswer {
  page: PageId
  /** Path below the person: `signIn`, `signIn.1`, `signIn.1.code`. */
  path: string
  /** How often the page asked, and what it had. */
  asked: number
  controls: string[]
}

/**
 * Acts on screens as a scenario says: an answer fills in the fields it names and presses the primary button, or presses
 * the button or picks the option of its name; `wait` leaves the page as it is. A list answers the successive visits of a
 * page.
 */
export class ScriptedPerson implements Person {
  readonly thinkMs: number | undefined
  readonly #pages: PageAnswers
  /** Of the pages that came. */
  readonly #visits = new Map<PageId, Visits>()

  constructor({ thinkTime, ...pages }: Answers) {
    this.thinkMs = thinkTime
    this.#pages = pages
  }

  /** An answer that is there, and fits nothing on the page. */
  explain(screen: Screen): Explanation | undefined {
    const visits = this.#visitsOf(screen.page)
    const found = visits && find(screen, visits)
    return found?.move?.kind === 'wrong' ? { text: found.move.text, controls: found.move.controls } : undefined
  }

  pause(screen: Screen): number | undefined {
    const visits = this.#visitsOf(screen.page)
    const found = visits && find(screen, visits)
    if (found?.move?.kind !== 'pause') return undefined
    take(visits!, found, found.move.uses)
    return found.move.ms
  }

  answer(screen: Screen): Action | KeyMove | typeof WAIT | null {
    const visits = this.#visitsOf(screen.page)
    if (!visits) return null
    visits.asked++
    for (const { id } of screen.controls) visits.seen.add(id)
    for (;;) {
      const found = find(screen, visits)
      switch (found.move?.kind) {
        case 'stay':
          take(visits, found, [WAIT])
          // The last answer of a list is for all visits that follow.
          if (visits.at < visits.answers.length - 1) next(visits)
          return WAIT
        case 'pause':
          take(visits, found, found.move.uses)
          break
        case 'press':
          take(visits, found, found.move.uses)
          return found.move.action
        case 'keys':
          take(visits, found, found.move.uses)
          return { keys: found.move.keys }
        default:
          return null
      }
    }
  }

  once(answer: Answer, screen: Screen): Action | KeyMove | Explanation {
    const one = new ScriptedPerson({ [screen.page]: answer })
    const move = one.answer(screen)
    if (move && move !== WAIT) return move
    const named = typeof answer === 'string' ? answer : Object.keys(answer).length === 1 ? answer.press : undefined
    const action = named === undefined ? undefined : pressNow(screen, named)
    if (action) return action
    return (
      one.explain(screen) ?? { text: `the page ${screen.page} ("${screen.title}") takes nothing now`, controls: [] }
    )
  }

  /** Answers, list entries and fields that no page has used. */
  unused(): UnusedAnswer[] {
    return (Object.keys(this.#pages) as PageId[]).flatMap((page) => {
      const visits = this.#visitsOf(page)
      if (!visits) return []
      const { asked, seen, answers, isList, touched } = visits
      const facts = { page, asked, controls: [...seen] }
      if (touched.every(({ size }) => size === 0)) return [{ ...facts, path: page }]
      return answers.flatMap((answer, index) => {
        const path = isList ? `${page}.${index}` : page
        const used = touched[index]!
        if (used.size === 0) return [{ ...facts, path }]
        if (typeof answer === 'string') return []
        return Object.keys(answer).flatMap((name) => (used.has(name) ? [] : [{ ...facts, path: `${path}.${name}` }]))
      })
    })
  }

  #visitsOf(page: PageId): Visits | undefined {
    const before = this.#visits.get(page)
    const answers = this.#pages[page]
    if (before || answers === undefined) return before
    const visits = notYet(answers)
    this.#visits.set(page, visits)
    return visits
  }
}

/** Before the page comes. */
function notYet(given: Answer | readonly Answer[]): Visits {
  const isList = Array.isArray(given)
  const answers: Answer[] = isList ? given : [given]
  return { answers, isList, at: 0, used: new Set(), touched: answers.map(() => new Set()), seen: new Set(), asked: 0 }
}

interface Found {
  at: number
  used: ReadonlySet<string>
  /** `stay`: the page is left as it is. Undefined when there is no answer any more. */
  move: Exclude<Move, { kind: 'over' }> | { kind: 'stay' } | undefined
}

/** The answer that is due on a page, and what it does there. Nothing is used up. */
function find(screen: Screen, { answers, at: from, used: before }: Visits): Found {
  let used: ReadonlySet<string> = before
  for (let at = from; at < answers.length; at++, used = new Set()) {
    const answer = answers[at]!
    if (answer === WAIT && !isOffered(screen, WAIT)) return { at, used, move: { kind: 'stay' } }
    if (isBegunAnew(screen, answer, used)) used = new Set()
    const move = moveOf(screen, answer, used)
    // The page asks for what this answer has given already, or never had: the next one is for the next visit.
    if (move.kind !== 'over') return { at, used, move }
  }
  return { at: answers.length, used: new Set(), move: undefined }
}

function take(visits: Visits, { at, used }: Found, uses: readonly string[]): void {
  visits.at = at
  visits.used = new Set([...used, ...uses])
  const touched = visits.touched[at]!
  for (const name of uses) touched.add(name)
}

function next(visits: Visits): void {
  visits.at++
  visits.used = new Set()
}
