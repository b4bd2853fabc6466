import type { ContextFrom } from 'xstate'
import type { requiredSetupMachine } from '../../machines/pages/required-setup.ts'
import { safeText } from '../domain/safe-text.ts'
import type { Why } from '../domain/screen.ts'
import type { Texts } from '../texts/en.ts'
import { button, complaint, type Draft, detail, line, primary } from './parts.ts'

type Context = ContextFrom<typeof requiredSetupMachine>

const whyOf = ({ settings: { policy, limitMs } }: Context): Why => ({
  fact: `device preparation policy ${policy === '' ? 'without a name' : `"${policy}"`}, ${Math.round(limitMs / 60_000)} minutes`,
  effect: 'in the place of the Enrollment Status Page',
})

/** The page shows how much of its time has passed, and no categories (2.8 [B]). */
const progressOf = ({ percent }: Context) => ({ progress: { fraction: percent / 100 } })

export function devicePreparationScreen(context: Context, _state: unknown, texts: Texts): Draft {
  const { devicePreparation: said } = texts
  return {
    title: said.title,
    body: [line(said.percent({ percent: String(context.percent) })), detail(said.keepOn)],
    controls: [],
    ...progressOf(context),
    why: [whyOf(context)],
  }
}

export function devicePreparationFailureScreen(context: Context, _state: unknown, texts: Texts): Draft {
  const { devicePreparation: said, enrollmentStatusFailure } = texts
  const { settings, code, isTimeout, logsCollected } = context
  // The policy's text comes first; which sentence Windows has of its own is not published.
  const own = isTimeout ? enrollmentStatusFailure.timeout : said.builtIn
  const text = settings.errorText === '' ? own : safeText(settings.errorText)
  return {
    title: said.failed,
    body: [
      complaint(text),
      line(code, 'code'),
      ...(logsCollected ? [detail(enrollmentStatusFailure.logsCollected)] : []),
    ],
    controls: [
      ...(settings.canCollectLogs ? [button('collectLogs', said.collectLogs, 'user.collectLogs')] : []),
      ...(settings.canSkip ? [button('continueAnyway', said.continueAnyway, 'user.continueAnyway')] : []),
      primary('tryAgain', said.tryAgain, 'user.tryAgain'),
    ],
    ...progressOf(context),
    failure: { code, text },
    why: [whyOf(context), { fact: `AllowSkipOnFailure ${settings.canSkip}`, effect: 'whether a person may continue' }],
  }
}

export function requiredSetupCompleteScreen(context: Context, _state: unknown, texts: Texts): Draft {
  const { devicePreparation: said, common } = texts
  return {
    title: said.complete,
    body: [detail(said.completeDetail)],
    controls: [primary('next', common.next, 'user.next')],
    ...progressOf(context),
    why: [whyOf(context)],
  }
}
