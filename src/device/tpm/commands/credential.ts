import { constants, createECDH, type KeyObject, privateDecrypt } from 'node:crypto'
import { DecodeError } from '../../../domain/trouble.ts'
import { join, readWhole, sized } from '../../../protocols/tpm/bytes.ts'
import { OBJECT } from '../../../protocols/tpm/constants.ts'
import { IDENTITY, openIdObject } from '../../../protocols/tpm/credential.ts'
import { kdfe } from '../../../protocols/tpm/kdf.ts'
import { ofHandle, ofParameter, RC } from '../../../protocols/tpm/response-codes.ts'
import { anObject } from '../handles.ts'
import { refusing } from '../parameters.ts'
import type { PrimaryKey } from '../primary-keys.ts'
import { refuseUnless, TpmRefusal } from '../refusal.ts'
import type { CommandSpec } from './command.ts'

/** Part 3, 12.5: opens a credential that was made for the object's name and encrypted to the endorsement key. */
export const activateCredential: CommandSpec = {
  handles: [
    { takes: anObject, role: 'admin' },
    { takes: anObject, role: 'user' },
  ],
  run({ state, handles, parameters }) {
    const [object, endorsement] = [state.objectAt(handles[0]!)!, state.objectAt(handles[1]!)!]
    const idObject = parameters.next((reader) => reader.sized())
    const encryptedSecret = parameters.next((reader) => reader.sized())
    parameters.end()
    const { attributes } = endorsement.key.area
    const isParent = (attributes & OBJECT.restricted) !== 0 && (attributes & OBJECT.decrypt) !== 0
    refuseUnless(isParent, ofHandle(RC.TYPE, 2))
    const seed = seedOf(endorsement.key, encryptedSecret)
    return { parameters: sized(secretOf(idObject, seed, object.name)) }
  },
}

function secretOf(idObject: Uint8Array, seed: Uint8Array, name: Uint8Array): Uint8Array {
  try {
    return openIdObject(idObject, seed, name)
  } catch (error) {
    if (!(error instanceof DecodeError)) throw error
    throw new TpmRefusal(ofParameter(error.code === 'ERR_TPM_INTEGRITY' ? RC.INTEGRITY : RC.SIZE, 1))
  }
}

const seedOf = (key: PrimaryKey, encrypted: Uint8Array): Uint8Array =>
  key.type === 'rsa' ? decrypted(key.key, encrypted) : agreedOn(key, encrypted)

/** Part 1, B.10.4. */
function decrypted(key: KeyObject, encrypted: Uint8Array): Uint8Array {
  const padding = { padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: 'sha256' }
  try {
    return new Uint8Array(privateDecrypt({ key, ...padding, oaepLabel: Buffer.from(`${IDENTITY}\0`) }, encrypted))
  } catch {
    // Whatever Node says of it: it is not a seed that was encrypted to this key.
    throw new TpmRefusal(ofParameter(encrypted.length === 256 ? RC.VALUE : RC.SIZE, 2))
  }
}

/** Part 1, C.6.1. */
function agreedOn({ scalar, area }: Extract<PrimaryKey, { type: 'ecc' }>, encrypted: Uint8Array): Uint8Array {
  const point = refusing(2, () =>
    readWhole(encrypted, 'a point', (reader) => ({ x: reader.sized(), y: reader.sized() })),
  )
  const ecdh = createECDH('prime256v1')
  ecdh.setPrivateKey(scalar)
  try {
    const shared = ecdh.computeSecret(join(Uint8Array.of(4), point.x, point.y))
    return kdfe(shared, IDENTITY, point.x, area.unique.x, 256)
  } catch {
    throw new TpmRefusal(ofParameter(RC.ECC_POINT, 2))
  }
}
