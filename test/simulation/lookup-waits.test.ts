import { expect, test } from 'vitest'
import { loadScenarios, type Scenario } from '../../src/scenario/scenario.ts'
import { disturbed } from './disturbed.ts'
import { screensOf } from './played.ts'

const [surface] = loadScenarios('surface-wifi-happy-path')

const behaving = (lookupWaitsForInternet: boolean): Scenario => ({
  ...surface!,
  device: { ...surface!.device, behaviour: { lookupWaitsForInternet } },
})

test.each(['network', 'wifi'] as const)(
  'a device that loses its %s for longer than the tries take still gets its profile',
  async (what) => {
    const { outcome, journal } = await disturbed(surface!, what, 'autopilotProfile.asking')
    expect(outcome).toEqual({ kind: 'desktop', account: 'standard', managed: true, autopilot: true })
    expect(screensOf(journal).some(({ page, step }) => page === 'connectivity' && step === 'offline')).toBe(true)
  },
)

test('it continues without a profile where the device behaves like that', async () => {
  const { journal } = await disturbed(behaving(false), 'network', 'autopilotProfile.asking')
  const pages = screensOf(journal).map(({ page }) => page)
  expect({ usage: pages.includes('deviceUsage'), naming: pages.includes('naming') }).toEqual({
    usage: true,
    naming: false,
  })
})
