import type { ContextFrom } from 'xstate'
import type { signInMachine } from '../../machines/pages/sign-in.ts'
import type { Texts } from '../texts/en.ts'
import { back, complaint, type Draft, failureOf, line, primary, type StateOf } from './parts.ts'

export type ProofState = Extract<StateOf<typeof signInMachine>, 'provingIdentity' | 'unproven' | 'missingProof'>

/** The second proof of a sign-in. */
export function phoneProofScreen(
  { number, trouble }: ContextFrom<typeof signInMachine>,
  state: ProofState,
  texts: Texts,
): Draft {
  const { phoneProof: said, common } = texts
  const why = [{ fact: 'multifactor authentication to join devices', effect: 'a second proof is asked for' }]
  const code = line(failureOf(trouble).code, 'code')
  switch (state) {
    case 'missingProof':
      return {
        step: 'proofMissing',
        title: said.secure,
        body: [line(said.moreInformation), line(said.getApp), code],
        // There is no way past this page.
        controls: [primary('tryAgain', common.startOver, 'user.tryAgain')],
        failure: failureOf(trouble),
        why,
      }
    case 'unproven':
      return {
        step: 'unproven',
        title: said.title,
        body: [complaint(said.denied), code],
        controls: [back(texts), primary('tryAgain', said.sendAnother, 'user.tryAgain')],
        failure: failureOf(trouble),
        why,
      }
    case 'provingIdentity':
      return {
        step: 'proof',
        title: said.title,
        body: [line(said.enterNumber), ...(number === '' ? [] : [line(number)])],
        controls: [back(texts)],
        progress: {},
        why,
      }
  }
}
