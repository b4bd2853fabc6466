import { EVENTS } from '../../domain/events.ts'
import type { Expected } from '../../domain/expectations.ts'
import { isGlob } from '../../domain/glob.ts'
import { PAGE_IDS } from '../../domain/pages.ts'
import { fitsPattern } from '../../domain/text-pattern.ts'
import { UserError } from '../../domain/trouble.ts'
import { ENTRY_SCHEMAS } from '../../journal/schema.ts'
import { nearestFirst } from '../nearest.ts'
import type { Key } from '../schema-issues.ts'
import type { NameUsed } from './define-expectation.ts'
import { namesIn } from './expectations.ts'
import { statecharts } from './known.ts'
import { isPlace } from './place.ts'
import { textKeys } from './show.ts'
import { namesOfWay } from './ways.ts'

interface Names {
  /** What a message calls one. */
  what: string
  all(): readonly string[]
  is(wanted: string, name: string): boolean
}

const isSame = (wanted: string, name: string): boolean => wanted === name

/** What is inside of a member is its own affair: values of a screen, of a stimulus. */
const isMember = (wanted: string, name: string): boolean => wanted === name || wanted.startsWith(`${name}.`)

const NAMES: Readonly<Record<Exclude<NameUsed['kind'], 'event'>, Names>> = {
  place: { what: 'page or state', all: () => [...PAGE_IDS, ...statecharts().states], is: isPlace },
  way: {
    what: 'transition',
    all: () => statecharts().ways,
    is: (wanted, way) => namesOfWay(way).some((name) => fitsPattern(wanted, name)),
  },
  text: { what: 'text', all: textKeys, is: isSame },
  'log event': { what: 'event of docs/events.md', all: () => Object.keys(EVENTS), is: fitsPattern },
  member: { what: 'member of an entry', all: memberNames, is: isMember },
}

/** `tpm code`: members of the entries of each kind. Those of `at`, `seq` and `kind` are in all. */
function memberNames(): string[] {
  return Object.entries(ENTRY_SCHEMAS).flatMap(([kind, schemas]) =>
    schemas
      .flatMap((schema) => Object.keys((schema as unknown as { entries: object }).entries))
      .map((name) => `${kind} ${name}`),
  )
}

const SHOWN = 5

/**
 * A name that there is not would never be met, or always, without a word.
 *
 * @param events names of the scenario's events; left out where no scenario is known
 * @param place wraps what is refused with the place of a path in the expectation
 * @throws UserError `ERR_UNKNOWN_NAME`
 */
export function refuseUnknownIn(
  expected: Expected<number>,
  events: readonly string[] | undefined,
  place: (path: readonly Key[], check: () => void) => void,
): void {
  for (const used of namesIn(expected)) place(used.path, () => refuseUnknown(used, events))
}

function refuseUnknown({ kind, name }: NameUsed, events: readonly string[] | undefined): void {
  if (kind === 'event') {
    if (events === undefined || events.includes(name)) return
    const hint = events.length > 0 ? `There are: ${events.join(', ')}` : 'Give an event a name: "name: licence"'
    throw new UserError('ERR_UNKNOWN_NAME', `no event is called "${name}"`, [hint])
  }
  const { what, all, is } = NAMES[kind]
  const names = all()
  if (names.some((one) => is(name, one))) return
  const like = name.includes('.') && kind === 'place' ? names.filter((one) => one.includes('.')) : names
  // Of the names of a transition those are told that are as long as the wrong one.
  const near = nearestFirst(name, kind === 'way' ? like.map((way) => nearestFirst(name, namesOfWay(way))[0]!) : like)
  const isPattern = isGlob(name)
  throw new UserError('ERR_UNKNOWN_NAME', `there is no ${what} ${isPattern ? 'like ' : ''}"${name}"`, [
    `Nearest: ${[...new Set(near)].slice(0, SHOWN).join(', ')}`,
  ])
}
