import type { Why } from '../domain/screen.ts'
import type { View } from '../domain/view.ts'
import type { Texts } from '../texts/en.ts'
import { type Draft, detail } from './parts.ts'
import { continueAnyway, policyWhy, statusContext, statusProgress } from './status-progress.ts'

const LEAVE_WHY: Why = { fact: 'BlockInStatusPage 0', effect: 'people may leave the page' }

export function enrollmentStatusScreen(_context: unknown, _state: unknown, texts: Texts, view: View): Draft {
  const context = statusContext(view)
  const { title, keepOn } = texts.enrollmentStatus
  const { mayLeave } = context.policy
  return {
    title,
    body: [detail(keepOn)],
    controls: mayLeave ? [continueAnyway(texts)] : [],
    progress: statusProgress(context, view, texts),
    why: [...policyWhy(context), ...(mayLeave ? [LEAVE_WHY] : [])],
  }
}
