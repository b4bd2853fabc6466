import * as v from 'valibot'
import { CONNECTOR_STATES } from '../domain/hybrid-join.ts'
import {
  actionText,
  REMOTE_ACTIONS,
  type TenantAction,
  type TenantActionKind,
  type TenantActions,
} from '../domain/tenant-action.ts'
import { defineEvent } from './define-event.ts'
import { keysAtLeast, oneKey } from './json-schema.ts'
import { text } from './values.ts'

const object = [v.strictObject({ profile: text }), v.strictObject({ statusPage: text }), v.strictObject({ app: text })]
const withTarget = <Name extends 'to' | 'from'>(name: Name) =>
  v.union(
    (['profile', 'statusPage', 'app'] as const).map((kind) => v.strictObject({ [kind]: text, [name]: text })),
  ) as unknown as v.GenericSchema<TenantActions[Name extends 'to' ? 'assign' : 'unassign']>

const hasOne = (facts: object): boolean => Object.values(facts).some((fact) => fact !== undefined)

/** What a scenario may write for each action. An action without its line does not compile. */
const ACTIONS: { [Kind in TenantActionKind]: v.GenericSchema<TenantActions[Kind]> } = {
  assignLicence: text,
  removeLicence: text,
  setPassword: v.strictObject({ user: text, password: text }),
  assign: withTarget('to'),
  unassign: withTarget('from'),
  delete: v.union([...object, v.strictObject({ group: text }), v.strictObject({ user: text })]) as never,
  register: v.strictObject({ groupTag: v.optional(text) }),
  deregister: v.literal(true),
  setGroupTag: v.string(),
  entraDevice: v.picklist(['disable', 'enable', 'delete']),
  allowNextEnrollment: v.literal(true),
  device: v.picklist(REMOTE_ACTIONS),
  deleteManagedDevice: v.literal(true),
  enrollment: v.pipe(
    v.strictObject({
      windows: v.optional(v.picklist(['allow', 'block'])),
      join: v.optional(v.picklist(['all', 'none'])),
      personal: v.optional(v.picklist(['allow', 'block'])),
      mdmUserScope: v.optional(v.picklist(['all', 'none'])),
      deviceLimit: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0))),
      connector: v.optional(v.picklist(CONNECTOR_STATES)),
    }),
    v.check((rules) => hasOne(rules), 'needs one of windows, join, personal, mdmUserScope, deviceLimit and connector'),
    v.metadata(keysAtLeast(1)),
  ),
  account: v.pipe(
    v.strictObject({
      user: text,
      disabled: v.optional(v.boolean()),
      locked: v.optional(v.boolean()),
      mustChangePassword: v.optional(v.boolean()),
    }),
    v.check((facts) => hasOne({ ...facts, user: undefined }), 'needs one of disabled, locked and mustChangePassword'),
    v.metadata(keysAtLeast(2)),
  ),
  conditionalAccess: v.pipe(
    v.strictObject({ policy: text, exclude: v.optional(text), state: v.optional(v.picklist(['off', 'on'])) }),
    v.check((facts) => hasOne({ ...facts, policy: undefined }), 'needs exclude or state'),
    v.metadata(keysAtLeast(2)),
  ),
  graph: v.strictObject({
    method: v.picklist(['GET', 'POST', 'PATCH', 'DELETE']),
    path: v.pipe(text, v.startsWith('/', 'must begin with /, such as /users/a@school.example')),
    body: v.optional(v.pipe(v.unknown(), v.description('JSON, as a script would send it.'))),
  }),
}

const KINDS = Object.keys(ACTIONS) as TenantActionKind[]

const actions = Object.fromEntries(KINDS.map((kind) => [kind, v.optional(ACTIONS[kind])])) as {
  [Kind in TenantActionKind]: v.OptionalSchema<v.GenericSchema<TenantActions[Kind]>, undefined>
}

const given = (words: object): TenantActionKind[] =>
  KINDS.filter((kind) => (words as Record<string, unknown>)[kind] !== undefined)

export const administrator = defineEvent<Partial<TenantActions>, TenantAction>({
  schema: v.pipe(
    v.strictObject(actions),
    v.check((words) => given(words).length === 1, `needs one action: ${KINDS.join(', ')}`),
    v.metadata(oneKey),
    v.transform((words): TenantAction => {
      const [kind] = given(words)
      return { kind: kind!, value: words[kind!] } as TenantAction
    }),
  ) as v.GenericSchema<Partial<TenantActions>, TenantAction>,
  to: 'device',
  words: (action) => `the administrator: ${actionText(action)}`,
  apply: (action) => ({ kind: 'tenantChange', action }),
  undo: null,
})

const secret = v.strictObject({ secret: v.string() })

/** An action as a journal has it, where a password has its name. */
export const recordedAction = v.variant(
  'kind',
  KINDS.map((kind) =>
    v.strictObject({
      kind: v.literal(kind),
      value: kind === 'setPassword' ? v.strictObject({ user: text, password: secret }) : ACTIONS[kind],
    }),
  ) as never,
) as unknown as v.GenericSchema<unknown, TenantAction>
