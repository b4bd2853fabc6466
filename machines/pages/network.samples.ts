import type { VisibleNetworks } from '../../src/domain/network.ts'
import { Secret } from '../../src/domain/secret.ts'
import { press, type Samples } from '../samples.ts'
import { HIDDEN_NETWORK, type networkMachine } from './network.ts'

const inRange: VisibleNetworks = {
  status: { via: 'none' },
  networks: [
    { ssid: 'Hillview', security: 'wpa2-psk', bars: 4 },
    { ssid: 'Hillview Guest', security: 'open', bars: 3 },
    { ssid: 'Hillview Staff', security: 'wpa2-enterprise', bars: 2 },
  ],
  hiddenBars: 1,
}

export const networkSamples: Samples<typeof networkMachine> = {
  inputs: {
    unknown: { isRevisit: false },
    remembered: { remembered: 'Hillview', isRevisit: false },
  },
  events: [
    press('user.connect', { wifi: 'Hillview' }),
    press('user.connect', { wifi: 'Hillview Guest' }),
    press('user.connect', { wifi: 'Hillview Staff' }),
    press('user.connect', { user: 'teacher' }, { password: new Secret('paper-rocket') }),
    press('user.connect', { wifi: HIDDEN_NETWORK }),
    press('user.connect', { name: 'Hillview Labs' }),
    press('user.connect', {}, { key: new Secret('blue-lantern-42') }),
    press('user.cancel'),
    press('user.next'),
    press('user.back'),
    { type: 'network.changed' },
    { type: 'network.lost' },
  ],
  done: {
    lookAround: [
      inRange,
      { ...inRange, status: { via: 'wifi', ssid: 'Hillview Guest', bars: 3 } },
      { ...inRange, status: { via: 'ethernet' } },
    ],
    connect: [{ kind: 'connected' }, { kind: 'wrongKey' }, { kind: 'wrongCredentials' }, { kind: 'outOfRange' }],
  },
}
