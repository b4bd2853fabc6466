import * as v from 'valibot'
import { DEFAULT_START } from '../domain/world.ts'
import { exactlyOne, oneKey } from '../events/json-schema.ts'
import { amount, someDuration, text, whole } from '../events/values.ts'
import { expectSchema } from '../scenario/expect/expectations.ts'
import { startTime } from '../scenario/schema/common.ts'
import { oneDeviceSchema } from '../scenario/schema/scenario.ts'

/** More would take a machine of ours a month. */
export const COUNT_MAX = 10_000_000
const WEIGHT_MAX = 1_000_000

const weight = v.optional(
  v.pipe(
    amount(0, WEIGHT_MAX),
    v.description('How often it comes, compared with the others of its list. Default 1.'),
    v.examples([3]),
  ),
  1,
)

const changes = v.optional(
  v.pipe(
    v.record(v.string(), v.unknown()),
    v.description('Single facts of it that are otherwise. null takes one away.'),
  ),
  {},
)

/** A name, or a name with changes and a weight. */
const mixOf = (what: string) => {
  const entry = v.strictObject({
    use: v.pipe(text, v.description(`The ${what}: a name of the library, or a path.`)),
    with: changes,
    weight,
  })
  return v.pipe(
    v.array(
      v.lazy((given) => {
        const ways = v.union([entry, text])
        return (typeof given === 'object' && given !== null ? entry : ways) as unknown as typeof ways
      }),
    ),
    v.minLength(1, 'must name at least one'),
  )
}

const RATE = 'must be a rate, such as 5/s, 90/m or 2000/h'

/** Devices per millisecond. */
const rate = (what: string) =>
  v.pipe(
    v.string(RATE),
    v.regex(/^\d+(\.\d+)?\/(s|m|h)$/, RATE),
    v.metadata({ description: what, examples: ['5/s'] }),
    v.transform((said) => {
      const [count, unit] = said.split('/') as [string, 's' | 'm' | 'h']
      return Number(count) / { s: 1_000, m: 60_000, h: 3_600_000 }[unit]
    }),
  )

const someRate = (what: string) =>
  v.pipe(
    rate(what),
    v.check((perMs) => perMs > 0, 'must be more than 0'),
  )

const ARRIVALS = ['closed', 'constant', 'ramp', 'burst', 'herd'] as const

const arrival = v.pipe(
  v.strictObject({
    closed: v.optional(
      v.pipe(
        v.strictObject({
          atOnce: v.pipe(whole(1, COUNT_MAX), v.description('How many devices are under way at any time.')),
        }),
        v.description('A fixed number of devices is under way: the next one starts when one has ended.'),
      ),
    ),
    constant: v.optional(
      v.pipe(
        v.strictObject({ rate: someRate('How many devices start in a time.') }),
        v.description('Devices start at a constant rate, whether those before them have ended or not.'),
      ),
    ),
    ramp: v.optional(
      v.pipe(
        v.strictObject({
          from: rate('The rate at the beginning.'),
          to: someRate('The rate at the end, which then stays.'),
          over: someDuration,
        }),
        v.description('Devices start at a rate that grows or falls evenly.'),
      ),
    ),
    burst: v.optional(
      v.pipe(
        v.strictObject({
          size: v.pipe(whole(1, COUNT_MAX), v.description('How many devices start at one moment.')),
          every: someDuration,
        }),
        v.description('Devices start in groups: a teacher hands out a class set.'),
      ),
    ),
    herd: v.optional(
      v.pipe(
        v.strictObject({ within: someDuration }),
        v.description('All devices start within a moment: the power is back after a cut.'),
      ),
    ),
  }),
  v.check(
    (said) => ARRIVALS.filter((kind) => said[kind] !== undefined).length === 1,
    `needs one of ${ARRIVALS.join(', ')}`,
  ),
  v.metadata({ ...exactlyOne(ARRIVALS), ...oneKey }),
)

