import type { ContextFrom } from 'xstate'
import type { keyboardMachine } from '../../machines/pages/keyboard.ts'
import { KEYBOARDS } from '../domain/keyboards.ts'
import type { Texts } from '../texts/en.ts'
import { back, type Draft, detail, primary } from './parts.ts'

export const keyboardScreen = (
  { selected }: ContextFrom<typeof keyboardMachine>,
  _state: unknown,
  texts: Texts,
): Draft => ({
  title: texts.keyboard.title,
  body: [detail(texts.keyboard.detail)],
  controls: [
    {
      id: 'keyboard',
      kind: 'choice',
      label: texts.keyboard.choice,
      options: KEYBOARDS.map(({ id, label }) => ({ id, label })),
      selected,
    },
    back(texts),
    primary('yes', texts.common.yes, 'user.accept'),
  ],
})
