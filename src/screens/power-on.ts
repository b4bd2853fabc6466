import type { Texts } from '../texts/en.ts'
import { type Draft, working } from './parts.ts'

export const powerOnScreen = (_context: unknown, _state: unknown, { common }: Texts): Draft =>
  working(common.justAMoment)
