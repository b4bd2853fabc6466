import type { UserDefinition } from '../../domain/tenant.ts'
import type { DeviceCode } from './pending-device-code.ts'
import type { SignedInUser } from './signed-in-user.ts'

/** What a sign-in leaves behind until its code is exchanged. States of earlier versions do not have what is optional. */
export interface PendingCode extends SignedInUser {
  /** Empty where the client sent none. */
  codeChallenge: string
  /** `S256` when left out. */
  codeChallengeMethod?: 'S256' | 'plain' | undefined
  redirectUri: string
  clientId: string
  scope: string
  /** Of version 1. */
  resource?: string | undefined
  /** Of the ID token. */
  nonce: string | undefined
  /** Unix milliseconds. */
  expiresAt?: number | undefined
  /** It was exchanged, or a client tried to: it is good for nothing, and has another refusal than one that never was. */
  isUsed?: boolean | undefined
}

/** What a refresh token is good for: it serves the application alone that it was given to (RFC 6749, 6). */
export interface RefreshGrant extends SignedInUser {
  clientId: string
  /** What the token before it was for: the same again, where a client asks for nothing else. */
  scope?: string | undefined
  resource?: string | undefined
}

/** A nonce of the token endpoint, and what it has served for: nothing is served twice. */
export interface Nonce {
  /** Unix milliseconds. */
  goodUntil: number
  /** The primary refresh token that was issued for it, or that it was first used under: it serves under no other. */
  primaryToken?: string
  /** Hashes of the requests under that token's session key that were answered. */
  answered: string[]
}

/** A device that has joined. */
export interface JoinedDevice {
  deviceId: string
  displayName: string
  /** DER of the certificate that the join issued. */
  certificate: Uint8Array
  /** DER of its transport key. */
  transportSpki: Uint8Array
}

/** A person's primary refresh token on a device ([MS-OAPXBC]). */
export interface PrimaryToken extends SignedInUser {
  deviceId: string
  sessionKey: Uint8Array
}

/** A notification on a person's phone. */
export interface PhoneProof {
  email: string
  context: string
  sentAt: number
  isApproved: boolean
}

/** A key of Windows Hello ([MS-KPP]). */
export interface HelloKey {
  /** Object id of the person. */
  userId: string
  deviceId: string
  /** DER of the public key. */
  spki: Uint8Array
  /** Unix milliseconds. */
  createdAt: number
}

/** What Microsoft Entra remembers. */
export interface EntraPart {
  codes: Map<string, PendingCode>
  deviceCodes: Map<string, DeviceCode>
  refreshTokens: Map<string, RefreshGrant>
  /** Joined devices by certificate thumbprint. */
  joined: Map<string, JoinedDevice>
  primaryTokens: Map<string, PrimaryToken>
  nonces: Map<string, Nonce>
  /** Notifications by their session id. */
  proofs: Map<string, PhoneProof>
  /** Sign-ins at the school's own page that Entra has not heard of yet, by the id of their assertion. */
  assertions: Map<string, UserDefinition>
  /** By their ids. States of earlier versions have none. */
  helloKeys?: Map<string, HelloKey>
  /** What an administrator has changed of the policies of Conditional Access, by their ids. */
  accessChanges?: Map<string, { isOff: boolean; excluded: string[] }>
}

export const newEntra = (): EntraPart => ({
  codes: new Map(),
  deviceCodes: new Map(),
  refreshTokens: new Map(),
  joined: new Map(),
  primaryTokens: new Map(),
  nonces: new Map(),
  proofs: new Map(),
  assertions: new Map(),
  helloKeys: new Map(),
  accessChanges: new Map(),
})
