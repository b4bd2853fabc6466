import * as v from 'valibot'
import { PAGE_IDS } from '../../domain/pages.ts'
import { DEFAULT_START } from '../../domain/world.ts'
import { EVENT_KINDS, EVENTS, type EventEffect, type EventKind, lasts } from '../../events/event-kinds.ts'
import { exactlyOne, needsOneOf, oneKey } from '../../events/json-schema.ts'
import { duration, signedDuration, someDuration } from '../../events/values.ts'
import { expectSchema } from '../expect/expectations.ts'
import { startTime, text, whole } from './common.ts'
import { COUNT_MAX, limitsSchema } from './limits.ts'
import { matrixSchema } from './matrix.ts'
import { networkSchema } from './network.ts'
import { personSchema } from './person.ts'

/** By the name of a file, with single facts changed. */
const byName = v.strictObject({ use: text, with: v.optional(v.record(v.string(), v.unknown()), {}) })

/** A file by name, with single facts changed. `null` takes a fact away. Left out, it is the project's. */
const reference = v.union([text, byName])

/** The same, or the facts themselves. A wrong key is one of the way that was chosen. */
const referenceOr = <Facts extends v.GenericSchema<unknown, unknown>>(facts: Facts) =>
  v.lazy((given) => {
    const ways = v.union([facts, text, byName])
    if (typeof given !== 'object' || given === null) return ways
    return ('use' in given ? byName : facts) as unknown as typeof ways
  })

const stateAddress = v.pipe(
  text,
  v.regex(/^[A-Za-z]\w*\.[A-Za-z][\w.]*$/, 'must be machine.state, such as deviceSetup.apps'),
)

const condition = v.pipe(
  v.strictObject({
    state: v.optional(v.pipe(stateAddress, v.description('A state is entered.'))),
    left: v.optional(v.pipe(stateAddress, v.description('A state is left.'))),
    page: v.optional(v.pipe(v.picklist(PAGE_IDS), v.description('A page comes onto the screen.'))),
    csp: v.optional(
      v.pipe(
        text,
        v.regex(/^((Add|Delete|Exec|Get|Replace) )?\S+$/, 'must be "Replace *pattern*" or "*pattern*"'),
        v.description('A command of the management server on a node.'),
      ),
    ),
    after: v.optional(v.pipe(text, v.description('Another event has happened: its name.'))),
    request: v.optional(
      v.pipe(text, v.regex(/^((GET|POST|PUT|DELETE) )?\S+$/, 'must be "GET *pattern*" or "*pattern*"')),
    ),
    at: v.optional(duration),
  }),
  v.check((when) => given(when).length === 1, 'needs one condition: state, left, page, request, csp, after or at'),
  v.metadata(oneKey),
)

const given = (value: object): string[] =>
  Object.entries(value).flatMap(([name, fact]) => (fact === undefined ? [] : [name]))

/** One key for each kind of event. */
const effects = Object.fromEntries(
  EVENT_KINDS.map((kind) => [kind, v.optional(EVENTS[kind].schema as never)]),
) as unknown as {
  [Kind in EventKind]: v.OptionalSchema<(typeof EVENTS)[Kind]['schema'], undefined>
}

/** Those that may end again. */
const LASTING = EVENT_KINDS.filter((kind) => EVENTS[kind].undo !== null)

const effectsOf = (rule: object): EventKind[] =>
  given(rule).filter((name): name is EventKind => Object.hasOwn(EVENTS, name))

function whyNotFor(rule: object): string {
  const kind = effectsOf(rule).find((each) => LASTING.includes(each))
  return kind
    ? `for does not go with this ${kind}: it does not last`
    : `for goes with ${LASTING.join(', ')}: nothing else lasts`
}

