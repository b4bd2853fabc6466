import { afterEach, describe, expect, test, vi } from 'vitest'
import { SetupProgress } from '../../src/device/esp/setup-progress.ts'
import type { Outcome } from '../../src/domain/journal.ts'
import type { Screen } from '../../src/domain/screen.ts'
import { KnownSecrets } from '../../src/journal/known-secrets.ts'
import type { Transport } from '../../src/ports/http.ts'
import { INVARIANTS } from '../../src/run/invariants/invariants.ts'
import { runScenario } from '../../src/scenario/run-scenario.ts'
import { loadScenarios } from '../../src/scenario/scenario.ts'
import { call } from '../cli/call.ts'

/** What is wrong on purpose in the product, while a test says so. */
const mutant = vi.hoisted(() => ({
  screen: undefined as ((screen: unknown) => unknown) | undefined,
  outcome: undefined as ((outcome: unknown) => unknown) | undefined,
  remembersProfile: false,
}))

vi.mock('../../src/screens/screen-of.ts', async (original) => {
  const real = await original<typeof import('../../src/screens/screen-of.ts')>()
  return {
    ...real,
    screenOf: (...given: Parameters<typeof real.screenOf>) => {
      const screen = real.screenOf(...given)
      return screen && mutant.screen ? mutant.screen(screen) : screen
    },
  }
})

vi.mock('../../src/run/managed-if-held.ts', async (original) => {
  const real = await original<typeof import('../../src/run/managed-if-held.ts')>()
  return {
    managedIfHeld: (...given: Parameters<typeof real.managedIfHeld>) => {
      const outcome = real.managedIfHeld(...given)
      return mutant.outcome ? mutant.outcome(outcome) : outcome
    },
  }
})

vi.mock('../../src/service/autopilot/look-up-profile.ts', async (original) => {
  const real = await original<typeof import('../../src/service/autopilot/look-up-profile.ts')>()
  let last: Awaited<ReturnType<typeof real.lookUpProfile>> | undefined
  return {
    lookUpProfile: async (...given: Parameters<typeof real.lookUpProfile>) => {
      if (mutant.remembersProfile && last) return last
      last = await real.lookUpProfile(...given)
      return last
    },
  }
})

const play = (name = 'surface-wifi-happy-path') => {
  const [scenario] = loadScenarios(name)
  return runScenario({ ...scenario!, expect: null }, { seed: 1, transport: 'direct' })
}

/** Screens of one page are other ones. */
const changed = (page: Screen['page'], change: (screen: Screen) => Screen) => (screen: unknown) =>
  (screen as Screen).page === page ? change(screen as Screen) : screen

const broken = (name: string) => expect.objectContaining({ name: 'BrokenInvariant', invariant: name })

afterEach(() => {
  vi.restoreAllMocks()
  mutant.screen = undefined
  mutant.outcome = undefined
  mutant.remembersProfile = false
})

describe('each invariant finds what breaks it', () => {
  test('wayForward: a page that waits and has nothing to press', async () => {
    mutant.screen = changed('region', (screen) => ({
      ...screen,
      controls: screen.controls.filter(({ kind }) => kind !== 'button'),
    }))
    await expect(play()).rejects.toEqual(broken('wayForward'))
  })

  test('wayForward: a page that fails without a reason', async () => {
    mutant.screen = changed('enrollment', (screen) => ({ ...screen, failure: { code: '', text: '' } }))
    await expect(play()).rejects.toEqual(broken('wayForward'))
  })

  test('progressForward: a category that begins again', async () => {
    let shown = 0
    mutant.screen = changed('enrollmentStatus', (screen) => {
      const state = shown++ === 0 ? 'succeeded' : 'inProgress'
      const categories = screen.progress!.categories!.map((category) => ({ ...category, state }) as const)
      return { ...screen, progress: { ...screen.progress!, categories } }
    })
    await expect(play()).rejects.toEqual(broken('progressForward'))
  })

  test('standardUser: an administrator at the desktop', async () => {
    mutant.outcome = (outcome) => ({ ...(outcome as Outcome), account: 'administrator' })
    await expect(play()).rejects.toEqual(broken('standardUser'))
  })

  test('blockingApps: a page that ends when the first app is there', async () => {
    const real = SetupProgress.prototype.now
    vi.spyOn(SetupProgress.prototype, 'now').mockImplementation(function (this: SetupProgress) {
      const progress = real.call(this)
      const isBegun = progress.steps.some(({ status }) => status.says === 'installed' && status.done === 1)
      return isBegun ? { ...progress, state: 'succeeded' } : progress
    })
    await expect(play()).rejects.toEqual(broken('blockingApps'))
  })

  test('profileAsked: a start that takes the profile of the one before', async () => {
    mutant.remembersProfile = true
    await play('no-tpm-self-deploying').catch(() => undefined)
    await expect(play()).rejects.toEqual(broken('profileAsked'))
  })

  test('noSecret: a journal that masks nothing', async () => {
    vi.spyOn(KnownSecrets.prototype, 'has').mockReturnValue(false)
    vi.spyOn(KnownSecrets.prototype, 'mask').mockImplementation((text) => text)
    const password = 'a-password-of-no-form'
    const [scenario] = loadScenarios('surface-wifi-happy-path')
    const { tenant } = scenario!
    // A service that says it back in a sentence.
    const wrap =
      (transport: Transport): Transport =>
      async (request, peer, signal) =>
        request.url.includes('GetCredentialType')
          ? { status: 503, headers: {}, body: new TextEncoder().encode(`no account with ${password}`) }
          : transport(request, peer, signal)
    const told = {
      ...scenario!,
      expect: null,
      tenant: { ...tenant, users: tenant.users.map((user) => ({ ...user, password })) },
    }
    await expect(runScenario(told, { seed: 1, transport: 'direct', wrap })).rejects.toEqual(broken('noSecret'))
  })

  test('evidence: managed without a session that was held', async () => {
    mutant.outcome = (outcome) => ({ ...(outcome as Outcome), managed: true })
    await expect(play('not-registered')).rejects.toEqual(broken('evidence'))
  })

  test('evidence: an Autopilot device whose profile never came', async () => {
    mutant.outcome = (outcome) => ({ ...(outcome as Outcome), autopilot: true })
    await expect(play('not-registered')).rejects.toEqual(broken('evidence'))
  })
})

test('a broken invariant ends the run as a bug of ours, with its name', async () => {
  mutant.outcome = (outcome) => ({ ...(outcome as Outcome), account: 'administrator' })
  const { code, stderr } = await call('run', 'surface-wifi-happy-path', '--transport', 'direct')
  expect(code).toBe(70)
  expect(stderr).toContain('the invariant standardUser does not hold')
})

test('each has a test above, and none is broken where nothing is wrong', async () => {
  expect(INVARIANTS.map(({ name }) => name)).toEqual([
    ...['wayForward', 'progressForward', 'standardUser', 'blockingApps', 'profileAsked', 'noSecret', 'evidence'],
  ])
  expect((await play()).passed).toBe(true)
})
