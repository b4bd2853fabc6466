import type { ServerOrder } from '../../domain/server-act.ts'
import { orderAtOnce } from '../oma-dm/device-session.ts'
import type { ManagedDevice } from '../oma-dm/managed-device.ts'
import type { NodeOrder } from '../oma-dm/orders.ts'
import { endHold, releaseOrder } from '../oma-dm/release.ts'
import type { Tenant } from '../tenant.ts'
import { ActionRefused } from './office.ts'

/** Has the management server send something. @throws ActionRefused when it cannot */
export function send(tenant: Tenant, managed: ManagedDevice, words: ServerOrder): void {
  const { session = 'next' } = words
  if (session === 'this' && !managed.isInSession) throw new ActionRefused('the device holds no session')
  tenant.changes.note()
  const user = 'release' in words && words.release === 'user' ? personOf(managed) : undefined
  if ('release' in words) {
    // What was withheld is what is sent now: once.
    managed.withheld = managed.withheld.filter(({ phase }) => phase !== words.release)
    endHold(tenant.state.management, words.release)
  }
  const order = 'release' in words ? releaseOrder(words.release) : nodeOrder(words)
  if (managed.isInSession && session !== 'next') orderAtOnce(managed, user, order)
  else managed.upcoming.push({ user, orders: [order] })
}

const nodeOrder = ({ command: kind, uri, format, data }: Exclude<ServerOrder, { release: unknown }>): NodeOrder => ({
  kind,
  uri,
  ...(format === undefined ? {} : { format }),
  ...(data === undefined ? {} : { data }),
})

/** Whose phase it is: the person at the device, or the last one who was. */
function personOf({ user, users }: ManagedDevice): string {
  const person = user ?? users.at(-1)
  if (person === undefined) throw new ActionRefused('no person has signed in to the device yet')
  return person
}
