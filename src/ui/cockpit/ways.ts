import type { Screen } from '../../domain/screen.ts'
import type { Stimulus } from '../../domain/stimulus.ts'
import type { SessionSnapshot } from '../session.ts'
import type { Offer } from './source.ts'
import type { Way } from './tabs/next.ts'

/** Events that a person or the world can give now, with the stimulus that does it. @param values what the fields of the page hold */
export function waysOf({ screen, network }: SessionSnapshot, values: Record<string, string>): Way[] {
  const { via, cable, radio, hasEthernet, hasWifi } = network
  const on: Stimulus[] = [
    ...(hasEthernet && !cable ? [{ kind: 'cable', position: 'in' } as const] : []),
    ...(hasWifi && !radio ? [{ kind: 'radio', position: 'on' } as const] : []),
  ]
  const off: Stimulus | undefined =
    via === 'ethernet'
      ? { kind: 'cable', position: 'out' }
      : via === 'wifi'
        ? { kind: 'radio', position: 'off' }
        : undefined
  const change = on[0] ?? off
  return [
    ...(screen ? buttonWays(screen, values) : []),
    ...(off ? [world('network.lost', 'takes the network away', off)] : []),
    ...(on.length > 0 ? [world('network.restored', 'brings the network back', ...on)] : []),
    ...(change ? [world('network.changed', 'changes the network', change)] : []),
    world('push.received', 'a push of the management server', { kind: 'push' }),
    world('account.disconnected', 'disconnects the account', { kind: 'disconnect' }),
    world('reset.chosen', 'presses Ctrl+Win+R', { kind: 'keyChord', keys: 'Ctrl+Win+R' }),
  ]
}

const world = (event: string, label: string, ...stimuli: Stimulus[]): Way => ({
  event,
  offer: offerOf(event, label, stimuli),
})

function buttonWays({ page, controls }: Screen, values: Record<string, string>): Way[] {
  return controls.flatMap((control): Way[] => {
    if (control.kind !== 'button' && control.kind !== 'link') return []
    if (control.kind === 'button' && control.disabled === true) return []
    const press: Stimulus = { kind: 'press', page, control: control.id, values }
    return [{ event: control.event, isOfPage: true, offer: offerOf(control.id, `presses “${control.label}”`, [press]) }]
  })
}

const offerOf = (id: string, label: string, stimuli: readonly Stimulus[]): Offer => ({
  id: `way ${id}`,
  group: 'next',
  label,
  about: 'with what the page holds now',
  stimuli,
})