const event = v.pipe(
  v.strictObject({
    when: condition,
    ...effects,
    name: v.optional(v.pipe(text, v.description('What other events call it, in after.'))),
    later: v.optional(v.pipe(someDuration, v.description('How long after the condition.'))),
    for: v.optional(someDuration),
    times: v.optional(whole(1, COUNT_MAX), 1),
    from: v.optional(whole(1, COUNT_MAX), 1),
  }),
  v.check((rule) => effectsOf(rule).length === 1, `needs one effect: ${EVENT_KINDS.join(', ')}`),
  v.check(
    (rule) =>
      rule.for === undefined || effectsOf(rule).every((kind) => lasts({ kind, value: rule[kind] } as EventEffect)),
    ({ input }) => whyNotFor(input),
  ),
  v.check(
    (rule) => rule.later === undefined || effectsOf(rule).every((kind) => EVENTS[kind].to === 'device'),
    'later goes with what happens to the device: a request does not wait for it',
  ),
  v.check(
    ({ when, times, from }) => when.at === undefined || (times === 1 && from === 1),
    'times and from go with a state or a request: a time comes once',
  ),
  v.metadata({
    ...exactlyOne(EVENT_KINDS),
    allOf: [
      needsOneOf('for', LASTING),
      needsOneOf(
        'later',
        EVENT_KINDS.filter((kind) => EVENTS[kind].to === 'device'),
      ),
      {
        if: { properties: { when: { required: ['at'] } } },
        // biome-ignore lint/suspicious/noThenProperty: a word of JSON Schema
        then: { properties: { times: { const: 1 }, from: { const: 1 } } }, // oxlint-disable-line unicorn/no-thenable
      },
    ],
  }),
)

/** A comma and an exclamation mark say something of tags at the command line. */
const tag = v.pipe(text, v.regex(/^[\p{L}\p{N}_.:/-]+$/u, 'must be a word of letters, digits and . _ - : /'))

/** A scenario of one device. */
export const oneDeviceSchema = v.strictObject({
  title: text,
  tags: v.optional(
    v.pipe(
      v.array(tag),
      v.description('Names of groups that the scenario belongs to: "oobe run --tag NAME" plays one.'),
    ),
    [],
  ),
  todo: v.optional(v.pipe(text, v.description('Why it is not played yet. It is reported as not played.'))),
  knownIssue: v.optional(
    v.pipe(
      text,
      v.description('Why it fails for now. It is no failure as long as it fails; when it passes, it is one.'),
    ),
  ),
  device: v.optional(reference),
  tenant: v.optional(reference),
  seed: v.optional(whole(0, Number.MAX_SAFE_INTEGER)),
  startsAt: v.optional(startTime, DEFAULT_START),
  clockSkew: v.optional(
    v.pipe(signedDuration, v.description('How far the clock of the device is ahead; -2h: behind.')),
    '0s',
  ),
  network: v.optional(referenceOr(networkSchema), {}),
  person: v.optional(referenceOr(personSchema), {}),
  people: v.optional(
    v.pipe(
      v.record(text, referenceOr(personSchema)),
      v.description('Others, by name, whom an event puts at the device: person: { becomes: NAME }.'),
    ),
    {},
  ),
  events: v.optional(v.array(event), []),
  choices: v.optional(
    v.pipe(
      v.record(v.pipe(text, v.regex(/^\d+$/, 'must be the number of a choice')), whole(0, COUNT_MAX)),
      v.description(
        'Pins what happens first where several things can: the number of a choice in the journal, and of its answer. "oobe explore --races" writes it.',
      ),
    ),
    {},
  ),
  stuckAfter: v.optional(someDuration, '24h'),
  limits: v.optional(limitsSchema, {}),
  expect: expectSchema,
  matrix: v.optional(
    v.pipe(matrixSchema, v.description('The scenario is played with each combination of these values.')),
  ),
})

const { device, person, people, network, events, clockSkew, stuckAfter, limits, expect } = oneDeviceSchema.entries

/** A change is one of a file with its name. */
const NAMED = Object.fromEntries(
  ['device', 'tenant', 'network', 'person'].map((key) => [key, { dependencies: { with: ['use'] } }]),
)

