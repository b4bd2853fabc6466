import type { Offer } from '../../ui/cockpit/source.ts'
import { effectOffers, type Possible } from './effect-offer.ts'
import type { Now } from './now.ts'

/** What the management server can do, once there is a device that it manages. */
export const serverOffers = ({ entries, isManaged }: Now): Offer[] =>
  isManaged ? effectOffers('server', WHEN_MANAGED, entries) : effectOffers('server', ALWAYS, entries)

const ALWAYS: readonly Possible[] = [
  [{ server: { hold: 'device' } }, 'The status page waits for the release of the device phase until its time is over.'],
  [{ server: { hold: 'user' } }, 'The status page waits for the release of the user phase until its time is over.'],
]

const WHEN_MANAGED: readonly Possible[] = [
  ...ALWAYS,
  [{ server: { silent: true } }, 'Its sessions get no answer.'],
  [{ server: { release: 'device' } }, 'ServerHasFinishedProvisioning of the device: no more comes.'],
  [{ server: { release: 'user' } }, 'ServerHasFinishedProvisioning of the user: no more comes.'],
  [
    { server: { command: 'Exec', uri: './Device/Vendor/MSFT/Reboot/RebootNow', session: 'push' } },
    'The device is pushed to a session, and restarts.',
  ],
  [{ push: true }, 'The device begins a session now.'],
]
