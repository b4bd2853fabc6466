import { createPublicKey } from 'node:crypto'
import type { UserDefinition } from '../domain/tenant.ts'
import type { PendingChallenge } from './attestation/pending-challenge.ts'
import type { KeptAuthority } from './certificate-authority.ts'
import type { Contact } from './directory/contacts.ts'
import type { KeptImports } from './directory/imports.ts'
import type { KeptDirectory } from './directory/kept-directory.ts'
import type { KeptSynchronisation } from './directory/synchronisation.ts'
import type { DeviceCode } from './entra/pending-device-code.ts'
import { type KeptDevice, ManagedDevice } from './mdm/managed-device.ts'
import type {
  AuthorityLabel,
  JoinedDevice,
  Nonce,
  PendingCode,
  PhoneProof,
  PrimaryToken,
  RefreshGrant,
  Tenant,
} from './tenant.ts'

/** All that has happened in a tenant, as plain values: with its definition it makes the tenant again. */
export interface KeptTenant {
  directory: KeptDirectory
  imports: KeptImports
  contacts: Map<string, Contact>
  synchronisation: KeptSynchronisation
  codes: Map<string, PendingCode>
  deviceCodes: Map<string, DeviceCode>
  refreshTokens: Map<string, RefreshGrant>
  joined: Map<string, Omit<JoinedDevice, 'transportKey'> & { transportSpki: Uint8Array }>
  primaryTokens: Map<string, PrimaryToken>
  nonces: Map<string, Nonce>
  proofs: Map<string, PhoneProof>
  assertions: Map<string, UserDefinition>
  webSignIns: Map<string, string>
  acceptedTerms: Set<string>
  managed: Map<string, KeptDevice>
  challenges: Map<string, PendingChallenge>
  authorities: Map<AuthorityLabel, KeptAuthority>
}

/** The values are the tenant's own: they are good until its next request. */
export const keepTenant = (tenant: Tenant): KeptTenant => ({
  directory: tenant.directory.keep(),
  imports: tenant.imports.keep(),
  contacts: tenant.contacts.keep(),
  synchronisation: tenant.synchronisation.keep(),
  codes: tenant.codes,
  deviceCodes: tenant.deviceCodes,
  refreshTokens: tenant.refreshTokens,
  joined: converted(tenant.joined, ({ transportKey, ...device }) => ({
    ...device,
    transportSpki: new Uint8Array(transportKey.export({ type: 'spki', format: 'der' })),
  })),
  primaryTokens: tenant.primaryTokens,
  nonces: tenant.nonces,
  proofs: tenant.proofs,
  assertions: tenant.assertions,
  webSignIns: tenant.webSignIns,
  acceptedTerms: tenant.acceptedTerms,
  managed: converted(tenant.managed, (device) => device.keep()),
  challenges: tenant.challenges,
  authorities: converted(tenant.authorities, (authority) => authority.keep()),
})

/** @param tenant As it was made from its definition, with no request since. */
export function restoreTenant(tenant: Tenant, kept: KeptTenant): void {
  tenant.directory.restore(kept.directory)
  tenant.imports.restore(kept.imports)
  tenant.contacts.restore(kept.contacts)
  tenant.synchronisation.restore(kept.synchronisation)
  fill(tenant.codes, kept.codes)
  fill(tenant.deviceCodes, kept.deviceCodes)
  fill(tenant.refreshTokens, kept.refreshTokens)
  fill(
    tenant.joined,
    converted(kept.joined, ({ transportSpki, ...device }) => ({
      ...device,
      transportKey: createPublicKey({ key: Buffer.from(transportSpki), type: 'spki', format: 'der' }),
    })),
  )
  fill(tenant.primaryTokens, kept.primaryTokens)
  fill(tenant.nonces, kept.nonces)
  fill(tenant.proofs, kept.proofs)
  fill(tenant.assertions, kept.assertions)
  fill(tenant.webSignIns, kept.webSignIns)
  for (const terms of kept.acceptedTerms) tenant.acceptedTerms.add(terms)
  fill(
    tenant.managed,
    converted(kept.managed, (device) => ManagedDevice.restore(device)),
  )
  fill(tenant.challenges, kept.challenges)
  for (const [label, authority] of kept.authorities) tenant.authority(label).restore(authority)
}

const converted = <Key, From, To>(map: ReadonlyMap<Key, From>, convert: (value: From) => To): Map<Key, To> =>
  new Map([...map].map(([key, value]) => [key, convert(value)]))

function fill<Key, Value>(map: Map<Key, Value>, from: ReadonlyMap<Key, Value>): void {
  for (const [key, value] of from) map.set(key, value)
}
