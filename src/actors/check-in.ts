import type { Carried } from '../../machines/carried.ts'
import type { AgentScope, CheckIn, ManagementAgent } from '../device/management-agent.ts'
import { type Result, success } from '../domain/trouble.ts'
import { type AgentApp, decodeAgentApps } from '../protocols/agent-apps/agent-apps.ts'
import { ask, get, unexpectedStatus } from '../service/service.ts'
import { type Bindings, working } from './bindings.ts'
import { parcel } from './carried.ts'
import { managementToken } from './management-token.ts'

/** How soon a check-in that failed is tried again: an assumption. */
const RETRY_MS = 60_000

export const DUE = parcel<{ agent: ManagementAgent; due: CheckIn }>()

/** Asks for the list, and makes it the page's. One that fails is tried again later. */
export const checkIn = working<void, Carried>(async (run, carried, signal) => {
  const { device, timeline } = run
  const { agent, due } = DUE.open(carried)
  const apps = await appsOf(run, agent, due.scope, signal)
  if (apps.ok) return agent.checkedIn(due, apps.value)
  device.log('checkInFailed', { provider: agent.provider, text: apps.trouble.text })
  if (agent.isDue(due)) agent.retryAt = timeline.now + RETRY_MS
})

/** Known by the certificate of management; for the apps of a person it shows the person's token besides. */
async function appsOf(
  run: Bindings,
  { appsUrl }: ManagementAgent,
  scope: AgentScope,
  signal: AbortSignal,
): Promise<Result<AgentApp[]>> {
  const { device, service } = run
  const url = `${appsUrl}?phase=${scope}`
  const token = scope === 'user' ? (await managementToken(run, signal))?.reveal() : undefined
  const request = get(url)
  if (token !== undefined) request.headers = { ...request.headers, authorization: `Bearer ${token}` }
  const { certificate } = device.management ?? {}
  const options = {
    operation: `check-in of the management extension (${scope})`,
    signal,
    ...(certificate ? { certificate } : {}),
  }
  return ask<AgentApp[]>(service, request, options, (response) =>
    response.status === 200
      ? success(decodeAgentApps(response.body))
      : unexpectedStatus(options.operation, response, url),
  )
}
