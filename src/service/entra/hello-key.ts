import type { KeyObject } from 'node:crypto'
import { safeText } from '../../domain/safe-text.ts'
import type { Secret } from '../../domain/secret.ts'
import { failure, type Result, success } from '../../domain/trouble.ts'
import { CODE } from '../../domain/windows-codes.ts'
import { encodeCngPublicKey } from '../../protocols/entra/cng-key-blob.ts'
import { decodeAnswer, object, optional, text } from '../../protocols/json-answer.ts'
import { ask, postJson, type Service, unexpectedStatus } from '../service.ts'
import { discoverRegistration } from './discover-registration.ts'

const PROVISIONED = object({ kid: text, upn: text })
const REFUSAL = object({ message: optional(text) })

export interface HelloKeyRequest {
  /** Of the person, for the registration service: it names the device, and a second proof. */
  token: Secret
  domain: string
  osVersion: string
  key: KeyObject
}

/** Registers the public key of Windows Hello with the person's account: [MS-KPP] 3.1.5.1.1. The answer carries the id of the key. */
export async function registerHelloKey(
  service: Service,
  { token, domain, osVersion, key }: HelloKeyRequest,
  signal?: AbortSignal,
): Promise<Result<string>> {
  const contract = await discoverRegistration(service, domain, signal)
  if (!contract.ok) return contract
  const { keyEndpoint = '' } = contract.value
  if (!URL.canParse(keyEndpoint)) {
    return failure(CODE.helloKeyRefused, 'the discovery names no address for the key of Windows Hello')
  }
  const address = new URL(keyEndpoint)
  address.searchParams.set('api-version', '1.0')
  const url = address.href
  const operation = 'MS-KPP key'
  const headers = {
    authorization: `Bearer ${token.reveal()}`,
    accept: 'application/json',
    'user-agent': `Dsreg/10.0 (Windows ${osVersion})`,
    'client-request-id': service.ids.guid(),
    'return-client-request-id': 'true',
  }
  const body = { kngc: Buffer.from(encodeCngPublicKey(key)).toString('base64') }
  return ask(service, postJson(url, body, headers), { operation, ...(signal ? { signal } : {}) }, (response) => {
    if (response.status === 200)
      return success(safeText(decodeAnswer(response.body, PROVISIONED, CODE.invalidData).kid, 64))
    if (response.status < 400 || response.status >= 500) return unexpectedStatus(operation, response, url)
    const { message = 'the key was refused' } = decodeAnswer(response.body, REFUSAL, CODE.invalidData)
    return failure(CODE.helloKeyRefused, safeText(message, 200), url)
  })
}
