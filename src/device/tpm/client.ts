import { join, list, readWhole, sized, type TpmReader, u8, u16, u32 } from '../../protocols/tpm/bytes.ts'
import { ALG, CAP, CC, RH } from '../../protocols/tpm/constants.ts'
import { encodeTicket, readTicket, type Ticket } from '../../protocols/tpm/creation-data.ts'
import type { Credential } from '../../protocols/tpm/credential.ts'
import { type CommandAuth, decodeResponse, encodeCommand, password } from '../../protocols/tpm/frames.ts'
import { encodePcrSelections, type PcrSelection, readPcrSelections } from '../../protocols/tpm/pcr.ts'
import { RC } from '../../protocols/tpm/response-codes.ts'
import { encodePublic, encodeScheme, readPublic, type Scheme, type TpmPublic } from '../../protocols/tpm/tpmt-public.ts'
import type { Tpm } from './tpm.ts'

/** A TPM's answer: what it gave, or the response code with which it refused. */
export type Answer<Value> = { ok: true; value: Value } | { ok: false; code: number }

export interface CreatedPrimary {
  handle: number
  publicArea: TpmPublic
  creationData: Uint8Array
  creationHash: Uint8Array
  ticket: Ticket
  name: Uint8Array
}

/** An attestation as the TPM gave it: TPMS_ATTEST, and TPMT_SIGNATURE over it. */
export interface SignedAttest {
  attest: Uint8Array
  signature: Uint8Array
}

interface Call<Value> {
  handles?: readonly number[]
  auths?: readonly CommandAuth[]
  parameters?: readonly Uint8Array[]
  hasHandle?: boolean
  read?: (reader: TpmReader, handle: number) => Value
}

const NONE = new Uint8Array(0)
const EMPTY_PASSWORD = password()
const NONCE_SIZE = 16
const RETRIES_MAX = 3

/** The session of a policy that PolicySecret has satisfied: it has no own secret, and so no HMAC. */
export const policySession = (session: number): CommandAuth => ({
  session,
  nonceCaller: new Uint8Array(NONCE_SIZE),
  attributes: 0x01,
  hmac: NONE,
})

/**
 * The commands that we send, typed (TPM 2.0 Library, Part 3). Authorization values are empty unless others are given.
 * Malformed responses are a DecodeError `ERR_TPM_…`.
 */
export class TpmClient {
  readonly #tpm: Tpm

  constructor(tpm: Tpm) {
    this.#tpm = tpm
  }

  startup = () => this.#send(CC.Startup, { parameters: [u16(0)] })

  getRandom = (length: number) =>
    this.#send(CC.GetRandom, { parameters: [u16(length)], read: (reader) => reader.sized() })

