import { u32 } from '../../protocols/tpm/bytes.ts'
import { HANDLE_RANGE, RH } from '../../protocols/tpm/constants.ts'
import { nameOf } from '../../protocols/tpm/public-area.ts'
import { ofHandle, RC } from '../../protocols/tpm/response-codes.ts'
import { TpmRefusal } from './refusal.ts'
import { PCR_COUNT, type TpmState } from './state.ts'

type EntityKind = 'pcr' | 'nv' | 'hmacSession' | 'policySession' | 'permanent' | 'transient' | 'persistent'

/** Of which range a handle is; undefined for one of none. */
export function kindOf(handle: number): EntityKind | undefined {
  const range = Math.floor(handle / 0x100_0000) * 0x100_0000
  return (Object.keys(HANDLE_RANGE) as EntityKind[]).find((kind) => HANDLE_RANGE[kind] === range)
}

/** What a command takes in a place of its handle area. */
export type Takes = (handle: number, kind: EntityKind | undefined) => boolean

const HIERARCHIES: number[] = [RH.OWNER, RH.ENDORSEMENT, RH.PLATFORM, RH.NULL]
const PERMANENT: number[] = [...HIERARCHIES, RH.LOCKOUT]

export const anObject: Takes = (_, kind) => kind === 'transient' || kind === 'persistent'
export const anIndex: Takes = (_, kind) => kind === 'nv'
export const aPcr: Takes = (handle) => handle < PCR_COUNT
export const aPolicySession: Takes = (_, kind) => kind === 'policySession'
export const aContext: Takes = (_, kind) => kind === 'transient' || kind === 'hmacSession' || kind === 'policySession'
export const anEntity: Takes = (handle, kind) =>
  anObject(handle, kind) || kind === 'nv' || PERMANENT.includes(handle) || aPcr(handle, kind)
export const oneOf =
  (...handles: number[]): Takes =>
  (handle) =>
    handles.includes(handle)
export const aHierarchy = oneOf(...HIERARCHIES)

/** Refuses what a handle may not be, and what is not there (Part 3, 5.5). `number` counts from 1. */
export function checkHandle(state: TpmState, handle: number, number: number, takes: Takes): void {
  const kind = kindOf(handle)
  if (!takes(handle, kind)) throw new TpmRefusal(ofHandle(RC.VALUE, number))
  if (kind === 'transient' && !state.transient.has(handle)) throw new TpmRefusal(RC.REFERENCE_H0 + number - 1)
  if (kind === 'persistent' && !state.persistent.has(handle)) throw new TpmRefusal(ofHandle(RC.HANDLE, number))
  if (kind === 'nv' && !state.nv.has(handle)) throw new TpmRefusal(ofHandle(RC.HANDLE, number))
  const isSession = kind === 'policySession' || kind === 'hmacSession'
  if (isSession && !state.sessions.has(handle)) throw new TpmRefusal(RC.REFERENCE_H0 + number - 1)
}

/** The name of the entity that a handle refers to (Part 1, 16): of what has no public area, the handle itself. */
export function entityName(state: TpmState, handle: number): Uint8Array {
  const object = state.objectAt(handle)
  if (object) return object.name
  return state.nv.has(handle) ? nameOf(state.nvPublic(handle)) : u32(handle)
}
