import { failure, type Result, success } from '../domain/trouble.ts'
import { CODE } from '../domain/windows-codes.ts'
import type { EffectivePolicy } from '../protocols/ms-xcep/get-policies.ts'
import type { SignatureHash } from '../protocols/x509/signature.ts'

/** How the key of the management certificate is made. */
export interface EnrollmentKey {
  /** Where the key is: in the TPM, or in a file that Windows protects. */
  provider: 'tpm' | 'software'
  bits: number
  hash: SignatureHash
}

const PLATFORM = 'microsoft platform crypto provider'
const SOFTWARE = 'microsoft software key storage provider'

/** Longest RSA key that every TPM 2.0 makes (TCG PC Client Platform TPM Profile, 4.6). */
const TPM_BITS_MAX = 2048
/** More than any policy of the captures asks for: an assumption. */
const SOFTWARE_BITS_MAX = 4096
/** Keys are made in steps of this many bits, and a length between two is rounded up. */
const STEP_BITS = 512
const SHORTEST_BITS = 2048

/**
 * The key that a policy asks for: the first of its providers that this device has and that makes keys of the length. A
 * policy that names no provider leaves it to the device, which takes its TPM when that can do it (an assumption).
 *
 * @param device its TPM 2.0, undefined where it has none
 */
export function chooseEnrollmentKey(device: { readonly tpm: unknown }, policy: EffectivePolicy): Result<EnrollmentKey> {
  const refuse = (text: string) => failure(CODE.privateKeyCreationFailed, text)
  const { hashAlgorithm: hash } = policy
  if (hash === undefined)
    return refuse(`the policy requires the hash ${policy.hashAlgorithmOid}, which this device does not have`)
  const bits = Math.max(SHORTEST_BITS, Math.ceil(policy.keyLength / STEP_BITS) * STEP_BITS)
  const wanted = policy.cryptoProviders.length > 0 ? policy.cryptoProviders : [PLATFORM, SOFTWARE]
  const longest = (name: string): number => {
    if (name.toLowerCase() === PLATFORM) return device.tpm ? TPM_BITS_MAX : 0
    return name.toLowerCase() === SOFTWARE ? SOFTWARE_BITS_MAX : 0
  }
  const provider = wanted.find((name) => bits <= longest(name))
  if (provider === undefined) return refuse(`no provider of ${wanted.join(', ')} makes an RSA key of ${bits} bits here`)
  return success({ provider: provider.toLowerCase() === PLATFORM ? 'tpm' : 'software', bits, hash })
}
