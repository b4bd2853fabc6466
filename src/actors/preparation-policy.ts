import { type PreparationKnownEvent, preparationPolicyMachine } from '../../machines/pages/preparation-policy.ts'
import { isPageEnabled } from '../device/preparation.ts'
import type { VirtualDevice } from '../device/virtual-device.ts'
import { PAGE_STATUS, PREPARATION_NODES } from '../domain/device-preparation.ts'
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
      let isTold = false
      const look = () => {
        const isDelivered = isPageEnabled(device.csp)
        if (isTold || !(isDelivered || device.sessionsSinceStart > 0 || saysOtherPage(device))) return
        isTold = true
        if (isDelivered) device.csp.set(PREPARATION_NODES.pageStatus, 'int', PAGE_STATUS.enabled)
        sendBack({ type: 'preparation.known', isDelivered })
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
