import type { ContextFrom } from 'xstate'
import type { recoveryMachine } from '../../machines/pages/recovery.ts'
import { KEYBOARDS } from '../domain/keyboards.ts'
import { LANGUAGES, labelOf } from '../domain/locales.ts'
import type { Texts } from '../texts/en.ts'
import { type Draft, detail, primary } from './parts.ts'
import { regionOptions } from './region-options.ts'

export const recoveryScreen = (
  { languages, language, region, keyboard, retries }: ContextFrom<typeof recoveryMachine>,
  _state: unknown,
  texts: Texts,
): Draft => ({
  title: texts.recovery.title,
  body: [detail(texts.recovery.detail)],
  controls: [
    {
      id: 'language',
      kind: 'choice',
      label: texts.language.choice,
      options: languages.map((id) => ({ id, label: labelOf(LANGUAGES, id) })),
      selected: language,
    },
    {
      id: 'region',
      kind: 'choice',
      label: texts.region.choice,
      options: regionOptions(texts),
      selected: region,
    },
    {
      id: 'keyboard',
      kind: 'choice',
      label: texts.keyboard.choice,
      options: KEYBOARDS.map(({ id, label }) => ({ id, label })),
      selected: keyboard,
    },
    primary('next', texts.common.next, 'user.next'),
  ],
  why: [{ fact: `the first boot was broken off ${retries} times`, effect: 'its recovery form, without Autopilot' }],
})
