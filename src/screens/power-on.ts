import type { powerOnMachine } from '../../machines/pages/power-on.ts'
import type { Texts } from '../texts/en.ts'
import { type Draft, detail, type StateOf, working } from './parts.ts'

export const powerOnScreen = (
  _context: unknown,
  state: StateOf<typeof powerOnMachine>,
  { common, powerOn: said }: Texts,
): Draft =>
  state === 'finishingUpdates'
    ? { ...working(said.underway, detail(said.keepOn)), step: 'updates' }
    : working(common.justAMoment)
