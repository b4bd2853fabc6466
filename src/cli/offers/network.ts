import type { Offer } from '../../ui/cockpit/source.ts'
import { effectOffers, type Possible } from './effect-offer.ts'
import type { Now } from './now.ts'

/** What can be done to the cable, the radio, and the network behind them. */
export function networkOffers({ entries, network, hosts, spec }: Now): Offer[] {
  const has = (kind: string): boolean => spec.device.adapters.some((adapter) => adapter.kind === kind)
  const switches: Possible[] = [
    ...(has('ethernet')
      ? [
          network?.cable
            ? ([{ cable: 'out' }, 'Wired traffic ends at once.'] as const)
            : ([{ cable: 'in' }, 'Wired traffic goes first.'] as const),
        ]
      : []),
    ...(has('wifi')
      ? [
          network?.radio === false
            ? ([{ wifi: 'on' }, 'Networks in range are seen again.'] as const)
            : ([{ wifi: 'off' }, 'No network in range is seen.'] as const),
        ]
      : []),
  ]
  return [
    // A switch is as the device has it, and not as it was moved last.
    ...effectOffers('network', switches, []),
    ...effectOffers('network', [...AROUND, ...hosts.map(blocked)], entries),
  ]
}

const AROUND: readonly Possible[] = [
  [{ network: 'down' }, 'The device is linked, and nothing behind the cable or the access point answers.'],
  [{ dns: 'down' }, 'No name resolves.'],
  [{ port: 443 }, 'Nothing gets out to HTTPS.'],
  [{ port: 80 }, 'Nothing gets out to HTTP: Windows takes the network for one without internet.'],
  [{ inspect: true }, 'A filter answers with its own certificates.'],
  [{ portal: 'on' }, 'A page of the network asks for a sign-in first.'],
  [{ proxy: 'down' }, 'The proxy of the network does not answer, where it has one.'],
  [{ slow: { latency: '800ms', downloadMbps: 1 } }, 'Answers come late, and downloads take long.'],
  [{ loss: 20 }, 'Of a hundred packets twenty are lost.'],
]

const blocked = (host: string): Possible => [
  { block: host },
  'The firewall lets nothing through to it: requests get no answer.',
]
