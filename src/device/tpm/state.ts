import { createHash, createHmac } from 'node:crypto'
import type { TpmFacts } from '../../domain/device.ts'
import type { KeySource } from '../../ports/keys.ts'
import { join, sized, u16, u32 } from '../../protocols/tpm/bytes.ts'
import { ALG, HANDLE_RANGE, NV, RH, SHA256_SIZE } from '../../protocols/tpm/constants.ts'
import { nameOf } from '../../protocols/tpm/public-area.ts'
import { RC } from '../../protocols/tpm/response-codes.ts'
import { encodePublic, type TpmPublic } from '../../protocols/tpm/tpmt-public.ts'
import { changedSeed } from './endorsement-seed.ts'
import { type PrimaryKey, primaryKeyOf } from './primary-keys.ts'
import { TpmRefusal } from './refusal.ts'

export interface TpmObject {
  hierarchy: number
  /** What the key was made of: enough to make it again. */
  template: TpmPublic
  key: PrimaryKey
  publicArea: Uint8Array
  name: Uint8Array
  qualifiedName: Uint8Array
  auth: Uint8Array
}

export interface Session {
  kind: 'hmac' | 'policy' | 'trial'
  nonceTpm: Uint8Array
  /** Of the policy, as far as it has been satisfied. */
  policyDigest: Uint8Array
}

export interface NvIndex {
  attributes: number
  data: Uint8Array
}

export interface TpmParts {
  facts: TpmFacts
  keys: KeySource
  /** Milliseconds that the TPM has had power. */
  clock: () => number
  /** What its maker left in it. */
  nv?: ReadonlyMap<number, Uint8Array>
}

/** Transient objects, and loaded sessions: as many as swtpm has. There is no resource manager. */
export const SLOTS = 3
const SESSIONS_MAX = 3

export const PCR_COUNT = 24

/** Windows: 32 tries, one forgotten every two hours (device-identity.md, 3.4 [O]). */
export const LOCKOUT = { maxAuthFail: 32, intervalSeconds: 7_200, recoverySeconds: 86_400 } as const

/** The certificate of an endorsement key: written by its maker, every caller can read it, and no caller can change it. */
const CERTIFICATE_ATTRIBUTES =
  NV.PPWRITE |
  NV.WRITELOCKED |
  NV.WRITEDEFINE |
  NV.PPREAD |
  NV.OWNERREAD |
  NV.AUTHREAD |
  NV.NO_DA |
  NV.WRITTEN |
  NV.PLATFORMCREATE

/** All that a TPM remembers, for good or until its next start. */
export class TpmState {
  readonly facts: TpmFacts
  readonly clock: () => number
  isStarted = false
  resetCount = 0
  readonly transient = new Map<number, TpmObject>()
  readonly persistent = new Map<number, TpmObject>()
  readonly sessions = new Map<number, Session>()
  readonly nv = new Map<number, NvIndex>()
  readonly pcrs: Uint8Array[] = []
  pcrUpdates = 0
  lockoutCounter: number
  readonly #keys: KeySource
  #endorsementSeed: string
  #ownerSeed: string
  #drawn = 0

  constructor({ facts, keys, clock, nv }: TpmParts, endorsementSeed: string) {
    this.facts = facts
    this.clock = clock
    this.#keys = keys
    this.#endorsementSeed = endorsementSeed
    this.#ownerSeed = facts.endorsementSeed
    this.lockoutCounter = facts.faults?.includes('lockout') ? LOCKOUT.maxAuthFail : 0
    for (const [index, data] of nv ?? []) this.nv.set(index, { attributes: CERTIFICATE_ATTRIBUTES, data })
    this.resetPcrs()
  }

  get isLocked(): boolean {
    return this.lockoutCounter >= LOCKOUT.maxAuthFail
  }

  /** Part 1, 17: the registers of a dynamic launch begin with ones. */
  resetPcrs(): void {
    for (let pcr = 0; pcr < PCR_COUNT; pcr++) {
      this.pcrs[pcr] = new Uint8Array(SHA256_SIZE).fill(pcr >= 17 && pcr <= 22 ? 0xff : 0)
    }
  }

  primary(hierarchy: number, template: TpmPublic, auth: Uint8Array): TpmObject {
    const key = primaryKeyOf(this.#keys, this.#seedOf(hierarchy), hierarchy, template)
    const publicArea = encodePublic(key.area)
    const name = nameOf(publicArea)
    return { hierarchy, template, key, publicArea, name, qualifiedName: nameOf(join(u32(hierarchy), name)), auth }
  }

  load(object: TpmObject): number {
    for (let slot = 0; slot < SLOTS; slot++) {
      const handle = HANDLE_RANGE.transient + slot
      if (this.transient.has(handle)) continue
      this.transient.set(handle, object)
      return handle
    }
    throw new TpmRefusal(RC.OBJECT_MEMORY)
  }

  openSession(session: Session, wanted?: number): number {
    if (this.sessions.size >= SESSIONS_MAX) throw new TpmRefusal(RC.SESSION_MEMORY)
    if (wanted !== undefined) {
      this.sessions.set(wanted, session)
      return wanted
    }
    const range = session.kind === 'hmac' ? HANDLE_RANGE.hmacSession : HANDLE_RANGE.policySession
    const used = new Set([...this.sessions.keys()].map((handle) => handle & 0xff_ffff))
    let number = 0
    while (used.has(number)) number++
    this.sessions.set(range + number, session)
    return range + number
  }

  objectAt(handle: number): TpmObject | undefined {
    return this.transient.get(handle) ?? this.persistent.get(handle)
  }

  /** TPMS_NV_PUBLIC (Part 2, 13.5). */
  nvPublic(index: number): Uint8Array {
    const { attributes, data } = this.nv.get(index)!
    return join(u32(index), u16(ALG.SHA256), u32(attributes), sized(), u16(data.length))
  }

  /** Random for a reader who does not know the seed, and the same in every run. */
  random(length: number): Uint8Array {
    const blocks: Uint8Array[] = []
    for (let left = length; left > 0; left -= SHA256_SIZE) {
      blocks.push(
        createHmac('sha256', this.facts.endorsementSeed)
          .update(`random ${this.#drawn++}`)
          .digest(),
      )
    }
    return join(...blocks).slice(0, length)
  }

  /** The secret that a hierarchy's tickets are made with. */
  proof(hierarchy: number): Uint8Array {
    return new Uint8Array(
      createHash('sha256')
        .update(`proof ${hierarchy} ${this.#seedOf(hierarchy)}`)
        .digest(),
    )
  }

  /** TPM2_Clear: a new owner, whose keys are others. Endorsement keys can be made again. */
  clear(): void {
    this.#ownerSeed = changedSeed(this.#ownerSeed)
    this.#flush(RH.OWNER)
    this.#flush(RH.ENDORSEMENT)
    this.lockoutCounter = 0
  }

  /** TPM2_ChangeEPS: other endorsement keys from now on. The certificates in NV stay, and fit no more. */
  changeEndorsementSeed(): void {
    this.#endorsementSeed = changedSeed(this.#endorsementSeed)
    this.#flush(RH.ENDORSEMENT)
  }

  #flush(hierarchy: number): void {
    for (const objects of [this.transient, this.persistent]) {
      for (const [handle, object] of objects) if (object.hierarchy === hierarchy) objects.delete(handle)
    }
  }

  #seedOf(hierarchy: number): string {
    return hierarchy === RH.ENDORSEMENT ? this.#endorsementSeed : this.#ownerSeed
  }
}
