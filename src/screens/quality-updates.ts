import type { ContextFrom } from 'xstate'
import type { qualityUpdatesMachine } from '../../machines/pages/quality-updates.ts'
import type { View } from '../domain/view.ts'
import type { Texts } from '../texts/en.ts'
import { type Draft, line, primary, type StateOf, undrawn, working } from './parts.ts'
import { updateStepsDraft } from './update-steps.ts'

export function qualityUpdatesScreen(
  { updates, code }: ContextFrom<typeof qualityUpdatesMachine>,
  state: StateOf<typeof qualityUpdatesMachine>,
  texts: Texts,
  view: View,
): Draft {
  const { qualityUpdates: said, common } = texts
  const why = [{ fact: 'Install Windows quality updates: Yes', effect: 'quality updates page shown' }]
  switch (state) {
    case 'scanning':
      return { ...working(said.checking), why }
    case 'installing':
      return {
        ...updateStepsDraft(
          said.installing,
          updates.map(({ title }) => title),
          view,
          texts,
        ),
        why,
      }
    case 'offeringSkip':
      return {
        why,
        step: 'failed',
        title: said.failed,
        body: [line(said.later)],
        controls: [primary('skip', common.skip, 'user.skip')],
        failure: { code, text: 'the quality updates could not be installed' },
      }
    default:
      return undrawn(state)
  }
}
