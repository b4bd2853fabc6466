import type { KeyAnswer, PluggedKey } from '../../machines/pages/sign-in-setup.ts'
import { Secret } from '../domain/secret.ts'
import { signAssertion } from '../protocols/webauthn/assertion.ts'
import { signIn } from '../service/entra/sign-in.ts'
import { accept, refusal } from './authentication.ts'
import { working } from './bindings.ts'

const REFUSALS = { wrong: 'wrongPin', held: 'heldKey', locked: 'lockedKey' } as const

/** A sign-in with a security key: the key asks for its PIN, and Microsoft Entra for its signature. No password is known after it. */
export const signInWithKey = working<KeyAnswer, PluggedKey>(
  async (run, { name, pin, isInsertedAgain, usage, tenantId }, signal) => {
    const key = run.device.keyPort.find(name)
    // Without an account of the relying party a key says so before it asks for anything.
    if (!key?.credential) return { kind: 'unfamiliarKey' }
    if (isInsertedAgain) run.device.keyPort.empty()
    const answer = run.device.keyPort.enter(name, key, pin.reveal())
    if (answer !== 'right') return { kind: REFUSALS[answer] }
    const { credential } = key
    const password = new Secret('')
    const purpose = run.device.joinCertificate ? 'logon' : 'join'
    const securityKey = (request: Parameters<typeof signAssertion>[0]) => signAssertion(request, credential)
    const signed = await signIn(run.service, { email: '', password, usage, purpose, securityKey }, signal)
    if (!signed.ok) return refusal(signed.trouble)
    const accepted = accept(run, signed.value, password, tenantId)
    if (run.memory.logon) run.memory.logon.hasStrongProof = true
    return accepted
  },
)
