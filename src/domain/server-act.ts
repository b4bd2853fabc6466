import type { EspPhase } from './esp.ts'

/**
 * When the management server sends something: in the next session that the device begins, in the one under way, or now, by a
 * push to a device that holds none.
 */
export const SESSIONS = ['next', 'this', 'push'] as const
export type SessionChoice = (typeof SESSIONS)[number]

/** A command of the management server. */
export interface ServerCommand {
  command: 'Add' | 'Delete' | 'Exec' | 'Get' | 'Replace'
  uri: string
  format?: string | undefined
  data?: string | undefined
  session?: SessionChoice | undefined
}

/** ServerHasFinishedProvisioning of a phase: the server says that no more comes. */
export interface ServerRelease {
  release: EspPhase
  session?: SessionChoice | undefined
}

/** What the management server sends. */
export type ServerOrder = ServerCommand | ServerRelease

export type ServerWords =
  | ServerOrder
  /** The server does not release this phase. */
  | { hold: EspPhase }
  /** The server answers nothing. */
  | { silent: true }

export const orderText = (order: ServerOrder): string =>
  'release' in order ? `releases the ${order.release} phase` : `${order.command} ${order.uri}`
