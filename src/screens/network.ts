import type { ContextFrom } from 'xstate'
import type { networkMachine } from '../../machines/pages/network.ts'
import type { ChoiceOption } from '../domain/screen.ts'
import type { Texts } from '../texts/en.ts'
import { back, button, complaint, type Draft, detail, line, primary, type StateOf, undrawn, working } from './parts.ts'

type NetworkContext = ContextFrom<typeof networkMachine>

export function networkScreen(context: NetworkContext, state: StateOf<typeof networkMachine>, texts: Texts): Draft {
  const { chosen, trouble } = context
  const { network, common } = texts
  const said = trouble ? [complaint(network[trouble])] : []
  switch (state) {
    case 'askingForKey':
      return {
        step: 'key',
        title: network.title,
        body: [line(chosen.ssid), ...said],
        controls: [
          { id: 'key', kind: 'secret', label: network.key },
          button('cancel', common.cancel, 'user.cancel'),
          primary('connect', common.connect, 'user.connect'),
        ],
      }
    case 'connecting':
    case 'rejoining':
      return { ...working(network.title, line(network.connecting({ ssid: chosen.ssid }))), step: 'connecting' }
    case 'connected':
      return {
        step: 'connected',
        title: network.title,
        body: [line(network.connected({ ssid: chosen.ssid }), 'success')],
        controls: [back(texts), primary('next', common.next, 'user.next')],
      }
    case 'choosing':
    case 'looking':
      return choosing(context, said, texts)
    default:
      return undrawn(state)
  }
}

function choosing({ surroundings }: NetworkContext, said: Draft['body'], texts: Texts): Draft {
  const { network, common } = texts
  const options = surroundings.networks.map(
    ({ ssid, security, bars }): ChoiceOption => ({
      id: ssid,
      label: ssid,
      detail: network[security],
      bars,
      locked: security !== 'open',
    }),
  )
  if (options.length === 0) {
    return { title: network.title, body: [...said, line(network.none)], controls: [back(texts)] }
  }
  return {
    title: network.title,
    body: [detail(network.detail), ...said],
    controls: [
      { id: 'wifi', kind: 'choice', label: network.choice, options, selected: options[0]!.id },
      back(texts),
      primary('connect', common.connect, 'user.connect'),
    ],
  }
}
