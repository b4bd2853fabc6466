import { join, readWhole, sized, u32 } from './bytes.ts'
import type { Credential } from './credential.ts'

const MAGIC = 0xbadc_c0de
const VERSION = 1

/** What tpm2_makecredential writes and tpm2_activatecredential reads (device-identity.md, vector T9). */
export const encodeCredentialFile = ({ idObject, encryptedSecret }: Credential): Uint8Array =>
  join(u32(MAGIC), u32(VERSION), sized(idObject), sized(encryptedSecret))

/** `ERR_TPM_MAGIC`, `ERR_TPM_VERSION`, or `ERR_TPM_…` on malformed input. */
export const decodeCredentialFile = (bytes: Uint8Array): Credential =>
  readWhole(bytes, 'a credential file', (reader) => {
    if (reader.u32() !== MAGIC) throw reader.trouble('ERR_TPM_MAGIC', 'it does not begin with badcc0de', 4)
    const version = reader.u32()
    if (version !== VERSION) throw reader.trouble('ERR_TPM_VERSION', `version ${version}, 1 is known`, 4)
    return { idObject: reader.sized(), encryptedSecret: reader.sized() }
  })
