import { describe, expect, test } from 'vitest'
import type { RunResult } from '../../src/run/run-options.ts'
import { runScenario } from '../../src/scenario/run-scenario.ts'
import { loadScenarios, type Scenario } from '../../src/scenario/scenario.ts'

const [happy] = loadScenarios('surface-wifi-happy-path')
const [firewall] = loadScenarios('sign-in-blocked-by-firewall')

const play = (scenario: Scenario) => runScenario(scenario, { seed: 1, transport: 'direct' })

const blocking = (...blockedHosts: string[]): Scenario => ({
  ...happy!,
  environment: { ...happy!.environment, blockedHosts },
})

/** How a run went: its end, and how each request ended. */
const courseOf = ({ outcome, journal }: RunResult) => [
  outcome,
  journal.flatMap((entry) => (entry.kind === 'response' ? [entry.trouble ?? entry.status] : [])),
]

describe.each([
  ['login.microsoftonline.test', ['login.microsoftonline.com', 'LOGIN.MicrosoftOnline.com', '*.microsoftonline.com']],
  [
    'enrollment.manage.microsoft.test',
    ['enrollment.manage.microsoft.com', '*.manage.microsoft.com', 'EnterpriseEnrollment.manage.microsoft.com'],
  ],
  ['ztd.dds.microsoft.test', ['ztd.dds.microsoft.com', '*.dds.microsoft.com', '*dds.microsoft.com']],
  ['www.msftconnecttest.test', ['*.msftconnecttest.com']],
])('a network that blocks %s', (mocked, names) => {
  test.each(names)('is one that blocks %s', async (name) => {
    const [byMock, byName] = [await play(blocking(mocked)), await play(blocking(name))]
    expect(courseOf(byName)).toEqual(courseOf(byMock))
    expect(courseOf(byName)).not.toEqual(courseOf(await play(happy!)))
    expect(byName.failures.filter((failure) => failure.includes('had no effect'))).toEqual([])
  })
})

test('an event blocks by the name of production too', async () => {
  const by = (value: string) =>
    play({
      ...firewall!,
      events: firewall!.events.map((rule) => ({ ...rule, does: { kind: 'block' as const, value } })),
    })
  const [byMock, byName] = [await by('login.microsoftonline.test'), await by('login.microsoftonline.com')]
  expect([byMock.failures, byName.failures]).toEqual([[], []])
  expect(courseOf(byName)).toEqual(courseOf(byMock))
})

test('a blocked host that no request went to fails the run, with its place', async () => {
  const { failures } = await play(blocking('store.example', '*.microsoftonline.us'))
  expect(failures).toEqual([
    'network.blockedHosts.0 (store.example) had no effect: no request went there. scenarios/happy/surface-wifi-happy-path.yaml:6',
    'network.blockedHosts.1 (*.microsoftonline.us) had no effect: no request went there. scenarios/happy/surface-wifi-happy-path.yaml:6',
  ])
})

test('so does an event whose host is asked only before and after it', async () => {
  const at = (atMs: number, forMs: number) => ({
    when: { kind: 'time' as const, atMs },
    does: { kind: 'block' as const, value: 'login.microsoftonline.com' },
    forMs,
    times: 1,
    from: 1,
  })
  const { failures } = await play({ ...happy!, events: [at(1, 5)] })
  expect(failures).toEqual([
    expect.stringMatching(/^events\.0 \(login\.microsoftonline\.com blocked\) had no effect: no request went there/),
  ])
})
