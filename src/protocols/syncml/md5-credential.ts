import { createHash } from 'node:crypto'
import type { Credential } from './message.ts'

export const AUTH_MD5 = 'syncml:auth-md5'

export interface Md5Secret {
  name: string
  password: string
  /** Base64, as in `AAUTHDATA` and `NextNonce`. */
  nonce: string
}

/**
 * `Cred` of MD5 authentication: B64(MD5(B64(MD5(name:password)):nonce)), the nonce as bytes
 * (OMA-TS-DM_Security 1.2.1, 5.3.1).
 */
export function md5Credential({ name, password, nonce }: Md5Secret): Credential {
  const account = createHash('md5').update(`${name}:${password}`).digest('base64')
  const digest = createHash('md5').update(`${account}:`).update(Buffer.from(nonce, 'base64')).digest('base64')
  return { meta: { format: 'b64', type: AUTH_MD5 }, data: digest }
}