  getProperties = (first: number, count: number) =>
    this.#send(CC.GetCapability, {
      parameters: [u32(CAP.TPM_PROPERTIES), u32(first), u32(count)],
      read: (reader) => {
        reader.bytes(5)
        return new Map(reader.list(254, () => [reader.u32(), reader.u32()] as const))
      },
    })

  getHandles = (first: number, count = 254) =>
    this.#send(CC.GetCapability, {
      parameters: [u32(CAP.HANDLES), u32(first), u32(count)],
      read: (reader) => {
        reader.bytes(5)
        return reader.list(254, () => reader.u32())
      },
    })

  readPublic = (handle: number) =>
    this.#send(CC.ReadPublic, {
      handles: [handle],
      read: (reader) => ({
        publicArea: readWhole(reader.sized(), 'a public area', readPublic),
        name: reader.sized(),
        qualifiedName: reader.sized(),
      }),
    })

  createPrimary = (
    hierarchy: number,
    template: TpmPublic,
    { auth = NONE as Uint8Array, outsideInfo = NONE as Uint8Array, selections = [] as readonly PcrSelection[] } = {},
  ) =>
    this.#send<CreatedPrimary>(CC.CreatePrimary, {
      handles: [hierarchy],
      auths: [EMPTY_PASSWORD],
      parameters: [
        sized(sized(auth), sized()),
        sized(encodePublic(template)),
        sized(outsideInfo),
        encodePcrSelections(selections),
      ],
      hasHandle: true,
      read: (reader, handle) => ({
        handle,
        publicArea: readWhole(reader.sized(), 'a public area', readPublic),
        creationData: reader.sized(),
        creationHash: reader.sized(),
        ticket: readTicket(reader),
        name: reader.sized(),
      }),
    })

  flushContext = (handle: number) => this.#send(CC.FlushContext, { parameters: [u32(handle)] })

  evictControl = (handle: number, persistent: number) =>
    this.#send(CC.EvictControl, {
      handles: [RH.OWNER, handle],
      auths: [EMPTY_PASSWORD],
      parameters: [u32(persistent)],
    })

  startPolicySession = () =>
    this.#send(CC.StartAuthSession, {
      handles: [RH.NULL, RH.NULL],
      parameters: [sized(new Uint8Array(NONCE_SIZE)), sized(), u8(1), u16(ALG.NULL), u16(ALG.SHA256)],
      hasHandle: true,
      read: (reader, handle) => {
        reader.sized()
        return handle
      },
    })

  policySecret = (entity: number, session: number) =>
    this.#send(CC.PolicySecret, {
      handles: [entity, session],
      auths: [EMPTY_PASSWORD],
      parameters: [sized(), sized(), sized(), u32(0)],
      read: (reader) => void reader.rest(),
    })

  policyGetDigest = (session: number) =>
    this.#send(CC.PolicyGetDigest, { handles: [session], read: (reader) => reader.sized() })

  activateCredential = (object: number, endorsement: number, credential: Credential, auth: CommandAuth) =>
    this.#send(CC.ActivateCredential, {
      handles: [object, endorsement],
      auths: [EMPTY_PASSWORD, auth],
      parameters: [sized(credential.idObject), sized(credential.encryptedSecret)],
      read: (reader) => reader.sized(),
    })

  certifyCreation = (signer: number, object: number, hash: Uint8Array, ticket: Ticket, extraData: Uint8Array = NONE) =>
    this.#send(CC.CertifyCreation, {
      handles: [signer, object],
      auths: [EMPTY_PASSWORD],
      parameters: [sized(extraData), sized(hash), encodeScheme(null), encodeTicket(ticket)],
      read: readSignedAttest,
    })

  certify = (object: number, signer: number, extraData: Uint8Array = NONE) =>
    this.#send(CC.Certify, {
      handles: [object, signer],
      auths: [EMPTY_PASSWORD, EMPTY_PASSWORD],
      parameters: [sized(extraData), encodeScheme(null)],
      read: readSignedAttest,
    })

  quote = (
    signer: number,
    selections: readonly PcrSelection[],
    { extraData = NONE as Uint8Array, scheme = null as Scheme, auth = EMPTY_PASSWORD } = {},
  ) =>
    this.#send(CC.Quote, {
      handles: [signer],
      auths: [auth],
      parameters: [sized(extraData), encodeScheme(scheme), encodePcrSelections(selections)],
      read: readSignedAttest,
    })

  pcrExtend = (pcr: number, digest: Uint8Array) =>
    this.#send(CC.PCR_Extend, {
      handles: [pcr],
      auths: [EMPTY_PASSWORD],
      parameters: [list([join(u16(ALG.SHA256), digest)])],
    })

  pcrRead = (selections: readonly PcrSelection[]) =>
    this.#send(CC.PCR_Read, {
      parameters: [encodePcrSelections(selections)],
      read: (reader) => ({
        updates: reader.u32(),
        selections: readPcrSelections(reader),
        values: reader.list(8, () => reader.sized()),
      }),
    })

  nvReadPublic = (index: number) =>
    this.#send(CC.NV_ReadPublic, {
      handles: [index],
      read: (reader) => {
        const area = reader.sized()
        const name = reader.sized()
        return readWhole(area, 'an NV public area', (nv) => ({
          index: nv.u32(),
          nameAlg: nv.u16(),
          attributes: nv.u32(),
          authPolicy: nv.sized(),
          size: nv.u16(),
          name,
        }))
      },
    })

  nvRead = (index: number, size: number, offset = 0, authority = index) =>
    this.#send(CC.NV_Read, {
      handles: [authority, index],
      auths: [EMPTY_PASSWORD],
      parameters: [u16(size), u16(offset)],
      read: (reader) => reader.sized(),
    })

  clear = (authority: number = RH.LOCKOUT) => this.#send(CC.Clear, { handles: [authority], auths: [EMPTY_PASSWORD] })

  changeEps = () => this.#send(CC.ChangeEPS, { handles: [RH.PLATFORM], auths: [EMPTY_PASSWORD] })

  resetLockout = () => this.#send(CC.DictionaryAttackLockReset, { handles: [RH.LOCKOUT], auths: [EMPTY_PASSWORD] })

  async #send<Value = void>(code: number, call: Call<Value>): Promise<Answer<Value>> {
    const { handles = [], auths = [], parameters = [], hasHandle = false, read } = call
    const command = encodeCommand({ code, handles, auths, parameters: join(...parameters) })
    let response = decodeResponse(await this.#tpm.execute(command), hasHandle)
    // A TPM may have to write down first that its lockout counter is in use (Part 1, 19.8).
    for (let again = 0; response.code === RC.RETRY && again < RETRIES_MAX; again++) {
      response = decodeResponse(await this.#tpm.execute(command), hasHandle)
    }
    if (response.code !== 0) return { ok: false, code: response.code }
    const value = readWhole(response.parameters, 'response parameters', (reader) =>
      read?.(reader, response.handle ?? 0),
    )
    return { ok: true, value: value as Value }
  }
}

const readSignedAttest = (reader: TpmReader): SignedAttest => ({ attest: reader.sized(), signature: reader.rest() })
