import type { Texts } from '../texts/en.ts'
import { type Draft, working } from './parts.ts'

export const preparationPolicyScreen = (_context: unknown, _state: unknown, { enrollmentStatus }: Texts): Draft =>
  working(enrollmentStatus.quiet)
