import type { ContextFrom } from 'xstate'
import type { languageMachine } from '../../machines/pages/language.ts'
import { LANGUAGES, labelOf } from '../domain/locales.ts'
import type { Texts } from '../texts/en.ts'
import { type Draft, detail, primary } from './parts.ts'

export const languageScreen = (
  { languages, selected }: ContextFrom<typeof languageMachine>,
  _state: unknown,
  { language, common }: Texts,
): Draft => ({
  title: language.title,
  body: [detail(language.detail)],
  controls: [
    {
      id: 'language',
      kind: 'choice',
      label: language.choice,
      options: languages.map((id) => ({ id, label: labelOf(LANGUAGES, id) })),
      selected,
    },
    primary('yes', common.yes, 'user.accept'),
  ],
  why: [{ fact: `${languages.length} preinstalled languages`, effect: 'language page shown' }],
})
