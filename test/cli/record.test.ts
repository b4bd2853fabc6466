import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { vaultText } from '../../src/cli/vault-file.ts'
import type { Screen } from '../../src/domain/screen.ts'
import { journalText } from '../../src/journal/writer.ts'
import { AdjustablePace } from '../../src/ports/pace.ts'
import { WAIT } from '../../src/run/person.ts'
import { digestOf } from '../../src/run/seal.ts'
import { namesOf } from '../../src/scenario/library.ts'
import { recordRun } from '../../src/scenario/record/record-run.ts'
import { judged, playSealed, prepareSealed } from '../../src/scenario/run-scenario.ts'
import { loadScenarios } from '../../src/scenario/scenario.ts'
import { ScriptedPerson } from '../../src/scenario/scripted-person.ts'
import { specOf } from '../../src/scenario/spec-of.ts'
import { entriesOf, sealedScenario } from '../run/recorded.ts'
import { call, file, folder } from './call.ts'
import { oobe } from './program.ts'

/** Shipped scenarios that no recording can say, each with what it is refused with. */
const LEFT: Readonly<Record<string, string>> = {
  'board-of-another-laptop-receiver': 'it began with what other devices had left in the school',
}

const shipped = namesOf('scenario').flatMap(loadScenarios)

test.each(shipped.map((scenario) => [scenario.id, scenario] as const))(
  'the run of %s becomes a scenario that passes',
  { timeout: 60_000 },
  async (id, scenario) => {
    const sealed = specOf(scenario, scenario.seed ?? 1)
    const { journal } = await playSealed(sealed, { transport: 'direct' })
    const recording = recordRun(sealed, journal, 'recorded.yaml', [])
    if (LEFT[id] !== undefined) return expect(recording).rejects.toThrow(LEFT[id])
    expect((await recording).failures).toEqual([])
  },
)

/** A first boot by hand: a wrong password first, the Wi-Fi off while apps install, diagnostics by keys. */
async function byHand(): Promise<{ text: string; vault: Record<string, string> }> {
  const sealed = sealedScenario('surface-wifi-happy-path')
  const vault = { ...sealed.vault }
  const person = new ScriptedPerson({
    language: 'English (United States)',
    region: 'Canada',
    keyboard: 'US',
    secondKeyboard: 'skip',
    network: { wifi: 'Contoso-Students', key: 'learn-anywhere' },
    signIn: [{ email: 'ben@contoso.example', password: 'a wrong word' }, { password: 'blue-umbrella' }],
    welcome: { password: 'blue-umbrella' },
  })
  let isWaiting = false
  const pace = new AdjustablePace(5_000, () => isWaiting)
  const prepared = await prepareSealed(sealed, {
    transport: 'direct',
    pace,
    isLive: true,
    onSecret: (name, value) => {
      vault[name] = value
    },
  })
  const { run, release } = prepared
  let hasSwitched = false
  const act = (screen: Screen) => {
    const action = person.answer(screen)
    if (action && action !== WAIT && 'control' in action) run.apply({ kind: 'press', ...action }, 'terminal')
  }
  run.journal.onEntry((entry) => {
    if (entry.kind === 'screen' && 'screen' in entry) {
      isWaiting = entry.isWaiting === true
      if (isWaiting) setTimeout(() => act(entry.screen), 0)
    }
    if (entry.kind === 'power' || entry.kind === 'outcome') isWaiting = false
    pace.changed()
    if (hasSwitched || entry.kind !== 'transition' || !entry.to?.includes('apps')) return
    hasSwitched = true
    setTimeout(() => run.apply({ kind: 'radio', position: 'off' }, 'terminal'), 0)
    setTimeout(() => run.apply({ kind: 'radio', position: 'on' }, 'terminal'), 10)
  })
  run.apply({ kind: 'person', who: 'terminal' }, 'terminal')
  try {
    judged(prepared, sealed.spec, await run.play())
    return { text: journalText(run.journal.entries), vault }
  } finally {
    release()
  }
}

function keep(name: string, { text, vault }: { text: string; vault: Record<string, string> }): void {
  mkdirSync(join(folder, 'oobe-results', name), { recursive: true })
  writeFileSync(join(folder, 'oobe-results', name, 'journal.ndjson'), text)
  writeFileSync(join(folder, 'oobe-results', name, 'vault.json'), vaultText(digestOf(text.split('\n')[0]!), vault))
}

const QUICK = 'wifi-wrong-key'

async function kept(name: string): Promise<string> {
  const sealed = sealedScenario(name)
  const { journal } = await playSealed(sealed, { transport: 'direct' })
  keep(name, { text: journalText(journal), vault: sealed.vault })
  return journalText(journal)
}

