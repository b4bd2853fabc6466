import type { InspectionEvent } from 'xstate'
import { MASK } from '../domain/secret.ts'
import { KnownSecrets } from '../journal/known-secrets.ts'
import { maskedText } from '../journal/mask-exchange.ts'
import { actorMessage, type InspectedActor, type InspectorMessage, messageOf, type Writing } from './messages.ts'

/**
 * Tells watchers of a run in the messages of `@statelyai/inspect`. Nothing is written while no one watches. Who comes late gets
 * each living actor with the state that it is in.
 *
 * That package itself would not do: it makes snapshots JSON before its caller could mask them, masks nothing in outputs and errors,
 * reads an actor some time after the event, loses what is left when a process ends, and brings along the clients of its
 * maker's services.
 */
export class RunInspector {
  readonly #clock: () => number
  readonly #watchers = new Set<(line: string) => void>()
  /** Actors of this power-on, by their session. */
  readonly #actors = new Map<string, { actor: InspectedActor; rootId: string | undefined }>()
  #secrets = new KnownSecrets()

  /** @param clock what the messages have as their time */
  constructor(clock: () => number) {
    this.#clock = clock
  }

  readonly take = (inspection: InspectionEvent, secrets: KnownSecrets): void => {
    this.#secrets = secrets
    const actor = inspection.actorRef as unknown as InspectedActor
    if (inspection.type === '@xstate.actor') {
      // A device that starts again leaves all actors of before.
      if (actor._parent === undefined) this.#actors.clear()
      this.#actors.set(actor.sessionId, { actor, rootId: inspection.rootId })
    }
    if (inspection.type === '@xstate.snapshot' && hasEnded(actor, inspection.snapshot))
      this.#actors.delete(actor.sessionId)
    if (this.#watchers.size === 0) return
    const message = messageOf(inspection, this.#writing)
    if (!message) return
    const line = JSON.stringify(message)
    for (const watcher of this.#watchers) watcher(line)
  }

  /** Sends what there is, and from now on each message. Returns the undoing. */
  watch(send: (line: string) => void): () => void {
    for (const message of this.#picture()) send(JSON.stringify(message))
    this.#watchers.add(send)
    return () => void this.#watchers.delete(send)
  }

  #picture(): InspectorMessage[] {
    return [...this.#actors.values()].flatMap(({ actor, rootId }) => {
      const snapshot = actor.getSnapshot()
      return hasEnded(actor, snapshot) ? [] : [actorMessage(actor, snapshot, rootId, this.#writing)]
    })
  }

  get #writing(): Writing {
    const secrets = this.#secrets
    return { now: this.#clock(), mask: (text) => (secrets.has(text) ? MASK : maskedText(text, secrets)) }
  }
}

/** How a run ended can be seen to the last: the outermost actor stays. */
const hasEnded = ({ _parent }: InspectedActor, { status }: { status?: string }): boolean =>
  _parent !== undefined && status !== 'active'
