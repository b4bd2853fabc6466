import type { ConnectInput, Surroundings } from '../../machines/network.ts'
import type { ConnectAnswer, ConnectivityAnswer } from '../domain/network.ts'
import { probeConnectivity, releasePortal } from '../service/probe-connectivity.ts'
import { activityOf, type Bindings, type NoInput } from './bindings.ts'

/** Association and DHCP: a few seconds, nowhere stated: an assumption. */
const CONNECT_MS = 3_000

/** What the network pages do. */
export function networkActors(bindings: Bindings) {
  const { device, service, timeline } = bindings
  return {
    lookAround: activityOf<Surroundings, NoInput>(bindings, () => ({
      status: device.network.status,
      networks: device.network.visible(),
    })),
    connect: activityOf<ConnectAnswer, ConnectInput>(bindings, async ({ ssid, key }, signal) => {
      await timeline.sleep(CONNECT_MS, signal)
      return device.network.connect(ssid, key?.reveal())
    }),
    probe: activityOf<ConnectivityAnswer, NoInput>(bindings, async (_, signal) => {
      const answer = await probeConnectivity(service, signal)
      if (answer.kind === 'internet') device.log('autopilot', 164, 'AutopilotManager determined internet is available')
      else device.log('autopilot', 165, 'AutopilotManager determined internet is not available', 'warning')
      return answer
    }),
    releasePortal: activityOf<void, string>(bindings, (url, signal) => releasePortal(service, url, signal)),
  }
}
