import type { ContextFrom } from 'xstate'
import type { connectivityMachine } from '../../machines/pages/connectivity.ts'
import { safeText } from '../domain/safe-text.ts'
import type { Texts } from '../texts/en.ts'
import {
  button,
  complaint,
  type Draft,
  detail,
  line,
  primary,
  type StateOf,
  tryAgain,
  undrawn,
  working,
} from './parts.ts'

const URL_SHOWN_MAX = 100

export function connectivityScreen(
  { portalUrl, code }: ContextFrom<typeof connectivityMachine>,
  state: StateOf<typeof connectivityMachine>,
  texts: Texts,
): Draft {
  const { connectivity: said, common } = texts
  const changeNetwork = button('changeNetwork', said.changeNetwork, 'user.changeNetwork')
  switch (state) {
    case 'showingPortal':
    case 'probingBehindPortal':
      return {
        step: 'portal',
        title: said.portal,
        body: [detail(safeText(portalUrl, URL_SHOWN_MAX)), line(said.acceptTerms)],
        controls: [changeNetwork, primary('accept', said.acceptAndConnect, 'user.acceptPortal')],
        why: [{ fact: 'the connectivity probe was redirected', effect: 'captive portal shown' }],
      }
    case 'offline':
      return {
        step: 'offline',
        title: texts.network.title,
        body: [complaint(said.offline), line(code, 'code')],
        controls: [changeNetwork, tryAgain(texts)],
        progress: {},
      }
    case 'probing':
    case 'releasingPortal':
      return working(common.justAMoment, detail(said.checking))
    default:
      return undrawn(state)
  }
}