/** What a device of several has for itself; what it leaves out is the scenario's. */
const deviceEntry = v.pipe(
  v.strictObject({
    name: v.pipe(
      text,
      v.regex(/^[\p{L}\p{N}_.-]+$/u, 'must be a word of letters, digits and . _ -'),
      v.description('What its run is called, behind the name of the scenario.'),
      v.examples(['first']),
    ),
    later: v.optional(
      v.pipe(
        someDuration,
        v.description('How long after the device before it this one is switched on.'),
        v.metadata({ examples: ['2h'] }),
      ),
      '1d',
    ),
    device,
    network: v.optional(network.wrapped),
    person: v.optional(person.wrapped),
    people: v.optional(people.wrapped),
    events,
    clockSkew: v.optional(clockSkew.wrapped),
    stuckAfter: v.optional(stuckAfter.wrapped),
    limits: v.optional(limits.wrapped),
    expect,
  }),
  v.metadata({ allOf: [{ properties: NAMED }] }),
)

const devices = v.pipe(
  v.array(deviceEntry),
  v.minLength(1, 'must name at least one'),
  v.check((list) => new Set(list.map(({ name }) => name)).size === list.length, 'two devices have the same name'),
  v.description(
    'Several devices in one school, one after the other: each is a run with its own journal, and begins with what the one before it has left in the school.',
  ),
)

/** A scenario of several devices. */
const ofDevices = v.pipe(
  v.strictObject({
    ...oneDeviceSchema.entries,
    devices,
    events: v.optional(v.never('goes below devices: each device has its own')),
    expect: v.optional(v.never('goes below devices: each device has its own')),
  }),
)

const base = v.pipe(
  text,
  v.description('Another scenario: what this file does not say is as there. That one extends no further one.'),
  v.examples(['surface-wifi-happy-path']),
)

/** What the other scenario says as well is judged when both are put together. */
const ofAnother = v.looseObject({ extends: base })

const isGiven = (given: unknown, key: string): boolean =>
  typeof given === 'object' && given !== null && Object.hasOwn(given, key)

/** Only of a scenario that is extended, a path names a fact, and `with` changes what has its name there. */
const wholeWithout = (further: Record<string, false>) => ({
  propertyNames: { pattern: '^[^.]*$' },
  properties: { ...NAMED, ...further },
})

/** Every key that a scenario may have, for editors and for the reference of keys. */
export const scenarioKeys = v.pipe(
  v.strictObject({
    ...oneDeviceSchema.entries,
    title: v.optional(oneDeviceSchema.entries.title),
    expect: v.optional(oneDeviceSchema.entries.expect),
    extends: v.optional(base),
    devices: v.optional(devices),
  }),
  // Which of them a file needs, and which do not go together, in the words of JSON Schema.
  v.metadata({
    anyOf: [
      { required: ['extends'] },
      { required: ['title', 'devices'], ...wholeWithout({ expect: false, events: false }) },
      { required: ['title', 'expect'], ...wholeWithout({ devices: false }) },
    ],
    patternProperties: { '^[A-Za-z]+\\.': {} },
    not: { required: ['todo', 'knownIssue'] },
  }),
)

/** `scenarios/*.yaml`, as it is written. */
export const scenarioSchema = v.lazy((given): typeof oneDeviceSchema => {
  const ways = isGiven(given, 'extends') ? ofAnother : isGiven(given, 'devices') ? ofDevices : oneDeviceSchema
  // Without a file it is asked which keys there are.
  return (given === undefined ? scenarioKeys : ways) as unknown as typeof oneDeviceSchema
})

/** What one device plays: without what says how often, and with what. */
export type OneDevice = Omit<v.InferOutput<typeof oneDeviceSchema>, 'matrix'>
export type DeviceEntry = v.InferOutput<typeof deviceEntry>
/** A file as it is read: of another one, its facts are not judged yet. */
export type ScenarioFile = v.InferOutput<typeof oneDeviceSchema> & {
  extends?: string | undefined
  devices?: DeviceEntry[] | undefined
}
export type EventEntry = OneDevice['events'][number]
