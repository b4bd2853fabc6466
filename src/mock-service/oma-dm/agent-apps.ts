import { DecodeError } from '../../domain/trouble.ts'
import { type AgentApp, encodeAgentApps } from '../../protocols/agent-apps/agent-apps.ts'
import { textClaim } from '../../protocols/jwt/jwt.ts'
import type { App } from '../directory/state.ts'
import { isForManagement } from '../enrollment/authorize.ts'
import { verifyIssuedToken } from '../entra/tokens.ts'
import type { Handler } from '../handler.ts'
import { bearerOf, empty, reply } from '../responses.ts'
import type { Tenant } from '../tenant.ts'
import { appsInOrder, extensionItems, isOfExtension, scriptItem } from './extension-items.ts'
import { knownPeer } from './known-peer.ts'
import type { EnrolledDevice } from './orders.ts'
import { policyOf, type Selected, selectedFor } from './preparation-plan.ts'

/**
 * What the management extension asks: its apps and scripts, and which of them the Enrollment Status Page waits for. It shows the
 * certificate of management, and for the apps of a person the person's token.
 */
export const handleAgentApps: Handler = (request, tenant, peer) => {
  const managed = knownPeer(tenant, peer)
  if (typeof managed === 'number') return empty(managed)
  const { device } = managed
  const scope = new URL(request.url).searchParams.get('phase') === 'user' ? 'user' : 'device'
  const upn = scope === 'user' ? userOf(tenant, bearerOf(request)) : device.upn
  if (upn === undefined) return empty(401)
  if (scope === 'user' && !tenant.isLicensed(upn)) return empty(403)
  const policy = scope === 'device' ? policyOf(tenant, device) : undefined
  const apps = policy
    ? preparedItems(tenant, device, selectedFor(tenant, device, policy))
    : extensionItems(tenant, device, upn, scope)
  return reply(200, 'application/json; charset=utf-8', encodeAgentApps(apps))
}

/** Scripts come before apps (oobe-autopilot-esp.md, 2.8 [D]); what the policy does not select comes when its page is over. */
function preparedItems(tenant: Tenant, device: EnrolledDevice, { scripts, apps, further }: Selected): AgentApp[] {
  const isSent = ({ isSkipped }: { isSkipped: boolean }) => !isSkipped
  const selected = apps.filter(isSent).map(({ app }) => app)
  const marks = (app: App) => (selected.includes(app) ? {} : { isLater: true })
  return [
    // The page of device preparation asks for the states of its scripts.
    ...scripts.filter(isSent).map(({ script }): AgentApp => {
      const { isUntracked: _, ...item } = scriptItem(device, script, tenant.definition.name)
      return item
    }),
    ...appsInOrder(tenant, device, [...selected, ...further].filter(isOfExtension), marks),
  ]
}

/** Whose token it is; undefined for one that is none of this tenant's for device management. */
export function userOf(tenant: Tenant, token: string | undefined): string | undefined {
  if (token === undefined) return undefined
  try {
    const claims = verifyIssuedToken(tenant, token)
    if (claims.tid !== tenant.definition.tenantId || !isForManagement(tenant, claims)) return undefined
    return textClaim(claims, 'upn') || textClaim(claims, 'preferred_username') || undefined
  } catch (error) {
    if (error instanceof DecodeError) return undefined
    throw error
  }
}
