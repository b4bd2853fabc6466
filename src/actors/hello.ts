import { type HelloCheck, type HelloKey, helloMachine } from '../../machines/pages/hello.ts'
import type { RequestedProof } from '../../machines/pages/second-proof.ts'
import { helloPolicyOf } from '../device/hello-policy.ts'
import { safeText } from '../domain/safe-text.ts'
import type { Trouble } from '../domain/trouble.ts'
import { CODE } from '../domain/windows-codes.ts'
import { registerHelloKey } from '../service/entra/hello-key.ts'
import { lookUpAccount } from '../service/entra/look-up-account.ts'
import { REGISTRATION_SCOPE, signIn } from '../service/entra/sign-in.ts'
import { PROOF, signInTrouble } from './authentication.ts'
import { type Bindings, runOf, working } from './bindings.ts'
import { deviceToken } from './management-token.ts'
import { phoneProof } from './phone-proof.ts'
import { sendProof } from './send-proof.ts'

export const hello = helloMachine.provide({
  actions: {
    reportSkip: ({ system }) => {
      const { log } = runOf({ system }).device
      log('helloStopped', { result: CODE.helloSkipped })
    },
  },
  actors: {
    checkPrerequisites: working<HelloCheck, { tenantId: string | undefined }>((run, { tenantId }) =>
      checkPrerequisites(run, tenantId),
    ),
    requestProof: working<RequestedProof>(requestProof),
    sendProof,
    phoneProof,
    registerKey: working<HelloKey>(registerKey),
  },
})

function checkPrerequisites({ device, memory }: Bindings, tenantId: string | undefined): HelloCheck {
  const refused = (fact: string): HelloCheck => {
    device.log('helloWillNotLaunch', { why: fact })
    return { kind: 'refused', why: [{ fact, effect: 'Windows Hello skipped' }] }
  }
  if (tenantId === undefined || !memory.logon) return refused('no user is signed in')
  if (!device.joinCertificate) return refused('the device has no certificate of a join')
  const { launches, refusedBy, rules, why } = helloPolicyOf(device, tenantId)
  if (!launches) {
    const fact = why[0]!.fact
    device.log(refusedBy === 'hardware' ? 'helloBlocked' : 'helloWillNotLaunch', { why: fact })
    return { kind: 'refused', why }
  }
  device.log('helloWillLaunch')
  device.log('helloStarted')
  return { kind: 'launches', rules, why }
}

/** Signs the person in once more, for a second proof: `amr_values=ngcmfa`. */
export async function requestProof(run: Bindings, _: unknown, signal: AbortSignal): Promise<RequestedProof> {
  const { service, memory } = run
  if (!memory.logon) throw new Error('Windows Hello without a person at the device')
  const { upn: email, password, hasStrongProof } = memory.logon
  if (hasStrongProof) return { kind: 'proven' }
  const found = await lookUpAccount(service, email, signal)
  if (!found.ok) return { kind: 'trouble', trouble: signInTrouble(found.trouble) }
  const federation = found.value.kind === 'federated' ? found.value.url : undefined
  const request = { email, password, usage: 'workOrSchool', purpose: 'hello', federation } as const
  const answer = await signIn(service, request, signal)
  if (!answer.ok) return { kind: 'trouble', trouble: signInTrouble(answer.trouble) }
  if (answer.value.kind === 'proof') {
    return { kind: 'proofWanted', proof: PROOF.pack({ pending: answer.value.pending, password }) }
  }
  const text = 'the sign-in did not ask for a second proof'
  return { kind: 'trouble', trouble: { code: CODE.helloKeyRefused, text } }
}

/** A key of the TPM, or of software without one, and its public part in Microsoft Entra. */
async function registerKey(run: Bindings, _: unknown, signal: AbortSignal): Promise<HelloKey> {
  const { device, service, memory } = run
  if (!memory.logon) throw new Error('Windows Hello without a person at the device')
  const { upn, session } = memory.logon
  const failed = (trouble: Trouble): HelloKey => {
    const text = safeText(trouble.text, 200)
    device.log('helloKeyFailed', { code: trouble.code, text })
    device.log('helloStopped', { result: trouble.code })
    return { kind: 'trouble', trouble: { ...trouble, text } }
  }
  const token = await deviceToken(run, { ...session, scope: REGISTRATION_SCOPE }, signal)
  if (!token.ok) return failed(signInTrouble(token.trouble))
  const key = device.key(`hello:${upn.toLowerCase()}`)
  const domain = upn.split('@')[1] ?? ''
  const request = { token: token.value, domain, osVersion: device.definition.windows.build, key }
  const registered = await registerHelloKey(service, request, signal)
  if (!registered.ok) return failed(registered.trouble)
  device.log('helloKeyRegistered', { kid: registered.value, upn })
  device.log('helloPinSet', { upn, status: 'set up' })
  device.log('helloStopped', { result: '0x0' })
  return { kind: 'registered' }
}
