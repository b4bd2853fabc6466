import * as v from 'valibot'
import { parse } from 'yaml'
import type { Stimulus } from '../domain/stimulus.ts'
import { UserError } from '../domain/trouble.ts'
import { definitionOf, EVENT_KINDS, EVENTS, type EventEffect, type EventKind } from '../events/event-kinds.ts'
import { isPageAnswer } from '../events/person.ts'
import { duration } from '../events/values.ts'
import { WAIT } from '../run/person.ts'
import type { ForkStimulus } from '../run/run-options.ts'
import { nearest } from './nearest.ts'
import { answerSchema } from './schema/person.ts'
import { type AnySchema, describeIssue, issuesOf } from './schema-issues.ts'
import { ScriptedPerson } from './scripted-person.ts'

/** What only a fork has, besides the events of scenario files. */
const FURTHER = {
  /** As a scenario's `person` answers a page. */
  person: answerSchema,
  wait: duration,
  stop: v.literal(true),
}

type Further = { [Name in keyof typeof FURTHER]: v.InferOutput<(typeof FURTHER)[Name]> }

const NAMES = [...new Set([...EVENT_KINDS, ...Object.keys(FURTHER)])]

/** Of the words for a person, those that answer the page are looked at with the page. */
const isAnswer = (value: unknown): boolean => {
  const answer = v.safeParse(EVENTS.person.schema, value)
  return !answer.success || isPageAnswer(answer.output)
}

const isEvent = (name: string): name is EventKind => Object.hasOwn(EVENTS, name)

/**
 * A stimulus in words: `cable: out`, `push`, `person: Skip`, `{ hang: true, request: "POST *sync*" }`. An effect on an exchange
 * is for the next request, or for the next that matches. Code `ERR_STIMULUS`.
 */
export function forkStimulus(words: string): ForkStimulus {
  const [name, value, request] = keyed(words)
  if (isEvent(name) && !(name === 'person' && isAnswer(value))) {
    const definition = definitionOf({ kind: name } as EventEffect)
    if (request !== undefined && definition.to !== 'exchange') refuse(words, `${name} does not go with a request`)
    const stimulus = definition.apply(checkedValue(words, name, value, EVENTS[name].schema), request ?? '*')
    return () => stimulus
  }
  const further = name as keyof Further
  if (!Object.hasOwn(FURTHER, name)) {
    const near = nearest(name, NAMES)
    refuse(words, `there is no stimulus "${name}"`, near ? `Did you mean "${near}"?` : `There are: ${NAMES.join(', ')}`)
  }
  if (request !== undefined) refuse(words, `${name} does not go with a request`)
  return furtherStimulus(words, further, checkedValue(words, name, value, FURTHER[further]))
}

/** The one name, its value, and the request where there is one. A name alone is `name: true`. */
function keyed(words: string): [name: string, value: unknown, request: string | undefined] {
  let read: unknown
  try {
    read = parse(words, { maxAliasCount: 0 })
  } catch (error) {
    return refuse(words, `it cannot be read: ${(error as Error).message.split('\n')[0]}`)
  }
  if (typeof read === 'string') return [read, true, undefined]
  if (typeof read !== 'object' || read === null || Array.isArray(read)) return refuse(words, 'it is not "name: value"')
  const { request, ...rest } = read as Record<string, unknown>
  const [entry, ...more] = Object.entries(rest)
  if (!entry || more.length > 0) return refuse(words, 'it needs one name with its value')
  if (request !== undefined && typeof request !== 'string') return refuse(words, 'request must be a text')
  return [...entry, request]
}

function checkedValue(words: string, name: string, value: unknown, schema: unknown): never {
  const result = v.safeParse(schema as AnySchema, value)
  if (result.success) return result.output as never
  const [issue] = issuesOf(result.issues)
  return refuse(words, `${name}: ${describeIssue(schema as AnySchema, issue!)}`)
}

function furtherStimulus<Name extends keyof Further>(words: string, name: Name, value: Further[Name]): ForkStimulus {
  const makers: { [Each in keyof Further]: (value: Further[Each]) => ForkStimulus } = {
    person:
      (answer) =>
      ({ screen }) => {
        const person = new ScriptedPerson(screen ? { [screen.page]: answer } : {})
        const action = screen && person.answer(screen)
        if (action && action !== WAIT && !('keys' in action)) return { kind: 'press', ...action }
        if (action && action !== WAIT && 'keys' in action) return { kind: 'keyChord', keys: action.keys }
        const shown = screen ? `the page ${screen.page} ("${screen.title}")` : 'the dark screen'
        const controls = screen?.controls.map(({ id, kind }) => `${id} (${kind})`).join(', ') || 'nothing'
        return refuse(words, `${shown} does not take this answer`, `It offers: ${controls}`)
      },
    wait: (ms) => always({ kind: 'wait', ms }),
    stop: () => always({ kind: 'stop' }),
  }
  return makers[name](value)
}

const always =
  (stimulus: Stimulus): ForkStimulus =>
  () =>
    stimulus

function refuse(words: string, why: string, hint = '"oobe replay --help" has examples'): never {
  // A password on the command line does not belong into a log.
  const shown = /password|key|pin/i.test(words) ? 'the stimulus' : `"${words}"`
  throw new UserError('ERR_STIMULUS', `${shown}: ${why}`, [hint])
}
