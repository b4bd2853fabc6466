import { type ConnectInput, networkMachine, type VisibleNetworks } from '../../machines/pages/network.ts'
import type { ConnectAnswer } from '../domain/network.ts'
import { working } from './bindings.ts'

/** Association and DHCP: a few seconds, nowhere stated: an assumption. */
const CONNECT_MS = 3_000

export const lookAround = working<VisibleNetworks>(({ device: { network } }) => ({
  status: network.status,
  networks: network.visible(),
}))

export const network = networkMachine.provide({
  actors: {
    lookAround,
    connect: working<ConnectAnswer, ConnectInput>(async ({ timeline, device }, { ssid, key }, signal) => {
      await timeline.sleep(CONNECT_MS, signal)
      return device.network.connect(ssid, key?.reveal())
    }),
  },
})
