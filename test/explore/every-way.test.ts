import { describe, expect, test } from 'vitest'
import { chosenFaults, planSweep, playJob, type SweepJob } from '../../src/explore/sweep.ts'

/** All steps of all ways; without it a sample, the same each time. */
const IS_LONG = process.env.OOBE_LONG === '1'

/** What can happen at any state: the power, the internet, the link. */
const FAULTS = chosenFaults({
  names: ['power-cut', 'internet-away-for-two-minutes', 'cable-pulled-for-two-minutes', 'wifi-off-for-two-minutes'],
})

/** Each way through the first boot, and what a restart or a second person adds to it. */
const WAYS: [name: string, every: number, moments?: true][] = [
  ['surface-wifi-happy-path', 36, true],
  ['asus-ethernet-happy-path', 36, true],
  ['self-deploying-ethernet', 24, true],
  ['not-registered', 36, true],
  ['second-user', 40, true],
  ['shared-device-first-person', 36, true],
  ['terms-of-use', 40, true],
  ['multifactor-number-match', 40, true],
  ['federated-sign-in', 40],
  ['reboot-during-device-setup', 40, true],
  ['app-wants-restart', 40, true],
  ['win32-apps', 40],
]

const sampled = (jobs: readonly SweepJob[], every: number): SweepJob[] =>
  IS_LONG ? [...jobs] : jobs.filter((_, index) => index % every === 3)

describe.each(WAYS)('%s', (name, every, moments) => {
  test('survives a power cut and two minutes without a network, wherever it is', { timeout: 600_000 }, async () => {
    const [plan] = await planSweep(name, { seed: 1, faults: FAULTS, moments: moments ?? false })
    const { jobs, baseline } = plan!
    expect(['desktop', 'signInScreen']).toContain(baseline.result.outcome.kind)
    const played = sampled(jobs, every)
    const found: string[] = []
    for (const planned of played) {
      const { job, failures, bug } = await playJob(planned)
      if (failures.length > 0) found.push(`${job.fault} ${JSON.stringify(job.step)}: ${bug ?? failures.join('; ')}`)
    }
    expect({ found, isSomethingPlayed: played.length >= 4 }).toEqual({ found: [], isSomethingPlayed: true })
  })
})
