import { type PreparationKnownEvent, preparationPolicyMachine } from '../../machines/pages/preparation-policy.ts'
import { isPageEnabled } from '../device/preparation.ts'
import type { VirtualDevice } from '../device/virtual-device.ts'
import { watching } from './bindings.ts'

/** The server has said something of the Enrollment Status Page: it would have said before that this one is enabled. */
function saysOtherPage({ csp, management }: VirtualDevice): boolean {
  const provider = encodeURIComponent(management?.providerId ?? '')
  const node = `./Device/Vendor/MSFT/DMClient/Provider/${provider}/FirstSyncStatus/SkipDeviceStatusPage`
  return csp.readPut(node) !== undefined
}

export const preparationPolicy = preparationPolicyMachine.provide({
  actors: {
    watchForPreparation: watching<PreparationKnownEvent>(({ device }, { sendBack }) => {
      const look = () => {
        if (isPageEnabled(device.csp)) sendBack({ type: 'preparation.known', isDelivered: true })
        else if (device.sessionsSinceStart > 0 || saysOtherPage(device))
          sendBack({ type: 'preparation.known', isDelivered: false })
      }
      const stops = [
        device.csp.onChange(look),
        device.onManagementEvent((event) => {
          if (event === 'session.held') look()
        }),
      ]
      look()
      return () => {
        for (const stop of stops) stop()
      }
    }),
  },
})
