import { type ConnectInput, networkMachine } from '../../machines/pages/network.ts'
import type { ConnectAnswer, VisibleNetworks } from '../domain/network.ts'
import { working } from './bindings.ts'

/** Association and DHCP: a few seconds, nowhere stated: an assumption. */
const CONNECT_MS = 3_000

export const lookAround = working<VisibleNetworks>(({ device: { network } }) => network.lookAround())

export const network = networkMachine.provide({
  actors: {
    lookAround,
    connect: working<ConnectAnswer, ConnectInput>(async ({ timeline, device }, input, signal) => {
      const { ssid, key, user, password } = input
      await timeline.sleep(CONNECT_MS, signal)
      return device.network.connect(ssid, {
        key: key?.reveal(),
        user: user !== undefined && password ? { name: user, password: password.reveal() } : undefined,
      })
    }),
  },
})
