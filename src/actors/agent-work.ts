import { type AgentScope, APP_STATE, type CheckIn, type ManagementAgent, REBOOT } from '../device/management-agent.ts'
import { type Result, success } from '../domain/trouble.ts'
import { type AgentApp, decodeAgentApps } from '../protocols/agent-apps/agent-apps.ts'
import { ask, get, unexpectedStatus } from '../service/service.ts'
import { isForbidden } from './allowed-on-se.ts'
import type { Bindings } from './bindings.ts'
import { fetchPackage, resultOf, win32 } from './fetch-package.ts'
import { managementToken } from './management-token.ts'

/** How soon a check-in that failed is tried again: an assumption. */
const RETRY_MS = 60_000

/** What the management extension has to do, with everything else that is installed around it: one thing at a time. */
export async function workOfAgent(bindings: Bindings, agent: ManagementAgent, signal: AbortSignal): Promise<void> {
  const { timeline } = bindings
  const app = agent.nextApp()
  if (app) return installApp(bindings, agent, app, signal)
  await timeline.sleep(Math.max(0, agent.retryAt - timeline.now), signal)
}

/** Asks for the list, and makes it the page's. One that fails is tried again later. */
export async function checkInOf(
  bindings: Bindings,
  agent: ManagementAgent,
  due: CheckIn,
  signal: AbortSignal,
): Promise<void> {
  const { device, timeline } = bindings
  const apps = await checkIn(bindings, agent, due.scope, signal)
  if (apps.ok) return agent.checkedIn(due, apps.value)
  device.log('management', 404, `check-in of ${agent.provider} failed: ${apps.trouble.text}`, 'error')
  if (agent.isDue(due)) agent.retryAt = timeline.now + RETRY_MS
}

/** Known by the certificate of management; for the apps of a person it shows the person's token besides. */
async function checkIn(
  bindings: Bindings,
  { appsUrl }: ManagementAgent,
  scope: AgentScope,
  signal: AbortSignal,
): Promise<Result<AgentApp[]>> {
  const { device, service } = bindings
  const url = `${appsUrl}?phase=${scope}`
  const token = scope === 'user' ? (await managementToken(bindings, signal))?.reveal() : undefined
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

/** Detect, install, detect: about as long as its package says (reference: oobe-autopilot-esp.md, 4.5 [M]). */
async function installApp(
  bindings: Bindings,
  agent: ManagementAgent,
  { app, scope }: { app: AgentApp; scope: AgentScope },
  signal: AbortSignal,
): Promise<void> {
  const { device, timeline } = bindings
  const tell = (state: keyof typeof APP_STATE) => agent.set(scope, app, 'InstallationState', APP_STATE[state])
  const name = `Win32 app ${app.name}`
  if (!app.isApplicable) {
    device.log('management', 404, `${name} skipped: its requirements are not met`, 'warning')
    // Nothing more comes of it: whoever leaves it where it is lets the page wait for ever.
    if (!device.behaviour.skippedAppBlocks) tell('completed')
    return agent.finish(app, true)
  }
  tell('inProgress')
  const fetched = await fetchPackage(
    bindings,
    { kind: 'win32', urls: [app.url], fileHash: app.fileHash, unreadable: win32(11) },
    signal,
  )
  const failed = await (async () => {
    if (typeof fetched === 'number') return true
    if (isForbidden(device, app)) return true
    await timeline.sleep(fetched.content.installSeconds * 1_000, signal)
    return resultOf(fetched.content) !== 0
  })()
  device.log(
    'management',
    failed ? 1924 : 1922,
    `${name} ${failed ? 'failed' : 'installed'}`,
    failed ? 'error' : 'information',
  )
  agent.finish(app, !failed)
  const exitCode = typeof fetched === 'number' || failed ? 0 : fetched.content.exitCode
  const reboot = exitCode === 1641 ? REBOOT.hard : exitCode === 3010 ? REBOOT.soft : undefined
  if (reboot) agent.set(scope, app, 'RebootRequired', reboot)
  tell(failed ? 'error' : 'completed')
}
