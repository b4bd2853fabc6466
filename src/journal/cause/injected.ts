import { meansHost } from '../../domain/host-pattern.ts'
import type { SchoolNetworkChange } from '../../domain/network.ts'
import type { Stimulus } from '../../domain/stimulus.ts'
import { stimulusText } from '../stimulus-text.ts'
import type { InjectedEvent } from './cause.ts'
import { hostOf } from './exchange.ts'
import { placeIn } from './places.ts'
import type { AskedExchange, GivenStimulus, Story } from './story.ts'

/** Whose stimuli are the story of the run itself: what its person does is no event. */
const isEvent = ({ by, stimulus }: GivenStimulus): boolean =>
  by !== 'script' && stimulus.kind !== 'person' && stimulus.kind !== 'press' && stimulus.kind !== 'wait'

const isOn = (stimulus: Stimulus, id: number | undefined): boolean =>
  'on' in stimulus && id !== undefined && stimulus.on === id

/** Something that keeps the device from its services until it ends: whether it begins or ends it, and of what. */
function disturbance(stimulus: Stimulus): { what: string; begins: boolean } | undefined {
  switch (stimulus.kind) {
    case 'cable':
      return { what: 'cable', begins: stimulus.position === 'out' }
    case 'radio':
      return { what: 'radio', begins: stimulus.position === 'off' }
    case 'uplink':
      return { what: 'uplink', begins: stimulus.position === 'down' }
    case 'block':
      return { what: `block ${stimulus.host}`, begins: stimulus.isBlocked }
    case 'surroundings':
      return surroundings(stimulus.change)
    default:
      return undefined
  }
}

/** Of a change that slows the network alone nothing fails. */
function surroundings(change: SchoolNetworkChange): { what: string; begins: boolean } | undefined {
  if ('dns' in change) return { what: `dns ${change.dns}`, begins: !change.works }
  if ('port' in change) return { what: `port ${change.port}`, begins: !change.isOpen }
  if ('inspect' in change) return { what: `inspect ${change.inspect}`, begins: change.isOn }
  if ('portal' in change) return { what: 'portal', begins: change.portal === 'on' }
  return 'proxy' in change ? { what: 'proxy', begins: change.proxy !== null } : undefined
}

/** Those that were under way at the end of a story. */
function underWay(events: readonly GivenStimulus[]): GivenStimulus[] {
  const active = new Map<string, GivenStimulus>()
  for (const event of events) {
    const found = disturbance(event.stimulus)
    if (found?.begins) active.set(found.what, event)
    else if (found) active.delete(found.what)
  }
  return [...active.values()]
}

/** Whether a disturbance can have kept an exchange from its answer: one of a host or a port stops that one alone. */
function stops({ stimulus }: GivenStimulus, exchange: AskedExchange | undefined): boolean {
  const isOf = (host: string) => exchange !== undefined && (host === '*' || meansHost(host, hostOf(exchange)))
  if (stimulus.kind === 'block') return isOf(stimulus.host)
  if (stimulus.kind !== 'surroundings') return true
  const { change } = stimulus
  if ('dns' in change) return isOf(change.dns)
  if ('inspect' in change) return isOf(change.inspect)
  if ('port' in change) return exchange !== undefined && portOf(exchange) === change.port
  return true
}

function portOf({ request }: AskedExchange): number | undefined {
  if (!URL.canParse(request.url)) return undefined
  const { port, protocol } = new URL(request.url)
  return Number(port || (protocol === 'http:' ? 80 : 443))
}

/**
 * The event of the scenario that a trouble goes back to: one that acted on the exchange that decided, one that was under way then, or when it was sent, else
 * the last before it. A person's answers are none.
 *
 * @param story up to the trouble
 */
export function injectedBefore(story: Story, exchange: AskedExchange | undefined): InjectedEvent | undefined {
  const events = story.stimuli.filter(isEvent)
  const direct =
    events.findLast(({ stimulus }) => isOn(stimulus, exchange?.request.id)) ??
    underWay(events).findLast((event) => stops(event, exchange)) ??
    underWay(events.filter(({ index }) => exchange !== undefined && index < exchange.index)).findLast((event) =>
      stops(event, exchange),
    )
  const event = direct ?? events.findLast(({ stimulus }) => disturbance(stimulus) === undefined)
  if (!event) return undefined
  const place = placeIn(story.spec, event.by)
  return {
    text: stimulusText(event.stimulus),
    at: event.at,
    by: event.by,
    isDirect: direct !== undefined,
    ...(place ? { place } : {}),
  }
}
