import type { ContextFrom } from 'xstate'
import type { secondKeyboardMachine } from '../../machines/pages/second-keyboard.ts'
import { KEYBOARDS } from '../domain/keyboards.ts'
import { labelOf } from '../domain/locales.ts'
import type { Texts } from '../texts/en.ts'
import { back, button, type Draft, line, primary, type StateOf, undrawn } from './parts.ts'

export function secondKeyboardScreen(
  { keyboard }: ContextFrom<typeof secondKeyboardMachine>,
  state: StateOf<typeof secondKeyboardMachine>,
  texts: Texts,
): Draft {
  const { secondKeyboard: said, common } = texts
  switch (state) {
    case 'offering':
      return {
        title: said.title,
        body: [line(said.isSetUp({ layout: labelOf(KEYBOARDS, keyboard) }))],
        controls: [
          back(texts),
          button('addLayout', said.addLayout, 'user.addLayout'),
          primary('skip', common.skip, 'user.skip'),
        ],
      }
    case 'choosing':
      return {
        step: 'layout',
        title: said.choosing,
        body: [],
        controls: [
          {
            id: 'layout',
            kind: 'choice',
            label: texts.keyboard.choice,
            options: KEYBOARDS.filter(({ id }) => id !== keyboard).map(({ id, label }) => ({ id, label })),
          },
          back(texts),
          primary('add', said.addLayout, 'user.accept'),
        ],
      }
    default:
      return undrawn(state)
  }
}
