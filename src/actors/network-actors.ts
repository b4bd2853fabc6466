import type { ConnectInput, Surroundings } from '../../machines/pages/network.ts'
import type { ConnectAnswer, ConnectivityAnswer } from '../domain/network.ts'
import { probeConnectivity, releasePortal } from '../service/probe-connectivity.ts'
import { type Bindings, type NoInput, workOf } from './bindings.ts'

/** Association and DHCP: a few seconds, nowhere stated: an assumption. */
const CONNECT_MS = 3_000

/** What the network pages do. */
export function networkActors(bindings: Bindings) {
  const { device, service, timeline } = bindings
  return {
    lookAround: workOf<Surroundings, NoInput>(() => ({
      status: device.network.status,
      networks: device.network.visible(),
    })),
    connect: workOf<ConnectAnswer, ConnectInput>(async ({ ssid, key }, signal) => {
      await timeline.sleep(CONNECT_MS, signal)
      return device.network.connect(ssid, key?.reveal())
    }),
    probe: workOf<ConnectivityAnswer, NoInput>(async (_, signal) => {
      const answer = await probeConnectivity(service, signal)
      if (answer.kind === 'internet') device.log('autopilot', 164, 'AutopilotManager determined internet is available')
      else device.log('autopilot', 165, 'AutopilotManager determined internet is not available', 'warning')
      return answer
    }),
    releasePortal: workOf<void, string>((url, signal) => releasePortal(service, url, signal)),
  }
}
