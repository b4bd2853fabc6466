import { defineEvent } from './define-event.ts'
import { lossPercent } from './network-values.ts'

export const loss = defineEvent({
  schema: lossPercent,
  to: 'device',
  words: (percent) => `${percent} % of packets lost`,
  apply: (percent) => ({ kind: 'surroundings', change: { loss: percent } }),
  undo: () => ({ kind: 'surroundings', change: { loss: null } }),
})