const { events } = oneDeviceSchema.entries

const fault = v.pipe(
  v.strictObject({
    name: v.optional(v.pipe(text, v.description('What reports call it. Left out: the name of the fault, or "none".'))),
    weight,
    fault: v.optional(
      v.pipe(text, v.description('A fault of "oobe faults" by its name. The seed chooses the step at which it comes.')),
    ),
    events: v.pipe(events, v.description('Events as in a scenario.')),
  }),
  v.check(
    ({ name, fault: use, events: list }) => name !== undefined || use !== undefined || list.length === 0,
    'needs a name for its events',
  ),
)

const speed = v.union(
  [v.picklist(['instant', 'real']), v.pipe(amount(0.001, 1_000_000))],
  'must be instant, real, or a number such as 60',
)

/** `PLAN.yaml`: a fleet as it is written. Every key says what it means. */
export const fleetSchema = v.strictObject({
  title: v.pipe(text, v.description('What the fleet is for, in one line.')),
  count: v.pipe(whole(1, COUNT_MAX), v.description('How many devices there are.'), v.examples([500])),
  seed: v.optional(
    v.pipe(
      whole(0, Number.MAX_SAFE_INTEGER),
      v.description('Everything that is drawn follows from it: the same seed gives the same devices. Default 1.'),
    ),
    1,
  ),
  devices: v.pipe(
    mixOf('device'),
    v.description('Models by weight. Each device has its own serial number, UUID and MAC addresses.'),
  ),
  tenants: v.pipe(mixOf('tenant'), v.description('Schools by weight.')),
  persons: v.pipe(mixOf('person'), v.description('Who answers the pages, by weight.')),
  networks: v.pipe(mixOf('network'), v.description('What is around a device, by weight.')),
  faults: v.optional(
    v.pipe(
      v.array(fault),
      v.description(
        'What goes wrong, by weight. An entry without a fault and without events is a device without trouble.',
      ),
    ),
    [],
  ),
  events: v.pipe(
    events,
    v.description('Events of every device, as in a scenario: pushes, app waves, the administrator.'),
  ),
  keys: v.optional(
    v.pipe(
      v.picklist(['shared', 'own']),
      v.description(
        'shared: the devices of a model have the keys of the model, which costs nothing. own: each device has its own TPM, whose keys are searched for: seconds of processor time a device.',
      ),
    ),
    'shared',
  ),
  arrival: v.optional(v.pipe(arrival, v.description('When devices start, in real time.')), { closed: { atOnce: 8 } }),
  speed: v.optional(
    v.pipe(speed, v.description('Device time per real time: instant, real, or a number such as 60.')),
    'instant',
  ),
  service: v.optional(
    v.pipe(
      text,
      v.description(
        'mock: each device has a school for itself, in its process. Else an origin of "oobe serve", a discovery URL, or a target profile.',
      ),
      v.examples(['https://localhost:8443']),
    ),
    'mock',
  ),
  trust: v.optional(v.pipe(text, v.description('A file with a certificate authority that devices trust, in PEM.'))),
  startsAt: v.optional(
    v.pipe(
      startTime,
      v.description('When devices are switched on, by their own clock; with a real service it is now.'),
    ),
    DEFAULT_START,
  ),
  expect: v.optional(v.pipe(expectSchema, v.description('What each device has to come to, as in a scenario.'))),
  batch: v.optional(
    v.pipe(whole(1, 1_000), v.description('How many devices are played and kept together. Default 50.')),
    50,
  ),
  thresholds: v.optional(
    v.pipe(
      v.array(text),
      v.description('What the whole fleet has to keep to. It is judged once, after all devices have ended.'),
      v.examples([['p95(enrollment) < 90s', 'failed < 1%', 'http 5xx == 0']]),
    ),
    [],
  ),
})

export type FleetFile = v.InferOutput<typeof fleetSchema>
export type FaultEntry = FleetFile['faults'][number]
