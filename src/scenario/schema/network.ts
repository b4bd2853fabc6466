import * as v from 'valibot'
import { duration, hostPattern } from '../../events/values.ts'
import { amount, text, whole } from './common.ts'

const wifiNetwork = v.strictObject({
  ssid: text,
  security: v.optional(v.picklist(['open', 'wpa2-psk', 'wpa3-sae', 'wpa2-enterprise']), 'wpa2-psk'),
  key: v.optional(text),
  bars: v.optional(whole(0, 4), 3),
  captivePortal: v.optional(v.boolean(), false),
})

/** `network:` of a scenario, and `scenarios/networks/*.yaml`. */
export const networkSchema = v.strictObject({
  ethernet: v.optional(
    v.union([
      v.boolean(),
      v.strictObject({ link: v.optional(v.boolean(), true), captivePortal: v.optional(v.boolean(), false) }),
    ]),
    false,
  ),
  wifi: v.optional(v.array(wifiNetwork), []),
  latency: v.optional(duration, '25ms'),
  downloadMbps: v.optional(amount(0.01, 1_000_000), 80),
  blockedHosts: v.optional(v.array(hostPattern), []),
})

export type NetworkFile = v.InferOutput<typeof networkSchema>
