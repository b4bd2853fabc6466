import { expect, test } from 'vitest'
import { RESTART_NODES, restartRule } from '../../src/domain/restart-policies.ts'
import { runScenario } from '../../src/scenario/run-scenario.ts'
import { loadScenarios } from '../../src/scenario/scenario.ts'

const startsWith = async (policies: object[]): Promise<number> => {
  const [scenario] = loadScenarios('update-ring-restarts')
  const tenant = { ...scenario!.tenant, policies: policies as never }
  const { journal, outcome } = await runScenario({ ...scenario!, tenant }, { seed: 1, transport: 'direct' })
  expect(outcome.kind).toBe('desktop')
  return journal.filter((entry) => entry.kind === 'power' && entry.event === 'on').length
}

test('what a source names restarts, and its neighbours do not', () => {
  const restarts = restartRule()
  for (const { node } of RESTART_NODES) {
    expect(
      restarts(`./Device/Vendor/MSFT/${node}${node.endsWith('/') ? 'ApplicationLaunchRestrictions/1/EXE/Policy' : ''}`),
    ).toBe(true)
    expect(restarts(`./Device/Vendor/MSFT/Other${node}`)).toBe(false)
  }
  expect(restarts('./Device/Vendor/MSFT/Policy/Config/Update/BranchReadinessLevel')).toBe(false)
})

test('a tenant adds its own policies to the table', async () => {
  const policy = { policy: 'Education/PreventAddingNewPrinters', scope: 'device', value: '1' }
  expect(await startsWith([policy])).toBe(2)
  expect(await startsWith([{ ...policy, restarts: true }])).toBe(3)
})

test('a policy of the account phase restarts nothing', async () => {
  const policy = { policy: 'Education/PreventAddingNewPrinters', scope: 'user', value: '1', restarts: true }
  expect(await startsWith([policy])).toBe(2)
})