describe('oobe record', { timeout: 60_000 }, () => {
  test('writes a scenario that passes as a file of the project, its settings included', async () => {
    file('scenarios/scenario.schema.json', '{}')
    await kept('esp-timeout-continue-anyway')
    expect(await call('record', 'esp-timeout-continue-anyway')).toEqual({
      code: 0,
      stdout: 'scenarios/esp-timeout-continue-anyway-recorded.yaml written: it passes\n',
      stderr: 'note: it holds the passwords and keys of the run\n',
    })
    const text = readFileSync(join(folder, 'scenarios/esp-timeout-continue-anyway-recorded.yaml'), 'utf8')
    expect(text).toMatch(/^# yaml-language-server: \$schema=\.\/scenario\.schema\.json\n# Recorded from the run /)
    expect(text).toMatch(/^ {2}outcome: desktop\n[\s\S]*^ {2}pages: {0,1}\n?[\s\S]*enrollmentStatusFailure/m)
    const played = await oobe(['run'], folder)
    expect(played).toMatchObject({ code: 0, stdout: expect.stringContaining('1 passed, 0 failed') })
  })

  test('makes a scenario of a first boot by hand: what was typed, what was pressed, what was switched', async () => {
    const hand = await byHand()
    expect(entriesOf(hand.text).at(-2)).toMatchObject({ kind: 'outcome', outcome: { kind: 'desktop' } })
    keep('by-hand', hand)
    expect(await call('record', 'by-hand', '--out', join(folder, 'ben.yaml'))).toMatchObject({
      code: 0,
      stderr: expect.stringMatching(/^note/),
    })
    const text = readFileSync(join(folder, 'ben.yaml'), 'utf8')
    expect(text).toContain('a wrong word')
    expect(text).toContain('blue-umbrella')
    expect(text).toMatch(/wifi: "?off/)
    expect(text).toMatch(/when: \{ page: enrollmentStatus/)
    expect(await oobe(['run', 'ben.yaml'], folder)).toMatchObject({ code: 0 })
  })

  test('tells what a hand did to server, school, network and requests as events', async () => {
    await kept('wrong-password')
    const forked = await call(
      ...['replay', 'wrong-password', '--until', '5:00', '--out', join(folder, 'fork')],
      ...['--then', 'administrator: { setPassword: { user: ben@contoso.example, password: new-words-1 } }'],
      ...['--then', '{ hang: true, request: "GET *" }'],
      ...['--then', 'server: { command: Get, uri: ./DevDetail/SwV, session: push }'],
      ...['--then', 'slow: { latency: 400ms }'],
    )
    expect(forked).toMatchObject({ code: 0, stderr: '' })
    const { code, stdout, stderr } = await call('record', 'fork/wrong-password-replay', '--out', '-')
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    expect(stdout).toContain('administrator: { setPassword: { user: ben@contoso.example, password: new-words-1 } }')
    expect(stdout).toMatch(/when: \{ request: GET \* \}, hang: true, from: \d+/)
    expect(stdout).toContain('server: { command: Get, uri: ./DevDetail/SwV, session: push }')
    expect(stdout).toContain('slow: { latency: 400ms }')
  })

  test('prints it with --out -, and replaces a file only with --force', async () => {
    await kept(QUICK)
    const { stdout, ...ended } = await call('record', QUICK, '--out', '-')
    expect(ended).toEqual({ code: 0, stderr: '' })
    expect(stdout).toMatch(/^# Recorded from the run wifi-wrong-key\.\ntitle: /)
    const out = file('mine.yaml', 'mine')
    expect(await call('record', QUICK, '--out', out)).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('ERR_FILE_EXISTS'),
    })
    expect(readFileSync(out, 'utf8')).toBe('mine')
    expect(await call('record', QUICK, '--out', out, '--force')).toMatchObject({ code: 0 })
    expect(readFileSync(out, 'utf8')).toBe(stdout)
  })

  test.each<[string, (text: string) => string, RegExp]>([
    [
      'a journal that ends in the middle',
      (text) => text.slice(0, text.length / 2),
      /its journal ends before the run did/,
    ],
    [
      'a run that was stopped',
      (text) => text.replace(/"outcome":\{"kind":"\w+"[^}]*\}/, '"outcome":{"kind":"stopped"}'),
      /it was stopped before its end/,
    ],
    [
      'a run whose end is another one than its record says',
      (text) => text.replace(/"outcome":\{"kind":"desktop"/, '"outcome":{"kind":"signInScreen"'),
      /the scenario of this run does not pass\. Nothing was written\n {2}expected the outcome signInScreen, got desktop/,
    ],
  ])('refuses %s', async (_, spoil, message) => {
    const text = await kept(QUICK)
    writeFileSync(join(folder, 'oobe-results', QUICK, 'journal.ndjson'), spoil(text))
    const ended = await call('record', QUICK)
    expect(ended).toMatchObject({ code: 2, stdout: '' })
    expect(ended.stderr).toMatch(/^error ERR_NOT_RECORDED: /)
    expect(ended.stderr).toMatch(message)
  })

  test.each<[string[], RegExp]>([
    [[], /ERR_BAD_ARGUMENTS: oobe record takes one run/],
    [['nothing'], /ERR_NOT_FOUND: there is no run "nothing"/],
    [[QUICK, '--out', 'ben.txt'], /ERR_BAD_ARGUMENTS: ben\.txt is no name of a scenario/],
  ])('refuses %j', async (args, message) => {
    await kept(QUICK)
    expect((await call('record', ...args)).stderr).toMatch(message)
  })
})
