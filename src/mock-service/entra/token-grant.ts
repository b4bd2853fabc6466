import type { Whereabouts } from '../../domain/named-locations.ts'
import type { Client } from './clients.ts'
import type { Wanted } from './scopes.ts'
import type { SignedInUser } from './signed-in-user.ts'

/** What tokens are to be issued. */
export interface TokenGrant extends SignedInUser {
  wanted: Wanted
  /** As asked, for the next time. */
  scope: string
  /** As asked, of version 1. */
  resource?: string | undefined
  /** Of a device that has joined. */
  deviceId?: string | undefined
  /** Who asked: the tokens are for it, and the refresh token serves it alone. */
  client: Client
  nonce?: string | undefined
  /** Of the endpoint. */
  version: 1 | 2
  /** A refresh token is given in any case: version 2 gives one for `offline_access`. */
  isRefreshed?: boolean
  /** Where the request for them comes from. */
  from?: Whereabouts | undefined
  /** The client asked for `client_info`: Microsoft's libraries do. */
  hasClientInfo?: boolean
}
