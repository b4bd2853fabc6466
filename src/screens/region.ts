import type { ContextFrom } from 'xstate'
import type { regionMachine } from '../../machines/pages/region.ts'
import { REGIONS } from '../domain/locales.ts'
import type { Texts } from '../texts/en.ts'
import { type Draft, primary } from './parts.ts'

export const regionScreen = (
  { selected }: ContextFrom<typeof regionMachine>,
  _state: unknown,
  { region, common }: Texts,
): Draft => ({
  title: region.title,
  body: [],
  controls: [
    {
      id: 'region',
      kind: 'choice',
      label: region.choice,
      options: REGIONS.map(({ id, label }) => ({ id, label })),
      selected,
    },
    primary('yes', common.yes, 'user.accept'),
  ],
})
