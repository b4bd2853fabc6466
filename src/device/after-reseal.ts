import type { VirtualDevice } from './virtual-device.ts'

/** The user flow is to begin no sooner after the technician flow, so that tokens are refreshed (oobe-autopilot-esp.md, 2.4 [D]). */
const REST_MS = 90 * 60_000
/** And no later than six months after it. */
const LIFE_MS = 180 * 24 * 60 * 60_000

const sinceReseal = ({ disk, clock }: VirtualDevice): number | undefined => {
  const { resealedAt } = disk.preProvisioning ?? {}
  return resealedAt === undefined ? undefined : clock() - resealedAt
}

/** The person came so soon that there is no token for them yet. */
export function isTokenStale(device: VirtualDevice): boolean {
  const since = sinceReseal(device)
  return device.behaviour.tokensNeedRestAfterReseal && since !== undefined && since < REST_MS
}

/** The person came so late that the certificate of the management extension is no longer valid. */
export function isExtensionExpired(device: VirtualDevice): boolean {
  const since = sinceReseal(device)
  return device.behaviour.extensionExpiresAfterReseal && since !== undefined && since > LIFE_MS
}
