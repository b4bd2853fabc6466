import type { ContextFrom } from 'xstate'
import type { firstLogonMachine } from '../../machines/pages/first-logon.ts'
import type { Texts } from '../texts/en.ts'
import { type Draft, detail, type StateOf, undrawn, working } from './parts.ts'

export function firstLogonScreen(
  { displayName }: ContextFrom<typeof firstLogonMachine>,
  state: StateOf<typeof firstLogonMachine>,
  { firstLogon: said }: Texts,
): Draft {
  switch (state) {
    case 'greeting':
      return working(displayName ? said.hiTo({ name: displayName }) : said.hi)
    case 'gettingReady':
      return { ...working(said.gettingReady, detail(said.fewMinutes)), step: 'gettingReady' }
    default:
      return undrawn(state)
  }
}
