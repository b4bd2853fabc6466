import type { ContextFrom } from 'xstate'
import type { regionMachine } from '../../machines/pages/region.ts'
import type { Texts } from '../texts/en.ts'
import { type Draft, primary } from './parts.ts'
import { regionOptions } from './region-options.ts'

export const regionScreen = (
  { selected }: ContextFrom<typeof regionMachine>,
  _state: unknown,
  texts: Texts,
): Draft => ({
  title: texts.region.title,
  body: [],
  controls: [
    {
      id: 'region',
      kind: 'choice',
      label: texts.region.choice,
      options: regionOptions(texts),
      selected,
    },
    primary('yes', texts.common.yes, 'user.accept'),
  ],
})
