import { expect, test } from 'vitest'
import { Storage } from '../../src/device/storage.ts'
import { FRESH_BOOT } from '../../src/domain/boot.ts'
import type { LosableFact, TpmCondition } from '../../src/domain/conditions.ts'
import { LOSABLE, TPM_CONDITIONS } from '../../src/domain/conditions.ts'
import type { EventRule } from '../../src/events/event-rules.ts'
import { runScenario } from '../../src/scenario/run-scenario.ts'
import { loadScenarios } from '../../src/scenario/scenario.ts'

const once = { times: 1, from: 1 }

async function withEvents(id: string, events: EventRule[], person = {}) {
  const [scenario] = loadScenarios(id)
  const facts = { ...scenario!, person: { ...scenario!.person, ...person }, events, expect: null }
  return runScenario(facts, { seed: 1, transport: 'direct' })
}

/** After the second lookup of the profile: the hash has the TPM in it. */
const becomes = (value: TpmCondition, forMs?: number): EventRule => ({
  when: { kind: 'left', machine: 'autopilotProfile', state: 'asking' },
  does: { kind: 'tpm', value },
  ...(forMs === undefined ? {} : { forMs }),
  times: 1,
  from: 2,
})

const CODES: Record<Exclude<TpmCondition, 'cleared'>, string> = {
  away: '0x800705b4',
  slow: '0x800705b4',
  lockedOut: '0x800705b4',
  certificateGone: '0x800705b4',
  certificateExpired: '0x81039001',
  certificateWrong: '0x81039001',
  issuerUnknown: '0x80190194',
  firmwareVulnerable: '0x81039024',
}

test.each(Object.entries(CODES) as [TpmCondition, string][])(
  'a TPM that becomes %s ends the attestation with %s, and attests when that is over',
  async (condition, code) => {
    const failed = await withEvents('self-deploying-ethernet', [becomes(condition)])
    expect(failed.outcome).toMatchObject({ kind: 'failed', code })
    expect(failed.failures.filter((text) => text.includes('no effect'))).toEqual([])
    const mended = await withEvents('self-deploying-ethernet', [becomes(condition, 30_000)], {
      tpmAttestation: [{ wait: '1m', press: 'tryAgain' }],
    })
    expect(mended.outcome).toMatchObject({ kind: 'signInScreen' })
  },
)

test('each condition of a TPM has its own test', () => {
  expect(Object.keys(TPM_CONDITIONS).sort()).toEqual([...Object.keys(CODES), 'cleared'].sort())
})

test('a TPM that is cleared before anything is in it has lost nothing, and the run says so', async () => {
  const { failures } = await withEvents('surface-wifi-happy-path', [
    { when: { kind: 'page', page: 'region' }, does: { kind: 'tpm', value: 'cleared' }, ...once },
  ])
  expect(failures).toEqual([expect.stringContaining('events.0 (the TPM is cleared) had no effect')])
})

test('a full disk stops updates, and a reset empties it', async () => {
  const { journal } = await withEvents('surface-wifi-happy-path', [
    { when: { kind: 'page', page: 'qualityUpdates' }, does: { kind: 'disk', value: 'full' }, ...once },
  ])
  const texts = journal.flatMap((entry) => (entry.kind === 'log' ? [entry.text] : []))
  expect(texts).toContain('installation failed: 0x80070070')
  const storage = new Storage()
  storage.change({ full: true }, { ...FRESH_BOOT, deviceName: 'X' })
  storage.wipe()
  expect(storage.isFull).toBe(false)
})

const FULL: Record<LosableFact, unknown> = {
  language: 'en-US',
  region: 'US',
  keyboard: 'us',
  secondKeyboard: 'none',
  wifi: 'School',
  profile: {},
  licenseAccepted: true,
  criticalUpdatesDone: true,
  qualityUpdatesDone: true,
  deviceStatusDone: true,
  privacyAccepted: true,
  accountStatusDone: true,
}

test.each(LOSABLE)('the next start does not find %s, which the disk has lost', (lost) => {
  const disk = { ...FRESH_BOOT, deviceName: 'X', ...FULL } as never
  const storage = new Storage()
  expect(storage.change({ lost }, disk)).toBe(true)
  const found = storage.found(disk) as unknown as Record<string, unknown>
  expect(found[lost] ?? false).toBe(false)
  expect(Object.entries({ ...FULL, [lost]: found[lost] }).every(([name, value]) => found[name] === value)).toBe(true)
  expect(storage.found(disk)).toBe(disk)
})

test('a disk without a fact has nothing to lose', () => {
  const empty = { ...FRESH_BOOT, deviceName: 'X' }
  expect(LOSABLE.filter((lost) => new Storage().change({ lost }, empty))).toEqual([])
})
