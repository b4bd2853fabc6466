import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { EventRule } from '../../src/events/event-rules.ts'
import { AdjustablePace } from '../../src/ports/pace.ts'
import { againOf } from '../../src/run/again.ts'
import { playSealed, prepareRun, prepareSealed, runScenario } from '../../src/scenario/run-scenario.ts'
import { loadScenarios, type Scenario } from '../../src/scenario/scenario.ts'
import { specOf } from '../../src/scenario/spec-of.ts'
import { changedScenario, temporaryFolder } from '../cli/files.ts'
import { screensOf } from './played.ts'

const HAPPY = 'surface-wifi-happy-path'

const at = (page: string, does: EventRule['does'], more: Partial<EventRule> = {}): EventRule => ({
  when: { kind: 'page', page: page as never },
  does,
  times: 1,
  from: 1,
  ...more,
})

const keys = (value: string) => ({ kind: 'keys', value }) as EventRule['does']
const person = (value: unknown) => ({ kind: 'person', value }) as EventRule['does']

const happy = (change: Partial<Scenario> = {}, answers: Scenario['person'] = {}): Scenario => {
  const scenario = loadScenarios(HAPPY)[0]!
  return { ...scenario, ...change, person: { ...scenario.person, ...answers } }
}

const play = (scenario: Scenario) => runScenario(scenario, { seed: 1, transport: 'direct' })

test.each([
  ['Windows key five times', 'keyboard', 'it works on the first page and on the sign-in page, and this is keyboard'],
  ['Ctrl+Shift+F3', 'signIn', 'it works on the first page, and this is signIn'],
  ['Ctrl+Win+R', 'region', 'it works at the lock screen of a device that is set up: the first boot has none'],
  ['Ctrl+Alt+Delete', 'signIn', 'it works at the sign-in screen of Windows: the first boot has none'],
  ['Win+Ctrl+Enter', 'region', 'Narrator is not part of the simulation'],
  ['Shift+F10', 'powerOn', 'the page powerOn is no page of the first boot'],
])('%s on the page %s does nothing, and the event fails with the reason', async (chord, page, reason) => {
  const device = { ...happy().device, behaviour: { opensProvisioningOnSe: true } }
  const { outcome, failures } = await play(happy({ device, events: [at(page, keys(chord))] }))
  expect(outcome.kind).toBe('desktop')
  expect(failures).toEqual([`events.0 (${chord} pressed) had no effect: ${reason}`])
})

test('keys of an answer that do nothing end the run, with the reason', async () => {
  const { outcome } = await play(happy({}, { keyboard: [{ keys: 'Ctrl+Shift+F3' }, 'US'] }))
  expect(outcome).toMatchObject({ kind: 'unanswered', text: expect.stringContaining('it works on the first page') })
})

test('a chord that is not in the list is refused, with the list', () => {
  const path = join(temporaryFolder(), 'story.yaml')
  writeFileSync(path, changedScenario(HAPPY, 'region: United States', 'region: [{ keys: Shift+F11 }, United States]'))
  expect(() => loadScenarios(path)).toThrow(/keys must be one of Shift\+F10, /)
})

test('Windows 11 SE has no provisioning options', async () => {
  const { failures } = await play(happy({ events: [at('region', keys('Windows key five times'))] }))
  expect(failures).toEqual([expect.stringContaining('behaviour.opensProvisioningOnSe is false')])
})

test('the first boot continues below the diagnostics page', async () => {
  const events = [
    { ...at('signIn', keys('Ctrl+Shift+D')), when: { kind: 'state', machine: 'deviceSetup', state: 'apps' } } as const,
  ]
  const { outcome, journal, failures } = await play(happy({ events }, { diagnostics: [{ wait: '20m' }, 'close'] }))
  expect([outcome.kind, failures]).toEqual(['desktop', []])
  const seen = screensOf(journal).find(({ page }) => page === 'diagnostics')!
  expect(seen.body.map(({ text }) => text)).toEqual(
    expect.arrayContaining(['Autopilot profile: Classroom laptops', 'Joined to Microsoft Entra: yes']),
  )
  const whileOpen = journal.filter(
    (entry) => entry.kind === 'transition' && entry.machine === 'deviceSetup' && entry.at > seen.at,
  )
  expect(whileOpen.length).toBeGreaterThan(0)
})

test('people at one device take turns', async () => {
  const scenario = happy({
    events: [at('signIn', person({ becomes: 'pupil' }))],
    people: {
      pupil: {
        signIn: { email: 'alice@contoso.example', password: 'correct-horse' },
        welcome: { password: 'correct-horse' },
        privacy: 'accept',
      },
    },
  })
  const { signIn, ...teacher } = scenario.person
  void signIn
  const { outcome, failures, journal } = await play({ ...scenario, person: teacher })
  expect(outcome.kind).toBe('desktop')
  expect(failures).toEqual([expect.stringMatching(/^people\.pupil\.privacy was never used: the page was not shown/)])
  expect(JSON.stringify(journal)).not.toContain('correct-horse')
})

test('a person who is not there cannot come', () => {
  const path = join(temporaryFolder(), 'story.yaml')
  const event =
    'people: { pupil: { region: US } }\nevents:\n  - { when: { page: signIn }, person: { becomes: pupl } }\nexpect:'
  writeFileSync(path, changedScenario(HAPPY, 'expect:', event))
  expect(() => loadScenarios(path)).toThrow(/story\.yaml:\d+:\d+: the scenario has no person "pupl"/)
})

test.each([
  ['a button that is not there', { press: 'bakc' }, /"bakc" is nothing that the page region .* offers/],
  ['coming back without having left', 'comes back', /the person is there already/],
])('an event of the person that does nothing fails: %s', async (_, value, reason) => {
  const { failures } = await play(happy({ events: [at('region', person(value))] }))
  expect(failures).toEqual([expect.stringMatching(reason)])
})

