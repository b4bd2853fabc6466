import * as v from 'valibot'
import { LOSABLE, TPM_CONDITIONS, type TpmCondition } from '../domain/conditions.ts'
import { PAGE_IDS } from '../domain/pages.ts'
import { OUTSIDE, type Stimulus, type StimulusKind } from '../domain/stimulus.ts'
import { recordedAction } from '../events/administrator.ts'
import { serverOrder } from '../events/server.ts'

type Schemas = { [Kind in StimulusKind]: v.GenericSchema<unknown, Extract<Stimulus, { kind: Kind }>> }

const on = v.union([v.number(), v.string()])
const secret = v.strictObject({ secret: v.string() })
const ms = v.pipe(v.number(), v.finite())

const hosts = v.array(v.string())

/** What of a school's network an event changes. */
const change = v.union([
  v.strictObject({ dns: v.string(), works: v.boolean() }),
  v.strictObject({ port: v.number(), isOpen: v.boolean() }),
  v.strictObject({ inspect: v.string(), isOn: v.boolean() }),
  v.strictObject({ portal: v.picklist(['on', 'off']) }),
  v.strictObject({
    slow: v.nullable(v.strictObject({ latencyMs: v.exactOptional(ms), downloadMbps: v.exactOptional(v.number()) })),
  }),
  v.strictObject({ loss: v.nullable(v.number()) }),
  v.strictObject({
    proxy: v.union([
      v.null(),
      v.picklist(['down', 'signIn']),
      v.strictObject({
        address: v.string(),
        found: v.picklist(['wpad', 'pac', 'static']),
        signIn: v.exactOptional(v.literal(true)),
        free: v.exactOptional(hosts),
        direct: v.exactOptional(hosts),
      }),
    ]),
  }),
])

/** How a stimulus is written in a journal. A kind without a line here does not compile. */
const SCHEMAS: Schemas = {
  press: v.strictObject({
    kind: v.literal('press'),
    page: v.picklist(PAGE_IDS),
    control: v.string(),
    values: v.record(v.string(), v.union([v.string(), secret])),
  }),
  keyChord: v.strictObject({ kind: v.literal('keyChord'), keys: v.string() }),
  wait: v.strictObject({ kind: v.literal('wait'), ms }),
  cable: v.strictObject({ kind: v.literal('cable'), position: v.picklist(['in', 'out']) }),
  radio: v.strictObject({ kind: v.literal('radio'), position: v.picklist(['on', 'off']) }),
  uplink: v.strictObject({ kind: v.literal('uplink'), position: v.picklist(['up', 'down']) }),
  block: v.strictObject({ kind: v.literal('block'), host: v.string(), isBlocked: v.boolean() }),
  surroundings: v.strictObject({ kind: v.literal('surroundings'), change }),
  power: v.strictObject({ kind: v.literal('power'), position: v.optional(v.picklist(['off', 'on'])) }),
  lid: v.strictObject({ kind: v.literal('lid'), position: v.picklist(['closed', 'open']) }),
  presence: v.strictObject({ kind: v.literal('presence'), is: v.picklist(['away', 'back']) }),
  becomes: v.strictObject({ kind: v.literal('becomes'), who: v.string() }),
  does: v.strictObject({
    kind: v.literal('does'),
    answer: v.union([v.string(), v.record(v.string(), v.union([v.string(), secret]))]),
  }),
  push: v.strictObject({ kind: v.literal('push') }),
  disconnect: v.strictObject({ kind: v.literal('disconnect') }),
  clockJump: v.strictObject({ kind: v.literal('clockJump'), ms }),
  tpm: v.strictObject({
    kind: v.literal('tpm'),
    condition: v.picklist(Object.keys(TPM_CONDITIONS) as TpmCondition[]),
    isSo: v.boolean(),
  }),
  disk: v.strictObject({
    kind: v.literal('disk'),
    change: v.union([
      v.strictObject({ full: v.boolean() }),
      v.strictObject({ slow: v.number() }),
      v.strictObject({ lost: v.picklist(LOSABLE) }),
      v.strictObject({ recovery: v.picklist(['enabled', 'disabled']) }),
    ]),
  }),
  answer: v.strictObject({
    kind: v.literal('answer'),
    on,
    status: v.number(),
    headers: v.record(v.string(), v.string()),
    body: v.string(),
  }),
  delay: v.strictObject({ kind: v.literal('delay'), on, ms }),
  drop: v.strictObject({ kind: v.literal('drop'), on }),
  hang: v.strictObject({ kind: v.literal('hang'), on }),
  corrupt: v.strictObject({ kind: v.literal('corrupt'), on }),
  tenantChange: v.strictObject({ kind: v.literal('tenantChange'), action: recordedAction }),
  serverCommand: v.strictObject({ kind: v.literal('serverCommand'), order: serverOrder }),
  serverHold: v.strictObject({
    kind: v.literal('serverHold'),
    phase: v.picklist(['device', 'user']),
    isHeld: v.boolean(),
  }),
  serverSilence: v.strictObject({ kind: v.literal('serverSilence'), isSilent: v.boolean() }),
  refusal: v.strictObject({
    kind: v.literal('refusal'),
    csp: v.string(),
    status: v.number(),
    isRefused: v.boolean(),
  }),
  person: v.strictObject({ kind: v.literal('person'), who: v.picklist(['script', 'terminal']) }),
  stop: v.strictObject({ kind: v.literal('stop') }),
}

const recorded = v.object({
  at: ms,
  by: v.picklist(OUTSIDE),
  step: v.pipe(v.number(), v.integer(), v.minValue(0)),
  stimulus: v.variant('kind', Object.values(SCHEMAS) as never),
})

/** Whether a journal's entry is a stimulus from outside, in a shape that can be applied again. */
export const isRecordedStimulus = (entry: unknown): boolean => v.is(recorded, entry)
