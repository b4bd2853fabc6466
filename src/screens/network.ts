import type { ContextFrom } from 'xstate'
import { HIDDEN_NETWORK, type networkMachine } from '../../machines/pages/network.ts'
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
    case 'askingForName':
      return {
        step: 'name',
        title: network.title,
        body: [line(network.hidden)],
        controls: [
          { id: 'name', kind: 'text', label: network.name, maxLength: SSID_MAX },
          button('cancel', common.cancel, 'user.cancel'),
          primary('connect', common.connect, 'user.connect'),
        ],
      }
    case 'askingForCredentials':
      return {
        step: 'credentials',
        title: network.title,
        body: [line(chosen.ssid), ...said],
        controls: [
          { id: 'user', kind: 'text', label: network.user, ...(chosen.user ? { value: chosen.user } : {}) },
          { id: 'password', kind: 'secret', label: common.password },
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
        body: [line(connectedText(context, texts), 'success')],
        controls: [back(texts), primary('next', common.next, 'user.next')],
      }
    case 'choosing':
    case 'looking':
      return choosing(context, said, texts)
    default:
      return undrawn(state)
  }
}

/** Names are at most so long. */
const SSID_MAX = 32

/** An open network is never called secured. */
function connectedText({ chosen: { ssid }, surroundings, isOpen }: NetworkContext, { network }: Texts): string {
  const seen = surroundings.networks.find((one) => one.ssid === ssid)
  return isOpen || seen?.security === 'open' ? network.connectedOpen({ ssid }) : network.connected({ ssid })
}

function choosing({ surroundings }: NetworkContext, said: Draft['body'], texts: Texts): Draft {
  const { network, common } = texts
  const { hiddenBars, isWireClosed } = surroundings
  const wire = isWireClosed ? [complaint(network.wireClosed)] : []
  const options: ChoiceOption[] = surroundings.networks.map(({ ssid, security, bars }) => ({
    id: ssid,
    label: ssid,
    detail: network[security],
    bars,
    locked: security !== 'open',
  }))
  if (hiddenBars !== undefined) {
    options.push({ id: HIDDEN_NETWORK, label: network.hidden, bars: hiddenBars, locked: true })
  }
  if (options.length === 0) {
    return { title: network.title, body: [...wire, ...said, line(network.none)], controls: [back(texts)] }
  }
  return {
    title: network.title,
    body: [detail(network.detail), ...wire, ...said],
    controls: [
      { id: 'wifi', kind: 'choice', label: network.choice, options, selected: options[0]!.id },
      back(texts),
      primary('connect', common.connect, 'user.connect'),
    ],
  }
}
