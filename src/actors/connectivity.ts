import { connectivityMachine } from '../../machines/pages/connectivity.ts'
import type { ConnectivityAnswer } from '../domain/network.ts'
import { discoverProxy } from '../service/connectivity/discover-proxy.ts'
import { probeConnectivity, releasePortal } from '../service/connectivity/probe-connectivity.ts'
import { reach } from '../service/connectivity/reach.ts'
import { working } from './bindings.ts'

export const connectivity = connectivityMachine.provide({
  actors: {
    probe: working<ConnectivityAnswer>(async ({ device, service }, _, signal) => {
      const { wpadUrl } = device.network
      if (wpadUrl !== undefined && device.behaviour.findsProxy && (await discoverProxy(service, wpadUrl, signal))) {
        device.network.learnProxy()
      }
      const answer = await probeConnectivity(service, signal)
      device.log(answer.kind === 'internet' ? 'internetAvailable' : 'internetNotAvailable')
      // The next thing after the test (1.4 [D, B]). Without the lists certificates are taken all the same, later.
      if (answer.kind === 'internet') await reach(service, 'revocation', 'revocation list', signal)
      return answer
    }),
    releasePortal: working<void, string>(({ service }, url, signal) => releasePortal(service, url, signal)),
  },
})
