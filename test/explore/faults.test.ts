import { describe, expect, test } from 'vitest'
import { certaintyOf } from '../../src/domain/explanations/certainty.ts'
import { FAULT_FAMILIES, type Fault, signatureOf } from '../../src/domain/faults/fault.ts'
import { FAULTS } from '../../src/domain/faults/faults.ts'
import { type Baseline, playBaseline } from '../../src/explore/baseline.ts'
import { baseOf } from '../../src/explore/bases.ts'
import { judgeFault } from '../../src/explore/judge-fault.ts'
import { playFault } from '../../src/explore/play-fault.ts'
import { stepsOf } from '../../src/explore/steps.ts'

const baselines = new Map<string, Promise<Baseline>>()

function baselineOf({ base }: Fault): Promise<Baseline> {
  const known = baselines.get(base) ?? playBaseline(baseOf(base), 1)
  baselines.set(base, known)
  return known
}

describe('the table of faults', () => {
  test('has at least 150, in every family', () => {
    expect(FAULTS.length).toBeGreaterThanOrEqual(150)
    const families = new Set(FAULTS.map(({ family }) => family))
    expect([...families].sort()).toEqual(Object.keys(FAULT_FAMILIES).sort())
  })

  test('has each name once, in words with dashes', () => {
    const names = FAULTS.map(({ name }) => name)
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([])
    expect(names.filter((name) => !/^[a-z0-9]+(-[a-z0-9]+)+$/.test(name))).toEqual([])
  })

  test('has no two that page, code, recovery and end do not tell apart', () => {
    const known = new Map<string, string>()
    const same = FAULTS.flatMap((fault) => {
      const signature = signatureOf(fault)
      const other = known.get(signature)
      known.set(signature, fault.name)
      return other === undefined ? [] : [`${fault.name} and ${other}: ${signature}`]
    })
    expect(same).toEqual([])
  })

  test('says of each in one sentence what it is and what helps, and how sure that is', () => {
    const wrong = FAULTS.filter(
      ({ about, help, source }) => !/^[A-Z].*\.$/.test(about) || !/^[A-Z].*\.$/.test(help) || !certaintyOf(source),
    )
    expect(wrong.map(({ name }) => name)).toEqual([])
  })

  test('has something that each of them does', () => {
    expect(FAULTS.filter(({ does, facts }) => !does && !facts).map(({ name }) => name)).toEqual([])
  })
})

describe('each fault, played at the first step where it can bite', () => {
  test.each(FAULTS.map((fault) => [fault.name, fault] as const))('%s', async (_, fault) => {
    const baseline = await baselineOf(fault)
    const [step] = stepsOf(fault, baseline)
    if (!step) throw new Error('the fault can bite nowhere in its own scenario')
    expect(judgeFault(fault, step, await playFault(baseline.scenario, 1, fault, step), baseline)).toEqual([])
  })
})

describe('the judge of a row', () => {
  const named = (name: string) => FAULTS.find((fault) => fault.name === name)!
  const judged = async (name: string, change: Partial<Fault>) => {
    const fault = { ...named(name), ...change }
    const baseline = await baselineOf(fault)
    const [step] = stepsOf(fault, baseline)
    return judgeFault(fault, step!, await playFault(baseline.scenario, 1, fault, step!), baseline)
  }

  test.each<[string, string, Partial<Fault>, string]>([
    [
      'another page',
      'enrolment-answers-503',
      { page: 'deviceJoin', code: '0x801901f7' },
      'the page deviceJoin never came',
    ],
    ['another code', 'enrolment-answers-503', { code: '0x80180013' }, 'did not show 0x80180013'],
    ['other words', 'captive-portal-on-wifi', { says: 'Good morning' }, 'did not show Good morning'],
    ['a code that is in no log', 'lookup-times-out', { code: '0x80072efe' }, 'the code 0x80072efe is in no log'],
    ['another end', 'enrolment-answers-503', { ends: 'unmanaged' }, 'expected no management'],
    [
      'a recovery that does not help',
      'user-without-licence',
      { recovery: { by: 'person', press: 'tryAgain' } },
      'expected the end of before',
    ],
    [
      'a person who is not needed',
      'lookup-times-out',
      { recovery: { by: 'person', press: 'tryAgain' } },
      'never came to press tryAgain',
    ],
    ['a fault that does nothing', 'power-cut', { does: { cable: 'out' } }, 'the fault was never injected'],
  ])('finds %s', async (_, name, change, found) => {
    expect((await judged(name, change)).join('\n')).toContain(found)
  })

  test('does not take for a sign what is there without the fault', async () => {
    const [failure] = await judged('sign-in-wrong-password-once', { says: 'Enter password' })
    expect(failure).toContain('without the fault, too')
  })
})
