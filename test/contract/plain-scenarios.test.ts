import { isDeepStrictEqual } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { HELLO_DEFAULTS } from '../../src/domain/hello.ts'
import type { TenantDefinition } from '../../src/domain/tenant.ts'
import type { Transport } from '../../src/ports/http.ts'
import type { RunResult } from '../../src/run/run-options.ts'
import { namesOf } from '../../src/scenario/library.ts'
import { prepareRun } from '../../src/scenario/run-scenario.ts'
import { loadScenarios, type Scenario } from '../../src/scenario/scenario.ts'
import type { Exchange, Foreign } from './foreign-server.ts'
import { giveOrders, startPlain } from './plain-server.ts'

/** Every shipped scenario of a user-driven device, against a server that is like those in use and against the mock. */
let plain: Foreign
let listing: Foreign
beforeAll(async () => {
  ;[plain, listing] = await Promise.all([startPlain(), startPlain('lists=given')])
})
afterAll(() => Promise.all([plain.stop(), listing.stop()]))

interface Ended {
  end: unknown
  result: RunResult
  exchanges: Exchange[]
}

async function endOf(loaded: Scenario, server?: Foreign): Promise<Ended> {
  const exchanges: Exchange[] = []
  const wrap =
    (transport: Transport): Transport =>
    async (request, caller, signal) => {
      const response = await transport(request, caller, signal)
      exchanges.push({ request, caller, response })
      return response
    }
  const scenario = server ? { ...loaded, startsAt: Date.now() } : loaded
  const target = server ? { target: server.target } : {}
  const { run, release } = await prepareRun(scenario, { seed: 5, transport: 'direct', wrap, ...target })
  const result = await run.play().finally(release)
  const { kind, page, code } = result.outcome as Record<'kind' | 'page' | 'code', unknown>
  return { end: { kind, page, code }, result, exchanges }
}

type Change = (tenant: TenantDefinition) => Partial<TenantDefinition>
const changed = (scenario: Scenario, change: Change): Scenario => ({
  ...scenario,
  tenant: { ...scenario.tenant, ...change(scenario.tenant) },
})

/** The management extension installs apps over a channel that is the mock's. */
const withoutExtension: Change = ({ management }) => ({ management: { ...management, hasAgent: false } })
const admitting: Change = ({ enrollment, users }) => ({
  enrollment: { ...enrollment, windows: 'allow', personal: 'allow' },
  users: users.map((user) => ({ ...user, licensed: true })),
})
/** A school whose server has nothing but the page, as the other server has it. */
const bare: Change = ({ statusPages, management }) => ({
  apps: [],
  policies: [],
  wifiProfiles: [],
  certificateProfiles: [],
  devicePreparationPolicies: [],
  windowsHello: { ...HELLO_DEFAULTS, state: 'notConfigured' },
  statusPages: statusPages.map((page) => ({ ...page, timeoutMinutes: 180, blockingApps: [] })),
  management: { ...management, hasAgent: false, policyProviders: [], releases: ['device', 'firstUser', 'otherUsers'] },
})

const isUserDriven = ({ result }: Ended): boolean =>
  !result.journal.some((entry) => entry.kind === 'transition' && /selfDeploying|preProvisioning/.test(entry.to ?? ''))

const OF_DEVICE: readonly string[] = ['disk', 'tpm']

/** Why a scenario ends with what the mock alone has. */
async function notOfLists(scenario: Scenario, { end }: Ended): Promise<string | undefined> {
  const isOther = async (change: Change) => !isDeepStrictEqual((await endOf(changed(scenario, change))).end, end)
  if (scenario.tenant.enrollment.termsOfUse !== '') return 'it is about the terms of use, and this server has none'
  if (scenario.tenant.deploymentProfiles.some(({ mode }) => mode === 'hybrid'))
    return 'it is about a join of Active Directory, whose blob the mock hands out'
  if (scenario.before.length > 0) return 'it is about a school that an earlier device has changed'
  if (scenario.tenant.certificateProfiles.length > 0)
    return 'it is about certificates of an authority that the mock has'
  if (
    scenario.tenant.devicePreparationPolicies.length > 0 &&
    (end as { page: unknown }).page === 'devicePreparationFailure'
  )
    return 'it is about device preparation, whose policy is the service’s'
  if (scenario.tenant.apps.some(({ kind }) => kind === 'office'))
    return 'it is about Microsoft 365 Apps, whose content delivery network the mock is'
  if (await isOther(admitting)) return 'the server of the tenant refuses the enrolment'
  if (await isOther(withoutExtension)) return 'it is about the management extension'
  if (scenario.events.some(({ does }) => OF_DEVICE.includes(does.kind)))
    return 'it is about apps of the mock, and a device that changes meanwhile'
  return undefined
}

const scenarios = namesOf('scenario').flatMap(loadScenarios)
let compared = 0

test.for(scenarios.map((scenario) => [scenario.id, scenario] as const))(
  '%s ends as against the mock',
  async ([, scenario], { skip }) => {
    const mocked = await endOf(scenario)
    if (!isUserDriven(mocked)) return skip('it is about a self-deploying device')
    const alone = await endOf(scenario, plain)
    if (!isDeepStrictEqual(alone.end, mocked.end)) {
      const reason = await notOfLists(scenario, mocked)
      if (reason) return skip(reason)
      // Then its end comes from what the tenant lists: a mock that lists nothing ends as this server does.
      expect((await endOf(changed(scenario, bare))).end).toEqual(alone.end)
      const { exchanges } = await endOf(changed(scenario, withoutExtension))
      giveOrders(listing, exchanges, scenario.tenant)
      expect((await endOf(changed(scenario, withoutExtension), listing)).end).toEqual(mocked.end)
    }
    compared++
  },
)

test('few scenarios are left out', () => {
  expect(compared).toBeGreaterThan(scenarios.length * 0.6)
})
