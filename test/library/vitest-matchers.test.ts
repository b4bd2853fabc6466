import { readFileSync } from 'node:fs'
import { beforeAll, describe, expect, test } from 'vitest'
import { journalText } from '../../src/journal/writer.ts'
import { cellsOf } from '../../src/library/cells.ts'
import { type FirstBoot, firstBoot, loadDevice, mockTenant } from '../../src/library/first-boot.ts'
import { judgeReplay } from '../../src/library/replayable.ts'
import { extended } from '../../src/library/run.ts'
import type { Run } from '../../src/library/types.ts'
import '../../src/library/vitest.ts'
import { messageOf } from './message-of.ts'

const PERSON = {
  region: 'United States',
  keyboard: 'US',
  secondKeyboard: 'skip',
  network: { wifi: 'Contoso-Students', key: 'learn-anywhere' },
  signIn: { email: 'alice@contoso.example', password: 'correct-horse' },
  welcome: { password: 'correct-horse' },
}

const boot = async (options: Partial<FirstBoot> = {}): Promise<Run> =>
  firstBoot({
    device: await loadDevice('surface-laptop-se'),
    tenant: mockTenant('contoso-school'),
    person: PERSON,
    transport: 'direct',
    ...options,
  })

let arrived: Run
let stranded: Run
let failed: Run
beforeAll(async () => {
  arrived = await boot()
  const { secondKeyboard: _, ...shy } = PERSON
  stranded = await boot({ person: shy })
  failed = await boot({
    device: await loadDevice('asus-br1100fka', { tpm: null }),
    person: { ...PERSON, network: 'Next' },
    network: { ethernet: true },
  })
})

