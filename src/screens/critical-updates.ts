import type { ContextFrom } from 'xstate'
import type { criticalUpdatesMachine } from '../../machines/pages/critical-updates.ts'
import type { Texts } from '../texts/en.ts'
import { type Draft, detail, type StateOf, undrawn, working } from './parts.ts'

export function criticalUpdatesScreen(
  { updates }: ContextFrom<typeof criticalUpdatesMachine>,
  state: StateOf<typeof criticalUpdatesMachine>,
  { criticalUpdates: said }: Texts,
): Draft {
  switch (state) {
    case 'checking':
      return working(said.checking)
    case 'installing':
      return { ...working(said.installing, ...updates.map(({ title }) => detail(title))), step: 'installing' }
    case 'announcingRestart':
      return { ...working(said.restarts, detail(said.whyRestart)), step: 'restart' }
    default:
      return undrawn(state)
  }
}