test('a person who leaves for good is the reason that nothing happens any more', async () => {
  const { outcome } = await play(happy({ events: [at('region', person('leaves'))] }))
  expect(outcome).toMatchObject({ kind: 'stuck', reason: 'the person has left the device' })
})

test('a password in an event has a name in the journal', async () => {
  const path = join(temporaryFolder(), 'story.yaml')
  const story = changedScenario(
    HAPPY,
    'signIn: { email: alice@contoso.example, password: correct-horse }',
    'signIn: { email: alice@contoso.example }',
  ).replace(
    'expect:',
    'events:\n  - { when: { state: signIn.enteringPassword }, person: { password: correct-horse } }\nexpect:',
  )
  writeFileSync(path, story)
  const { outcome, failures, journal } = await play(loadScenarios(path)[0]!)
  expect([outcome.kind, failures]).toEqual(['desktop', []])
  expect(JSON.stringify(journal)).not.toContain('correct-horse')
})

const apps = { kind: 'state', machine: 'deviceSetup', state: 'apps' } as const
const asleep = (laterMs: number, forMs?: number): EventRule => ({
  when: apps,
  laterMs,
  does: { kind: 'lid', value: 'closed' },
  times: 1,
  from: 1,
  ...(forMs === undefined ? {} : { forMs }),
})

test('nothing of a device with a closed lid happens until it wakes up', async () => {
  const { outcome, journal } = await play(happy({ events: [asleep(5_000, 1_800_000)], expect: null }))
  expect(outcome.kind).toBe('desktop')
  const lids = journal.filter((entry) => entry.kind === 'stimulus' && entry.stimulus.kind === 'lid')
  const [closed, open] = lids.map(({ at: when }) => when)
  expect(open! - closed!).toBe(1_800_000)
  const between = journal.filter((entry) => entry.at > closed! && entry.at < open!)
  expect(between).toEqual([])
})

test('a lid that stays closed ends as stuck, and says so', async () => {
  const { outcome } = await play(happy({ events: [asleep(5_000)], expect: null }))
  expect(outcome).toMatchObject({ kind: 'stuck', reason: 'the lid is closed, and the device sleeps' })
})

test('a device that does not sleep continues, and the event says why it did nothing', async () => {
  const { device } = happy()
  const { failures } = await play(
    happy({ device: { ...device, behaviour: { lidClosedSleeps: false } }, events: [asleep(5_000)] }),
  )
  expect(failures).toEqual([expect.stringContaining('behaviour.lidClosedSleeps is false')])
})

test('a device that is switched off stays off, and starts anew when it is switched on', async () => {
  const off = (forMs?: number): EventRule => ({ ...asleep(5_000, forMs), does: { kind: 'power', value: 'off' } })
  expect((await play(happy({ events: [off()], expect: null }))).outcome).toEqual({ kind: 'poweredOff' })
  const { outcome, journal } = await play(
    happy({ events: [off(3_600_000)], expect: null }, { welcome: { password: 'correct-horse' } }),
  )
  expect(outcome.kind).toBe('desktop')
  const index = journal.findIndex((entry) => entry.kind === 'power' && entry.event === 'off')
  const on = journal.slice(index).find((entry) => entry.kind === 'power' && entry.event === 'on')!
  expect(on.at - journal[index]!.at).toBe(3_600_000)
})

test('what is done at the keyboard is played again from its journal', async () => {
  const sealed = specOf(happy({ expect: null }), 1)
  const { run, release } = await prepareSealed(sealed, {
    transport: 'direct',
    pace: new AdjustablePace(Number.POSITIVE_INFINITY),
    isLive: true,
  })
  let step = 0
  run.journal.onEntry((entry) => {
    if (entry.kind !== 'screen' || !('screen' in entry) || !entry.isWaiting) return
    const { page } = entry.screen
    if (step === 0) run.apply({ kind: 'person', who: 'terminal' }, 'terminal')
    if (step === 0) run.apply({ kind: 'keyChord', keys: 'Ctrl+Shift+D' }, 'terminal')
    if (step === 1) run.apply({ kind: 'press', page, control: 'close', values: {} }, 'terminal')
    if (step === 2) run.apply({ kind: 'lid', position: 'closed' }, 'terminal')
    if (step === 2) run.apply({ kind: 'lid', position: 'open' }, 'terminal')
    if (step === 2) run.apply({ kind: 'person', who: 'script' }, 'terminal')
    step++
  })
  const first = await run.play()
  release()
  expect(first.outcome.kind).toBe('desktop')
  const again = await playSealed(sealed, { transport: 'direct', again: againOf(first.journal) })
  const told = (journal: typeof first.journal) =>
    journal.filter(({ kind }) => kind !== 'verdict').map((entry) => JSON.stringify(entry))
  expect(told(again.journal)).toEqual(told(first.journal))
})

test('why nothing came of a key is known to the terminal', async () => {
  const { run, release } = await prepareRun(happy(), { seed: 1, transport: 'direct', isLive: true })
  const refusals: (string | undefined)[] = []
  let isFirst = true
  run.onUpdate(() => refusals.push(run.refusal('terminal')))
  run.journal.onEntry((entry) => {
    if (entry.kind !== 'screen' || !('screen' in entry) || !entry.isWaiting || !isFirst) return
    isFirst = false
    run.apply({ kind: 'keyChord', keys: 'Win+Ctrl+Enter' }, 'terminal')
  })
  await run.play()
  release()
  expect(refusals).toContain('Narrator is not part of the simulation')
})
