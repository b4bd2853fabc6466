import { createCipheriv, createDecipheriv, createECDH, createHmac, timingSafeEqual } from 'node:crypto'
import { DecodeError } from '../../domain/trouble.ts'
import { oaepEncrypt } from '../oaep.ts'
import { join, readWhole, sized } from './bytes.ts'
import { kdfa, kdfe } from './kdf.ts'
import { type EccPublic, publicKeyOf, type RsaPublic, type TpmPublic } from './tpmt-public.ts'

/** What ActivateCredential takes (TPM 2.0 Library, Part 1, 24): both are contents, without the sizes of their TPM2B. */
export interface Credential {
  /** TPMS_ID_OBJECT. */
  idObject: Uint8Array
  encryptedSecret: Uint8Array
}

/** Chance comes from outside, so that a run is the same each time. */
export interface CredentialChance {
  /** 32 bytes: the seed that the secret's keys are derived from. Unused with an ECC key, which agrees on one. */
  seed: Uint8Array
  /** 32 bytes: of the padding, or the private scalar of the other half of the agreement. */
  encryption: Uint8Array
}

export const IDENTITY = 'IDENTITY'

const NONE = new Uint8Array(0)
const SECRET_MAX = 32

/**
 * Wraps a secret so that only the TPM that holds both keys opens it: the endorsement key by its private half, the object by
 * its name. @throws RangeError on a secret of more than 32 bytes, DecodeError `ERR_TPM_KEY` on a public area that is no key
 */
export function makeCredential(
  endorsement: TpmPublic,
  name: Uint8Array,
  secret: Uint8Array,
  chance: CredentialChance,
): Credential {
  if (secret.length > SECRET_MAX) throw new RangeError(`a secret has at most ${SECRET_MAX} bytes`)
  if (endorsement.type === 'ecc') {
    const { seed, encryptedSecret } = agreeOnSeed(endorsement, chance.encryption)
    return { idObject: wrap(seed, name, secret), encryptedSecret }
  }
  return {
    idObject: wrap(chance.seed, name, secret),
    encryptedSecret: encryptSeed(endorsement, chance),
  }
}

function encryptSeed(endorsement: RsaPublic, { seed, encryption }: CredentialChance): Uint8Array {
  const key = publicKeyOf(endorsement)
  if (!key) throw new DecodeError('ERR_TPM_KEY', 'the endorsement key is no RSA key')
  return oaepEncrypt(key, seed, `${IDENTITY}\0`, encryption)
}

/** Part 1, C.6.1: the seed is what the two x-coordinates and the shared one say. */
function agreeOnSeed({ unique }: EccPublic, scalar: Uint8Array): { seed: Uint8Array; encryptedSecret: Uint8Array } {
  const ephemeral = createECDH('prime256v1')
  ephemeral.setPrivateKey(scalar)
  const own = ephemeral.getPublicKey()
  let shared: Uint8Array
  try {
    shared = ephemeral.computeSecret(join(Uint8Array.of(4), unique.x, unique.y))
  } catch (cause) {
    throw new DecodeError('ERR_TPM_KEY', 'the endorsement key is no point of its curve', { cause })
  }
  const x = own.subarray(1, 33)
  return { seed: kdfe(shared, IDENTITY, x, unique.x, 256), encryptedSecret: join(sized(x), sized(own.subarray(33))) }
}

function wrap(seed: Uint8Array, name: Uint8Array, secret: Uint8Array): Uint8Array {
  const cipher = createCipheriv('aes-128-cfb', kdfa(seed, 'STORAGE', name, NONE, 128), new Uint8Array(16))
  const identity = new Uint8Array(Buffer.concat([cipher.update(sized(secret)), cipher.final()]))
  return join(sized(integrityOf(seed, identity, name)), identity)
}

function integrityOf(seed: Uint8Array, identity: Uint8Array, name: Uint8Array): Uint8Array {
  const key = kdfa(seed, 'INTEGRITY', NONE, NONE, 256)
  return new Uint8Array(createHmac('sha256', key).update(identity).update(name).digest())
}

/**
 * Opens an identity object with its seed. `ERR_TPM_INTEGRITY` when it was made for another name or changed on the way: the
 * check comes before anything is decrypted. `ERR_TPM_…` when it cannot be read.
 */
export function openIdObject(idObject: Uint8Array, seed: Uint8Array, name: Uint8Array): Uint8Array {
  const { integrity, identity } = readWhole(idObject, 'an identity object', (reader) => ({
    integrity: reader.sized(),
    identity: reader.rest(),
  }))
  const expected = integrityOf(seed, identity, name)
  if (integrity.length !== expected.length || !timingSafeEqual(integrity, expected)) {
    throw new DecodeError('ERR_TPM_INTEGRITY', 'byte 2 of an identity object: it is not for this key and name')
  }
  const cipher = createDecipheriv('aes-128-cfb', kdfa(seed, 'STORAGE', name, NONE, 128), new Uint8Array(16))
  const plain = new Uint8Array(Buffer.concat([cipher.update(identity), cipher.final()]))
  return readWhole(plain, 'a decrypted identity', (reader) => reader.sized())
}
