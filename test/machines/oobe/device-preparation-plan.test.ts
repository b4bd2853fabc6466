import { describe, expect, test } from 'vitest'
import type { BootState } from '../../../src/domain/boot.ts'
import { boot, NONE, type Page, type Script, START } from './oobe-scene.ts'

const CONSUMER: Page[] = ['autopilotProfile', 'criticalUpdates', 'licenseTerms', 'deviceName', 'deviceUsage']
const JOINED: Page[] = ['signIn', 'deviceJoin', 'enrollment', 'preparationPolicy', 'requiredSetup']
const END: Page[] = ['privacy', 'welcome', 'windowsRestore', 'hello', 'firstLogon']

/** A device that is not registered, whose person gets a policy. */
const prepare = (script: Script = {}, disk: Partial<BootState> = {}, moreUsers = 0) =>
  boot({ autopilotProfile: [NONE], preparationPolicy: [{ kind: 'delivered' }], ...script }, disk, moreUsers)

const desktop = (account: 'standard' | 'administrator', note?: string) => ({
  kind: 'ended',
  outcome: { kind: 'desktop', account, managed: true, autopilot: false, ...(note === undefined ? {} : { note }) },
})

describe('device preparation', () => {
  test('comes out of the consumer way, and has neither status page nor quality updates', async () => {
    const { way, output, disk } = await prepare()
    expect(way).toEqual([...START, ...CONSUMER, ...JOINED, ...END])
    expect(output).toEqual(desktop('standard'))
    expect(disk).toMatchObject({ preparation: 'done', isStandardByPreparation: true, deviceStatusDone: false })
  })

  test('leaves the person who joined an administrator, where the policy says so', async () => {
    const { output } = await prepare({ requiredSetup: [{ kind: 'finished', isStandard: false }] })
    expect(output).toEqual(desktop('administrator'))
  })

  test('that failed and was skipped is told at the end, and no profile is missed', async () => {
    const { output } = await prepare({ requiredSetup: [{ kind: 'continuedAnyway', isStandard: true }] })
    expect(output).toEqual(desktop('standard', 'continued past a failed device preparation'))
  })

  test('ends the power-on where a workload needs a restart', async () => {
    const { output, saved } = await prepare({ requiredSetup: [{ kind: 'restart', isStandard: true }] })
    expect(output).toEqual({ kind: 'restart', reason: 'device preparation needs a restart' })
    expect(saved).toMatchObject({ preparation: 'done', isStandardByPreparation: true })
  })

  test.each<[BootState['preparation'], object]>([
    [undefined, { isKnown: false }],
    ['delivered', { isKnown: true }],
    ['done', { isKnown: true }],
  ])('a start with the fact %s knows it', async (preparation, policy) => {
    const facts = preparation === undefined ? {} : { preparation }
    const { inputs } = await prepare({}, { isJoined: true, isEnrolled: true, ...facts })
    expect(inputs.preparationPolicy?.[0]).toMatchObject(policy)
    expect(inputs.requiredSetup?.[0]).toEqual({ isDone: preparation === 'done', isStandard: false })
  })

  test('has no status page for the next person either', async () => {
    const { way, output } = await prepare({}, {}, 1)
    expect(way.slice(-4)).toEqual(['firstLogon', 'nextSignIn', 'hello', 'firstLogon'])
    expect(output).toEqual(desktop('standard'))
  })
})
