import { createHash } from 'node:crypto'

// A security key of the simulation follows from its name: what is on the key, and what Microsoft Entra has of it, need no file.

/** Seed and label of the private key. */
export const keySeedOf = (name: string): readonly [seed: string, label: string] => [
  `security-key:${name.toLowerCase()}`,
  'fido2',
]

const digest = (text: string): string => createHash('sha256').update(text).digest('base64url')

export const credentialIdOf = (name: string): string => digest(`credential:${name.toLowerCase()}`)

/** Opaque, and of the account that the key was registered for. */
export const userHandleOf = (account: string): string => digest(`user:${account.toLowerCase()}`)
