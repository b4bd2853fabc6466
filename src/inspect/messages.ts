import type { InspectionEvent } from 'xstate'
import { type MaskText, plainValue } from './plain-value.ts'

/** The version of `@statelyai/inspect` whose messages these are; a viewer takes a message without one for something else. */
const PROTOCOL = '0.7.2'

interface Base {
  sessionId: string
  rootId: string | undefined
  /** Milliseconds since 1970, as text. */
  createdAt: string
  id: null
  _version: string
}

export interface ActorMessage extends Base {
  type: '@xstate.actor'
  name: string
  parentId: string | undefined
  /** What createMachine was given, as JSON. */
  definition: string
  snapshot: unknown
}

export interface EventMessage extends Base {
  type: '@xstate.event'
  sourceId: string | undefined
  event: unknown
}

export interface SnapshotMessage extends Base {
  type: '@xstate.snapshot'
  event: unknown
  snapshot: unknown
}

export type InspectorMessage = ActorMessage | EventMessage | SnapshotMessage

/** What is read of an actor. XState tells an inspector less of its type than there is. */
export interface InspectedActor {
  sessionId: string
  id: string
  _parent?: { sessionId: string } | undefined
  logic?: { config?: { id?: string } | ((...args: never[]) => unknown) }
  getSnapshot(): { status?: string }
}

export interface Writing {
  mask: MaskText
  now: number
}

/** An actor, with a state that it is in. */
export function actorMessage(
  actor: InspectedActor,
  snapshot: object,
  rootId: string | undefined,
  writing: Writing,
): ActorMessage {
  const given = actor.logic?.config
  // A promise or a callback has its function there.
  const config = typeof given === 'object' ? given : undefined
  const name = (actor.id === actor.sessionId ? config?.id : undefined) ?? actor.id
  return {
    type: '@xstate.actor',
    name,
    parentId: actor._parent?.sessionId,
    // Our own source, without a value of a run: there is nothing to be masked, and words of ours stay.
    definition: JSON.stringify(plainValue(config ?? { id: name }, unmasked)),
    snapshot: plainSnapshot(snapshot, writing.mask),
    ...baseOf(actor.sessionId, rootId, writing),
  }
}

/** Undefined for what the protocol has no message for: the steps of a transition, and its actions. */
export function messageOf(inspection: InspectionEvent, writing: Writing): InspectorMessage | undefined {
  const { rootId } = inspection
  const actor = inspection.actorRef as unknown as InspectedActor
  switch (inspection.type) {
    case '@xstate.actor':
      // XState announces an actor before its state can be read: the state follows in another message.
      return actorMessage(actor, { status: 'active' }, rootId, writing)
    case '@xstate.event':
      return {
        type: '@xstate.event',
        event: plainEvent(inspection.event, writing.mask),
        sourceId: inspection.sourceRef?.sessionId,
        ...baseOf(actor.sessionId, rootId, writing),
      }
    case '@xstate.snapshot':
      return {
        type: '@xstate.snapshot',
        event: plainEvent(inspection.event, writing.mask),
        snapshot: plainSnapshot(inspection.snapshot, writing.mask),
        ...baseOf(actor.sessionId, rootId, writing),
      }
    default:
      return undefined
  }
}

const baseOf = (sessionId: string, rootId: string | undefined, { now }: Writing): Base => ({
  sessionId,
  rootId,
  createdAt: String(now),
  id: null,
  _version: PROTOCOL,
})

const unmasked: MaskText = (text) => text

/** Words of ours, which stay readable when a password is one of them. */
const OWN_OF_EVENT = new Set(['type'])
const OWN_OF_SNAPSHOT = new Set(['status', 'value', 'historyValue', 'tags', 'children'])

const plainEvent = (event: object, mask: MaskText): unknown => fieldsOf(event, OWN_OF_EVENT, mask)

function plainSnapshot(snapshot: object, mask: MaskText): unknown {
  const { toJSON } = snapshot as { toJSON?: () => object }
  return fieldsOf(toJSON ? toJSON.call(snapshot) : snapshot, OWN_OF_SNAPSHOT, mask)
}

const fieldsOf = (object: object, own: ReadonlySet<string>, mask: MaskText): unknown =>
  Object.fromEntries(
    Object.entries(object).map(([name, value]) => [
      name,
      // Its name goes along: a field is masked by what it is called, too.
      (plainValue({ [name]: value }, own.has(name) ? unmasked : mask) as Record<string, unknown>)[name],
    ]),
  )
