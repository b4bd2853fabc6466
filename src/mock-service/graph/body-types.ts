import { isRecord, type JsonObject } from '../../protocols/json.ts'
import { badRequest, GraphError } from './call.ts'

/** What a type of Graph has: the members that a body may name, and of what type each is. */
export interface BodyType {
  /** As Intune's refusals call it, without the namespace. */
  name: string
  members: Readonly<Record<string, MemberType>>
  /** Relationships, which have requests of their own. */
  relations?: readonly string[]
}

type Primitive = 'Edm.String' | 'Edm.Boolean' | 'Edm.Int32' | 'Edm.Int64' | 'Edm.DateTimeOffset'

/** `values` are those that an enumeration has. A list is of one of the others; several types are those that a value may say. */
export type MemberType =
  | Primitive
  | { enumeration: string; values: readonly string[] }
  | { listOf: 'Edm.String' | readonly BodyType[] }
  | readonly BodyType[]

/** Intune's services know the types of Graph by names of their own, and show these. */
const NAMESPACE = 'microsoft.management.services.api.'

/** What a body that does not fit its type is refused with. The sentences are those of logs from the field [M]. */
const mismatch = (message: string): GraphError => new GraphError(400, 'ModelValidationFailure', message)

/**
 * Checks that a body holds nothing that its type does not have. Names with an @ are annotations, and no members.
 *
 * @throws GraphError 400
 */
export function checkBody(json: JsonObject, type: BodyType): void {
  checkMembers(json.members, type)
}

/** The parameters of an action. The sentence is that of the OData library [A]. @throws GraphError 400 */
export function checkParameters(json: JsonObject, action: string, members: BodyType['members']): void {
  const unknown = Object.keys(json.members).find((name) => !name.includes('@') && !Object.hasOwn(members, name))
  if (unknown !== undefined) {
    throw mismatch(
      `The parameter '${unknown}' in the request payload is not a valid parameter for the operation '${action}'.`,
    )
  }
  const missing = Object.keys(members).find((name) => json.members[name] === undefined)
  if (missing !== undefined) throw mismatch(`The operation '${action}' requires the parameter '${missing}'.`)
  checkMembers(json.members, { name: action, members })
}

/** The type that a body says it has: one of those given. @throws GraphError 400 */
export function typeOf(members: Readonly<Record<string, unknown>>, types: readonly BodyType[]): BodyType | undefined {
  const said = members['@odata.type']
  if (said === undefined || said === null) return undefined
  if (typeof said !== 'string') throw unexpected(said, 'PrimitiveValue')
  const name = said.replace(/^#/, '')
  const found = types.find((type) => name === `microsoft.graph.${type.name}`)
  if (!found) {
    throw mismatch(
      `A type named '${name}' could not be resolved by the model. When a model is available, each type name must resolve to a valid type.`,
    )
  }
  return found
}

function checkMembers(members: Readonly<Record<string, unknown>>, type: BodyType): void {
  for (const [name, value] of Object.entries(members)) {
    if (name.includes('@')) continue
    if (type.relations?.includes(name)) throw badRequest(`${name} cannot be set in this request: it has other paths`)
    if (!Object.hasOwn(type.members, name)) throw noSuchMember(name, type)
    checkValue(name, value, type.members[name]!)
  }
}

/** The sentence of Intune's answers [M]. */
const noSuchMember = (name: string, type: BodyType): GraphError =>
  mismatch(
    `The property '${name}' does not exist on type '${NAMESPACE}${type.name}'. Make sure to only use property names that are defined by the type.`,
  )

function checkValue(name: string, value: unknown, type: MemberType): void {
  if (typeof type === 'string') checkPrimitive(name, value, type)
  else if ('enumeration' in type) checkEnumeration(value, type)
  else if ('listOf' in type) checkList(name, value, type.listOf)
  else if (value !== null) checkObject(value, type)
}

function checkPrimitive(name: string, value: unknown, type: Primitive): void {
  if (value === null && (type === 'Edm.Boolean' || type === 'Edm.Int32' || type === 'Edm.Int64')) {
    throw nullRefused(name, type)
  }
  if (value === null || FITS[type](value)) return
  throw typeof value === 'object' ? unexpected(value, 'PrimitiveValue') : notOfType(value, type)
}

const isWhole = (value: unknown, most: number): boolean =>
  Number.isSafeInteger(value) && Math.abs(value as number) <= most

const FITS: Record<Primitive, (value: unknown) => boolean> = {
  'Edm.String': (value) => typeof value === 'string',
  'Edm.Boolean': (value) => typeof value === 'boolean',
  'Edm.Int32': (value) => isWhole(value, 0x7fff_ffff),
  'Edm.Int64': (value) => isWhole(value, Number.MAX_SAFE_INTEGER),
  'Edm.DateTimeOffset': (value) =>
    typeof value === 'string' && /^\d{4}-\d\d-\d\dT\d\d:\d\d/.test(value) && !Number.isNaN(Date.parse(value)),
}

/** What the service says of an unknown value of an enumeration is not known: the sentence of the other types [A]. */
function checkEnumeration(value: unknown, { enumeration, values }: { enumeration: string; values: readonly string[] }) {
  if (typeof value === 'string' && values.includes(value)) return
  throw typeof value === 'object' && value !== null
    ? unexpected(value, 'PrimitiveValue')
    : notOfType(value, `${NAMESPACE}${enumeration}`)
}

function checkList(name: string, value: unknown, of: 'Edm.String' | readonly BodyType[]): void {
  if (value === null) throw nullRefused(name, 'Collection')
  if (!Array.isArray(value)) throw unexpected(value, 'StartArray')
  for (const entry of value as unknown[]) {
    if (of !== 'Edm.String') checkObject(entry, of)
    else if (typeof entry === 'object') throw unexpected(entry, 'PrimitiveValue')
    else if (typeof entry !== 'string') throw notOfType(entry, 'Edm.String')
  }
}

function checkObject(value: unknown, types: readonly BodyType[]): void {
  if (!isRecord(value)) throw unexpected(value, 'StartObject')
  checkMembers(value, typeOf(value, types) ?? types[0]!)
}

const nodeOf = (value: unknown): string =>
  Array.isArray(value) ? 'StartArray' : isRecord(value) ? 'StartObject' : 'PrimitiveValue'

const unexpected = (value: unknown, expected: string): GraphError =>
  mismatch(
    `An unexpected '${nodeOf(value)}' node was found when reading from the JSON reader. A '${expected}' node was expected.`,
  )

const notOfType = (value: unknown, type: string): GraphError =>
  mismatch(`Cannot convert the literal '${String(value).slice(0, 100)}' to the expected type '${type}'.`)

const nullRefused = (name: string, type: string): GraphError =>
  mismatch(
    `A null value was found for the property named '${name}', which has the expected type '${type}[Nullable=False]'. The expected type '${type}[Nullable=False]' does not allow null values.`,
  )
