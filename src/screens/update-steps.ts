import type { ContextFrom } from 'xstate'
import type { updateStepsMachine } from '../../machines/pages/update-steps.ts'
import type { View } from '../domain/view.ts'
import type { Texts } from '../texts/en.ts'
import { type Draft, detail, line, type StateOf } from './parts.ts'

type Step = Extract<StateOf<typeof updateStepsMachine>, 'downloading' | 'installing' | 'preparingToRestart'>

const STEPS = ['downloading', 'installing', 'preparingToRestart'] as const satisfies readonly Step[]

/** The steps of an update of Windows, below the title of the page that runs it. */
export function updateStepsDraft(title: string, titles: readonly string[], view: View, texts: Texts): Draft {
  const { updateSteps: said } = texts
  const steps = view.find(({ machine }) => machine === 'updateSteps')
  const at = STEPS.indexOf((steps?.states[0] ?? 'downloading') as Step)
  const { percent = 0 } = (steps?.context ?? {}) as Partial<ContextFrom<typeof updateStepsMachine>>
  const saidOf = (step: Step, index: number) =>
    said.step({ step: said[step], percent: index < at ? 100 : index === at ? percent : 0 })
  return {
    step: STEPS[at] ?? 'downloading',
    title,
    body: [
      ...titles.map(detail),
      ...STEPS.map((step, index) =>
        line(saidOf(step, index), index < at ? 'success' : index > at ? 'detail' : 'normal'),
      ),
      detail(STEPS[at] === 'preparingToRestart' ? said.restarts : said.keepOn),
    ],
    controls: [],
    progress: { fraction: percent / 100, label: said[STEPS[at] ?? 'downloading'] },
  }
}
