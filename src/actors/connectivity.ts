import { connectivityMachine } from '../../machines/pages/connectivity.ts'
import type { ConnectivityAnswer } from '../domain/network.ts'
import { discoverProxy } from '../service/connectivity/discover-proxy.ts'
import { probeConnectivity, releasePortal } from '../service/connectivity/probe-connectivity.ts'
import { reach } from '../service/connectivity/reach.ts'
import { type Bindings, working } from './bindings.ts'

export const connectivity = connectivityMachine.provide({
  actors: {
    probe: working<ConnectivityAnswer>(async ({ device, service, memory }, _, signal) => {
      const { wpadUrl } = device.network
      if (wpadUrl !== undefined && device.behaviour.findsProxy && (await discoverProxy(service, wpadUrl, signal))) {
        device.network.learnProxy()
      }
      const answer = await probeConnectivity(service, signal)
      noteInternet(device, memory, answer.kind === 'internet')
      // The next thing after the test (1.4 [D, B]). Without the lists certificates are taken all the same, later.
      if (answer.kind === 'internet') await reach(service, 'revocation', 'revocation list', signal)
      return answer
    }),
    releasePortal: working<void, string>(({ service }, url, signal) => releasePortal(service, url, signal)),
  },
})

/** Autopilot's own account of it: a device with internet says so when it asks for its profile (3.4 [F]). */
function noteInternet(device: Bindings['device'], memory: Bindings['memory'], isThere: boolean): void {
  const { log, disk } = device
  if (isThere) {
    if (memory.isProfileQueued) log('internetBack')
    delete memory.isProfileQueued
    return
  }
  if (disk.profile === undefined) log('policyNotFound', { name: 'CloudAssignedOobeConfig' })
  log(memory.isProfileQueued ? 'internetStillAway' : 'internetNotAvailable')
  memory.isProfileQueued = true
}
