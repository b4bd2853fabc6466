import type { ContextFrom } from 'xstate'
import type { connectivityMachine } from '../../machines/pages/connectivity.ts'
import type { networkMachine } from '../../machines/pages/network.ts'
import { safeText } from '../domain/safe-text.ts'
import type { ChoiceOption } from '../domain/screen.ts'
import { BACK, button, complaint, type Draft, detail, line, primary, type StateOf, undrawn, working } from './parts.ts'

const TITLE = "Let's connect you to a network"

/** Texts for what went wrong; Windows shows them in the row (reference: oobe-autopilot-esp.md, 1.4 [U]). */
const TROUBLE = {
  wrongKey: "Can't connect to this network: the network security key is not correct.",
  outOfRange: "Can't connect to this network: it is out of range.",
  unsupported: 'This network wants a certificate or a smart card, which setup does not support.',
}

const SECURITY = {
  open: 'Open',
  'wpa2-psk': 'Secured',
  'wpa3-sae': 'Secured, WPA3',
  'wpa2-enterprise': 'Secured, enterprise',
}

type NetworkContext = ContextFrom<typeof networkMachine>

export function networkScreen(context: NetworkContext, state: StateOf<typeof networkMachine>): Draft {
  const { chosen, trouble } = context
  const said = trouble ? [complaint(TROUBLE[trouble])] : []
  switch (state) {
    case 'askingForKey':
      return {
        step: 'key',
        title: TITLE,
        body: [line(chosen.ssid), ...said],
        controls: [
          { id: 'key', kind: 'secret', label: 'Enter the network security key' },
          button('cancel', 'Cancel', 'user.cancel'),
          primary('connect', 'Connect', 'user.connect'),
        ],
      }
    case 'connecting':
    case 'rejoining':
      return { ...working(TITLE, line(`Connecting to ${chosen.ssid}`)), step: 'connecting' }
    case 'connected':
      return {
        step: 'connected',
        title: TITLE,
        body: [line(`${chosen.ssid} — connected, secured`, 'success')],
        controls: [BACK, primary('next', 'Next', 'user.next')],
      }
    case 'choosing':
    case 'looking':
      return choosing(context, said)
    default:
      return undrawn(state)
  }
}

function choosing({ surroundings }: NetworkContext, said: Draft['body']): Draft {
  const options = surroundings.networks.map(
    ({ ssid, security, bars }): ChoiceOption => ({
      id: ssid,
      label: ssid,
      detail: SECURITY[security],
      bars,
      locked: security !== 'open',
    }),
  )
  if (options.length === 0) {
    return {
      title: TITLE,
      body: [...said, line('No Wi-Fi networks found. Plug in a network cable, or switch Wi-Fi on.')],
      controls: [BACK],
    }
  }
  return {
    title: TITLE,
    body: [detail("You'll need an internet connection to continue setting up your device."), ...said],
    controls: [
      { id: 'wifi', kind: 'choice', label: 'Wi-Fi networks', options, selected: options[0]!.id },
      BACK,
      primary('connect', 'Connect', 'user.connect'),
    ],
  }
}

export function connectivityScreen(
  { portalUrl, code }: ContextFrom<typeof connectivityMachine>,
  state: StateOf<typeof connectivityMachine>,
): Draft {
  switch (state) {
    case 'showingPortal':
      return {
        step: 'portal',
        title: 'This network wants you to sign in',
        body: [detail(safeText(portalUrl, 100)), line('Accept the terms of this network to get to the internet.')],
        controls: [
          button('changeNetwork', 'Choose another network', 'user.changeNetwork'),
          primary('accept', 'Accept and connect', 'user.acceptPortal'),
        ],
        why: [{ fact: 'the connectivity probe was redirected', effect: 'captive portal shown' }],
      }
    case 'offline':
      return {
        step: 'offline',
        title: TITLE,
        body: [complaint('There is no internet connection on this network.'), line(code, 'code')],
        controls: [
          button('changeNetwork', 'Choose another network', 'user.changeNetwork'),
          primary('tryAgain', 'Try again', 'user.tryAgain'),
        ],
        progress: {},
      }
    case 'probing':
    case 'releasingPortal':
      return working('Just a moment…', detail('Checking the internet connection'))
    default:
      return undrawn(state)
  }
}
