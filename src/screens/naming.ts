import type { ContextFrom } from 'xstate'
import type { namingMachine } from '../../machines/pages/naming.ts'
import type { Texts } from '../texts/en.ts'
import { type Draft, detail, line, working } from './parts.ts'

export const namingScreen = (
  { name, template }: ContextFrom<typeof namingMachine>,
  _state: unknown,
  { naming }: Texts,
): Draft => ({
  ...working(naming.title, line(naming.name({ name: name ?? '' })), detail(naming.restarts)),
  why: [{ fact: `CloudAssignedDeviceName ${template}`, effect: 'the device is renamed and restarted' }],
})
