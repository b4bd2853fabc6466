import { connectivityMachine } from '../../machines/pages/connectivity.ts'
import type { ConnectivityAnswer } from '../domain/network.ts'
import { discoverProxy } from '../service/connectivity/discover-proxy.ts'
import { probeConnectivity, releasePortal } from '../service/connectivity/probe-connectivity.ts'
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
      return answer
    }),
    releasePortal: working<void, string>(({ service }, url, signal) => releasePortal(service, url, signal)),
  },
})
