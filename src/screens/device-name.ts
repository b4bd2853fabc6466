import type { ContextFrom } from 'xstate'
import type { deviceNameMachine } from '../../machines/pages/device-name.ts'
import type { Texts } from '../texts/en.ts'
import { button, complaint, type Draft, detail, line, primary, type StateOf, undrawn, working } from './parts.ts'

export function deviceNameScreen(
  { isRefused }: ContextFrom<typeof deviceNameMachine>,
  state: StateOf<typeof deviceNameMachine>,
  { deviceName: said, common }: Texts,
): Draft {
  switch (state) {
    case 'renaming':
      return { ...working(said.title, detail(said.restarts)), step: 'renaming' }
    case 'asking':
      return {
        title: said.title,
        body: [line(said.detail), ...(isRefused ? [complaint(said.refused)] : [])],
        controls: [
          { id: 'name', kind: 'text', label: said.name, maxLength: 15 },
          button('skip', said.skip, 'user.skip'),
          primary('next', common.next, 'user.next'),
        ],
      }
    default:
      return undrawn(state)
  }
}
