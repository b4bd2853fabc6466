import * as v from 'valibot'
import type { ExpectationKinds, Step } from '../../domain/expectations.ts'
import { PAGE_IDS } from '../../domain/pages.ts'
import { pagesOf } from '../../journal/pages.ts'
import { defineExpectation, type Judgement, type Seen } from './define-expectation.ts'
import { insteadOf } from './near.ts'
import { isPlace, momentsOf, namedPlace, place } from './place.ts'
import { listOf } from './times.ts'

/** Steps of a path that a message shows. */
const SHOWN_MAX = 60

const step = v.lazy((given) =>
  given === undefined ? v.union([place, listOf(place)]) : Array.isArray(given) ? listOf(place) : place,
)
const exactly = v.strictObject({ exactly: listOf(step) })

type Follow = NonNullable<ExpectationKinds['follow']['follow']>

const stepsOf = (follow: Follow): Step[] => (Array.isArray(follow) ? follow : follow.exactly)

/** Any number of steps. */
const REST = '**'

const isStep = (step: Step, name: string): boolean => [step].flat().some((one) => isPlace(one, name))
const textOf = (step: Step): string => [step].flat().join(' or ')
const pathText = (path: readonly string[]): string =>
  path.length > SHOWN_MAX ? `${path.slice(0, SHOWN_MAX).join(' → ')} → … (${path.length})` : path.join(' → ')

/** What of the run the steps are about: pages, and states of the statecharts that they name. */
function pathFor(steps: readonly Step[], { journal }: Seen): string[] {
  const names = steps.flat().filter((name) => name !== REST)
  const machines = names.filter((name) => name.includes('.')).map((name) => name.slice(0, name.indexOf('.')))
  const hasPages = machines.length < names.length
  return momentsOf(journal).flatMap(({ name, isState }) => {
    if (!isState) return hasPages ? [name] : []
    const machine = name.slice(0, name.indexOf('.'))
    return machines.some((one) => isPlace(one, machine)) ? [name] : []
  })
}

/** The first step that does not come in its place, gaps allowed. */
function missingStep(steps: readonly Step[], path: readonly string[]): Step | undefined {
  let from = 0
  for (const step of steps) {
    const at = path.findIndex((name, index) => index >= from && isStep(step, name))
    if (at < 0) return step
    from = at + 1
  }
  return undefined
}

/** How far a path is as the steps say, each after the other: undefined when it is to its end. */
function firstOther(
  steps: readonly Step[],
  path: readonly string[],
): { step: Step | undefined; at: number } | undefined {
  // The places of the path at which a step may begin.
  let open = new Set([0])
  let furthest = { step: steps[0], at: 0 }
  for (const [index, step] of steps.entries()) {
    const next = new Set<number>()
    for (const at of open) {
      if (step === REST) for (let to = at; to <= path.length; to++) next.add(to)
      else if (at < path.length && isStep(step, path[at]!)) next.add(at + 1)
    }
    if (next.size === 0) return furthest
    open = next
    furthest = {
      step: steps[index + 1],
      at: Math.max(...[...open].filter((at) => at < path.length || steps[index + 1] !== REST)),
    }
  }
  return open.has(path.length) ? undefined : { step: undefined, at: Math.max(...open) }
}

function judgeExactly(steps: readonly Step[], seen: Seen): Judgement {
  const path = pathFor(steps, seen)
  const other = firstOther(steps, path)
  const instead =
    other &&
    `${other.step === undefined ? 'the end' : textOf(other.step)} was due, and ${path[other.at] ?? 'the end'} came`
  return {
    holds: other === undefined,
    said: `exactly ${steps.map(textOf).join(' → ')}`,
    found: other ? `; ${instead}, in ${pathText(path)}` : '',
  }
}

function judgeOrder(steps: readonly Step[], seen: Seen, what = ''): Judgement {
  const path = pathFor(steps, seen)
  const missing = missingStep(steps, path)
  const near =
    missing === undefined || path.some((name) => isStep(missing, name))
      ? ''
      : insteadOf(textOf(missing), path, 'nothing came')
  return {
    holds: missing === undefined,
    said: `the ${what}${steps.map(textOf).join(' → ')}`,
    found: missing === undefined ? '' : `; ${textOf(missing)} is missing in ${pathText(path)}${near}`,
  }
}

/** Pages and states in an order. */
export const follow = defineExpectation<'follow'>({
  matcher: 'toFollow',
  keys: {
    pages: v.pipe(v.array(v.picklist(PAGE_IDS)), v.description('Pages in this order, gaps allowed.')),
    follow: v.pipe(
      v.lazy((given) => {
        if (given === undefined) return v.union([listOf(step), exactly])
        return Array.isArray(given) ? listOf(step) : exactly
      }),
      v.description(
        'Pages and states in this order, gaps allowed; a list within the list is any of several. { exactly: [...] } allows no gaps; ** is any number of steps there.',
      ),
    ) as never,
  },
  words: (steps, { exactly: isExact = false } = {}) => ({ follow: isExact ? { exactly: steps } : steps }),
  names: ({ follow: said }) =>
    said === undefined
      ? []
      : stepsOf(said).flatMap((step, index) => {
          const path = Array.isArray(said) ? ['follow', index] : ['follow', 'exactly', index]
          return [step].flat().flatMap((name) => (name === REST ? [] : namedPlace(path, name)))
        }),
  judge: ({ pages = [], follow: said }, seen) => {
    const judgements: Judgement[] = []
    if (pages.length > 0) {
      const shown = pagesOf(seen.journal)
      const missing = missingStep(pages, shown)
      judgements.push({
        holds: missing === undefined,
        said: `the pages ${pages.join(' → ')}`,
        found: missing === undefined ? '' : `; ${textOf(missing)} is missing in ${shown.join(' → ')}`,
      })
    }
    if (said === undefined) return judgements
    return [...judgements, Array.isArray(said) ? judgeOrder(said, seen, 'order ') : judgeExactly(said.exactly, seen)]
  },
})
