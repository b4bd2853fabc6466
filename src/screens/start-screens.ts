import type { ContextFrom } from 'xstate'
import type { keyboardMachine } from '../../machines/pages/keyboard.ts'
import type { languageMachine } from '../../machines/pages/language.ts'
import type { regionMachine } from '../../machines/pages/region.ts'
import type { secondKeyboardMachine } from '../../machines/pages/second-keyboard.ts'
import { KEYBOARDS, LANGUAGES, labelOf, REGIONS } from '../domain/locales.ts'
import { BACK, button, type Draft, detail, line, primary, type StateOf, undrawn, working } from './parts.ts'

export const powerOnScreen = (): Draft => working('Just a moment…')

export const languageScreen = ({ languages, selected }: ContextFrom<typeof languageMachine>): Draft => ({
  // The title is not sourced (reference: oobe-autopilot-esp.md, 1.3 [U]).
  title: 'Which language do you want to use?',
  body: [detail('Windows, apps and this setup will use it.')],
  controls: [
    {
      id: 'language',
      kind: 'choice',
      label: 'Language',
      options: languages.map((id) => ({ id, label: labelOf(LANGUAGES, id) })),
      selected,
    },
    primary('yes', 'Yes', 'user.accept'),
  ],
  why: [{ fact: `${languages.length} preinstalled languages`, effect: 'language page shown' }],
})

export const regionScreen = ({ selected }: ContextFrom<typeof regionMachine>): Draft => ({
  title: 'Is this the right country or region?',
  body: [],
  controls: [
    {
      id: 'region',
      kind: 'choice',
      label: 'Country or region',
      options: REGIONS.map(({ id, label }) => ({ id, label })),
      selected,
    },
    primary('yes', 'Yes', 'user.accept'),
  ],
})

export const keyboardScreen = ({ selected }: ContextFrom<typeof keyboardMachine>): Draft => ({
  title: 'Is this the right keyboard layout or input method?',
  body: [detail('If you also use another keyboard layout, you can add that next.')],
  controls: [
    {
      id: 'keyboard',
      kind: 'choice',
      label: 'Keyboard layout',
      options: KEYBOARDS.map(({ id, label }) => ({ id, label })),
      selected,
    },
    BACK,
    primary('yes', 'Yes', 'user.accept'),
  ],
})

export function secondKeyboardScreen(
  { keyboard }: ContextFrom<typeof secondKeyboardMachine>,
  state: StateOf<typeof secondKeyboardMachine>,
): Draft {
  switch (state) {
    case 'offering':
      return {
        title: 'Want to add a second keyboard layout?',
        body: [
          line(`${labelOf(KEYBOARDS, keyboard)} is set up. You can add another layout now, or later in Settings.`),
        ],
        controls: [BACK, button('addLayout', 'Add layout', 'user.addLayout'), primary('skip', 'Skip', 'user.skip')],
      }
    case 'choosing':
      return {
        step: 'layout',
        title: 'Choose a keyboard layout to add',
        body: [],
        controls: [
          {
            id: 'layout',
            kind: 'choice',
            label: 'Keyboard layout',
            options: KEYBOARDS.filter(({ id }) => id !== keyboard).map(({ id, label }) => ({ id, label })),
          },
          BACK,
          primary('add', 'Add layout', 'user.accept'),
        ],
      }
    default:
      return undrawn(state)
  }
}
