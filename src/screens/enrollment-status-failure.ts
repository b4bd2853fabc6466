import type { EspPolicy } from '../domain/esp.ts'
import { safeText } from '../domain/safe-text.ts'
import type { View } from '../domain/view.ts'
import type { Texts } from '../texts/en.ts'
import { button, complaint, type Draft, detail, tryAgain } from './parts.ts'
import { continueAnyway, policyWhy, statusContext, statusProgress } from './status-progress.ts'

const blockOf = ({ mayLeave, canReset, canRetry, canContinue }: EspPolicy): number =>
  mayLeave ? 0 : Number(canReset) + 2 * Number(canRetry) + 4 * Number(canContinue)

export function enrollmentStatusFailureScreen(_context: unknown, _state: unknown, texts: Texts, view: View): Draft {
  const { enrollmentStatusFailure: said, common } = texts
  const context = statusContext(view)
  const { policy, isTimeout, code, logsCollected } = context
  // Precedence: the organization's text, the timeout's, the built-in one (section 10, invariants).
  const text = policy.customErrorText ? safeText(policy.customErrorText) : isTimeout ? said.timeout : said.builtIn
  return {
    title: said.title,
    body: [complaint(text), ...(logsCollected ? [detail(said.logsCollected)] : [])],
    controls: [
      ...(policy.canCollectLogs ? [button('collectLogs', said.collectLogs, 'user.collectLogs')] : []),
      ...(policy.canReset ? [button('reset', common.reset, 'user.reset')] : []),
      ...(policy.canContinue ? [continueAnyway(texts)] : []),
      ...(policy.canRetry ? [tryAgain(texts)] : []),
    ],
    progress: statusProgress(context, view, texts),
    failure: { code, text },
    why: [...policyWhy(context), { fact: `BlockInStatusPage ${blockOf(policy)}`, effect: 'which buttons are offered' }],
  }
}