describe('toReach', () => {
  test('passes for an outcome and for a page that was shown', () => {
    expect(arrived).toReach('desktop')
    expect(arrived).toReach('network')
    expect(arrived).toReach('desktop', { within: '45m' })
    expect(stranded).toReach('unanswered')
    expect(stranded).toReach('secondKeyboard')
    expect(stranded).not.toReach('network')
    expect(stranded).not.toReach('desktop', { within: '24h' })
  })

  test('counts from power-on, to the tenth of a second', () => {
    const at = arrived.journal.find(
      (entry) => entry.kind === 'screen' && 'screen' in entry && entry.screen.page === 'region',
    )!.at
    expect(at).toBe(4_000)
    expect(arrived).toReach('region', { within: '4s' })
    expect(arrived).not.toReach('region', { within: '3999ms' })
  })

  test('says where the run stuck, the path that it took, and which buttons were offered', () => {
    const message = messageOf(() => expect(stranded).toReach('desktop', { within: '45m' }))
    const [first, blank, end, why, pages, ...rest] = message.split('\n')
    expect(first).toMatch(/^expected the run to reach desktop within 45:00; it never did; nearest: "/)
    expect(blank).toBe('')
    expect(end).toMatch(/^it ended: unanswered: there is no answer for the page secondKeyboard .*, after 10\.0s$/)
    expect(why).toMatch(/^why: there is no answer for the page secondKeyboard .*; it offers .*, at 10\.0s$/)
    expect(pages).toBe('pages: powerOn → region → keyboard → secondKeyboard')
    expect(rest[0]).toBe('last transitions:')
    expect(rest).toContainEqual(expect.stringMatching(/^ +8\.0s {2}oobe: keyboard → secondKeyboard {2}\(.+\)$/))
    const screen = rest.indexOf('on the screen:')
    expect(rest[screen + 1]).toBe(
      '  [secondKeyboard] Want to add a second keyboard layout?; it offered: Back, Add layout, Skip',
    )
    expect(rest.slice(screen + 2)).toEqual([
      expect.stringMatching(/^journal: .+journal\.ndjson$/),
      expect.stringMatching(/^why: {5}oobe diagnose .+$/),
      expect.stringMatching(/^again: {3}oobe replay .+$/),
    ])
    const journal = rest[screen + 2]!.replace('journal: ', '')
    expect(readFileSync(journal, 'utf8')).toBe(journalText(stranded.journal))
    expect(rest.filter((line) => line.includes('→')).length).toBeLessThanOrEqual(10)
  })

  test('says when it came too late, and when it came though it should not', () => {
    expect(messageOf(() => expect(arrived).toReach('desktop', { within: '10m' }))).toMatch(
      /^expected the run to reach desktop within 10:00; it did after \d\d:\d\d\n\nit ended: desktop \(standard user, managed, Autopilot\), after \d\d:\d\d\n/,
    )
    expect(messageOf(() => expect(arrived).not.toReach('desktop'))).toMatch(
      /^did not expect the run to reach desktop; it did after \d\d:\d\d\n/,
    )
  })

  test('refuses a limit that is no duration', () => {
    expect(messageOf(() => expect(arrived).toReach('desktop', { within: 'soon' }))).toMatch(
      /^toReach: reach\.0\.within: must be a duration, such as 45m or 90s/,
    )
  })
})

describe('toFollow', () => {
  test('passes for pages in this order, gaps allowed, again and again', () => {
    expect(arrived).toFollow(['region', 'keyboard', 'network', 'signIn', 'enrollmentStatus', 'welcome'])
    expect(arrived).toFollow(['enrollmentStatus', 'welcome', 'enrollmentStatus', 'desktop'])
    expect(arrived).not.toFollow(['keyboard', 'region'])
    expect(arrived).not.toFollow(['region', 'region'])
  })

  test('names the page that did not come in its place', () => {
    const message = messageOf(() => expect(arrived).toFollow(['region', 'signIn', 'network', 'desktop']))
    expect(message).toMatch(
      /^expected the order region → signIn → network → desktop; network is missing in powerOn → region → /,
    )
    expect(message).toContain('\npages: powerOn → region → keyboard → secondKeyboard → network → ')
    expect(messageOf(() => expect(stranded).toFollow(['region', 'network']))).toMatch(
      /^expected the order region → network; network is missing in .*it offered: Back, Add layout, Skip\n/s,
    )
    expect(messageOf(() => expect(arrived).not.toFollow(['region', 'desktop']))).toMatch(
      /^did not expect the order region → desktop\n/,
    )
  })

  test('refuses a page that there is not, also where it is expected to fail', () => {
    const typo = ['region', 'keybord'] as never
    expect(messageOf(() => expect(arrived).toFollow(typo))).toContain('Did you mean "keyboard"?')
    expect(messageOf(() => expect(arrived).not.toFollow(typo))).toContain('Did you mean "keyboard"?')
  })
})

describe('toNever', () => {
  test('passes for a page that was not shown', () => {
    expect(arrived).toNever('enrollmentStatusFailure')
    expect(stranded).toNever('network')
    expect(arrived).not.toNever('welcome')
  })

  test('says when the page came, and the path to it', () => {
    const message = messageOf(() => expect(arrived).toNever('secondKeyboard'))
    expect(message).toMatch(/^expected never to see the page secondKeyboard; it came after 8\.0s\n\nit ended: desktop /)
    expect(message).toContain('\npages: powerOn → region → keyboard → secondKeyboard → ')
    expect(messageOf(() => expect(arrived).not.toNever('enrollmentStatusFailure'))).toMatch(
      /^did not expect never to see the page enrollmentStatusFailure; nearest: /,
    )
  })

  test('refuses a page that there is not: it would pass for ever', () => {
    expect(messageOf(() => expect(arrived).toNever('enrolmentFailure' as never))).toMatch(
      /^toNever: never\.0: .*received "enrolmentFailure"/,
    )
  })
})

describe('toEnd', () => {
  test('passes for how a run ended, with the code in either case', () => {
    expect(arrived).toEnd('desktop')
    expect(stranded).toEnd('unanswered')
    expect(failed).toEnd('failed')
    expect(failed).toEnd('failed', { code: '0x800705b4' })
    expect(failed).toEnd('failed', { code: '0x800705B4' })
    expect(failed).not.toEnd('desktop')
    expect(failed).not.toEnd('failed', { code: '0x80180014' })
    expect(arrived).not.toEnd('desktop', { code: '0x800705b4' })
  })

  test('says how it ended instead, with which code, and what the page offered', () => {
    const message = messageOf(() => expect(failed).toEnd('signInScreen'))
    expect(message).toMatch(
      /^expected the outcome signInScreen, got failed on page tpmAttestation with 0x800705b4: .*\n\nit ended: failed on page /,
    )
    expect(message).toMatch(/\non the screen:\n {2}\[tpmAttestation\] .+\njournal: /)
    expect(messageOf(() => expect(failed).toEnd('failed', { code: '0x1' }))).toMatch(
      /^expected the code 0x1, got 0x800705b4\n/,
    )
    expect(messageOf(() => expect(failed).not.toEnd('failed'))).toMatch(
      /^did not expect the outcome failed, got failed /,
    )
  })
})

describe('firstBoot', () => {
  test('gives the same journal for the same seed, and through MSW', async () => {
    const again = await boot({ transport: 'msw' })
    expect(again.journal).toEqual(arrived.journal)
    expect((await boot({ seed: 2 })).journal).not.toEqual(arrived.journal)
  })

  test('takes the Wi-Fi that the person connects to for the surroundings, or else a cable', async () => {
    expect(arrived.journal).toContainEqual(
      expect.objectContaining({ kind: 'stimulus', stimulus: expect.objectContaining({ page: 'network' }) }),
    )
    const { network: _, ...wired } = PERSON
    const run = await boot({ person: wired })
    expect(run).toReach('desktop')
    expect(run).toNever('network')
  })

  test('leaves the judgement to the test', () => {
    expect(arrived.journal.filter(({ kind }) => kind === 'verdict')).toEqual([])
    expect(stranded.summary).toContain('there is no answer for the page secondKeyboard')
  })

  test('rejects with what was wrong for an unknown page, device, tenant and fact', async () => {
    const refusal = { name: 'UserError', code: expect.stringMatching(/^ERR_/) }
    await expect(boot({ person: { regoin: 'x' } as never })).rejects.toMatchObject({
      ...refusal,
      message: expect.stringContaining('regoin'),
    })
    await expect(loadDevice('surface-laptop-sx')).rejects.toMatchObject({
      ...refusal,
      details: ['Did you mean "surface-laptop-se"?'],
    })
    await expect(loadDevice('surface-laptop-se', { title: 5 })).rejects.toMatchObject(refusal)
    expect(() => mockTenant('contoso')).toThrow(expect.objectContaining({ name: 'UserError', code: 'ERR_NOT_FOUND' }))
    expect(() => mockTenant('contoso-school', { domain: 5 })).toThrow(expect.objectContaining(refusal))
  })
})

describe('what a matcher gets', () => {
  test('a forgotten await is one clear message', () => {
    const forgotten = boot()
    expect(messageOf(() => void expect(forgotten).toReach('desktop'))).toBe(
      'toReach got a promise: write "await" before firstBoot(…) or runScenario(…)',
    )
    return forgotten
  })

  test('what is no run is refused, also with not', () => {
    expect(messageOf(() => expect('run').not.toReach('desktop'))).toBe(
      'toReach got no run: it takes what firstBoot(…) or runScenario(…) resolve to',
    )
  })

  test('a run that is still awaited by resolves is one', async () => {
    await expect(boot()).resolves.toReach('desktop')
  })

  test('a name that there is not is refused, also with not', () => {
    const wrong = () => expect(arrived).not.toReach('network.conecting' as never)
    expect(messageOf(wrong)).toBe('there is no page or state "network.conecting"')
  })
})

describe('toMeet, toBeReplayable, toMatchScreen', () => {
  test('toMeet takes all of expect', () => {
    expect(arrived).toMeet({ outcome: 'desktop', anyOf: [{ boots: 9 }, { boots: 3 }], not: { cause: 'x' } })
    expect(messageOf(() => expect(arrived).toMeet({ boots: 9, deviceName: 'X' }))).toMatch(
      /^expected 9 starts, got 3\nexpected the device name X, got /,
    )
  })

  test('a replay is the same run; of a copy nothing is known', async () => {
    await expect(arrived).toBeReplayable()
    await expect(stranded).toBeReplayable()
    await expect(expect({ ...arrived }).toBeReplayable()).rejects.toThrow(/a copy of a run/)
    const changed = {
      ...arrived,
      journal: arrived.journal.map((entry) => (entry.seq === 40 ? { ...entry, at: 1 } : entry)),
    }
    await expect(
      judgeReplay(Object.assign(extended(arrived, {}), { journal: changed.journal }), undefined),
    ).resolves.toMatchObject({ pass: false })
  })

  test('a screen is its cells and their styles, in any terminal', () => {
    const cells = cellsOf(arrived, 'network', {})
    const [head, ...rows] = cells.split('\n')
    expect(head).toBe('network 80×24')
    expect(cells).toContain('Contoso-Students')
    expect(rows.indexOf('styles')).toBe(24)
    expect(cells).toMatch(/^ ?\d+: \d+-\d+ bold$/m)
    expect(cells).toMatch(/^ ?\d+: \d+-\d+ bold onAccent on accentFill$/m)
    expect(cells).not.toContain('\u001b')
    expect(() => cellsOf(arrived, 'privacy', {})).toThrow('the page privacy was never shown')
  })
})
