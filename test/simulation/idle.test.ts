import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { AdjustablePace } from '../../src/ports/pace.ts'
import { prepareRun, runScenario } from '../../src/scenario/run-scenario.ts'
import { loadScenarios, type Scenario } from '../../src/scenario/scenario.ts'
import { changedScenario, temporaryFolder } from '../cli/files.ts'
import { screensOf } from './played.ts'

const TIMED_OUT = 'Sorry, your sign-in timed out. Please sign in again.'
const MINUTE = 60_000

const happy = (person: Partial<Scenario['person']> = {}): Scenario => {
  const [scenario] = loadScenarios('surface-wifi-happy-path')
  return { ...scenario!, person: { ...scenario!.person, ...person } }
}

const ALICE = { email: 'alice@contoso.example', password: 'correct-horse' }

const saysTimedOut = ({ body }: { body: { text: string }[] }) => body.some(({ text }) => text === TIMED_OUT)

test.each([
  ['before the e-mail address', [{ wait: '11m', ...ALICE }]],
  ['before the password', [{ email: ALICE.email }, { wait: '11m', password: ALICE.password }]],
])('a person who is away for eleven minutes %s signs in again', async (_, signIn) => {
  const { outcome, journal, failures } = await runScenario(happy({ signIn }), { seed: 1, transport: 'direct' })
  expect([outcome.kind, failures]).toEqual(['desktop', []])
  const seen = screensOf(journal).filter(({ page }) => page === 'signIn')
  const idleAt = seen.find(saysTimedOut)!.at
  const since = seen.findLast(({ at, step }) => at < idleAt && (step === 'email' || step === 'password'))!.at
  expect(idleAt - since).toBe(10 * MINUTE)
  expect(journal).toContainEqual(expect.objectContaining({ by: 'script', stimulus: { kind: 'wait', ms: 11 * MINUTE } }))
})

test('a person who is away for nine minutes continues where they were', async () => {
  const signIn = { wait: '9m', ...ALICE }
  const { outcome, journal } = await runScenario(happy({ signIn }), { seed: 1, transport: 'direct' })
  expect(outcome.kind).toBe('desktop')
  expect(screensOf(journal).some(saysTimedOut)).toBe(false)
})

test('each page is looked at for the think time of the person', async () => {
  const duration = async (person: Partial<Scenario['person']>) =>
    (await runScenario(happy(person), { seed: 1, transport: 'direct' })).journal.find(
      (entry) => entry.kind === 'stimulus' && entry.stimulus.kind === 'press',
    )!.at
  expect((await duration({ thinkTime: 20_000 })) - (await duration({}))).toBe(18_000)
})

test.each(['soon', '40000d'])('a wait of %s is refused, with its place', (wait) => {
  const path = join(temporaryFolder(), 'story.yaml')
  writeFileSync(path, changedScenario('surface-wifi-happy-path', 'signIn: {', `signIn: { wait: ${wait},`))
  expect(() => loadScenarios(path)).toThrow(/story\.yaml:\d+:\d+: .*wait must be a duration/)
})

test('a person at the terminal who does nothing meets the same page', async () => {
  const pace = new AdjustablePace(Number.POSITIVE_INFINITY)
  const { run, release } = await prepareRun(happy(), { seed: 1, transport: 'direct', pace, isLive: true })
  const seen: { at: number; step: string; isTimedOut: boolean }[] = []
  run.journal.onEntry((entry) => {
    if (entry.kind !== 'screen' || !('screen' in entry) || entry.screen.page !== 'signIn' || !entry.isWaiting) return
    seen.push({ at: entry.at, step: entry.screen.step ?? '', isTimedOut: saysTimedOut(entry.screen) })
    if (seen.length === 1) run.apply({ kind: 'person', who: 'terminal' }, 'terminal')
    if (seen.at(-1)!.isTimedOut) run.stop()
  })
  try {
    expect((await run.play()).outcome).toEqual({ kind: 'stopped' })
  } finally {
    release()
  }
  expect(seen.map(({ step, isTimedOut }) => [step, isTimedOut])).toEqual([
    ['email', false],
    ['email', true],
  ])
  expect(seen[1]!.at - seen[0]!.at).toBe(10 * MINUTE)
})
