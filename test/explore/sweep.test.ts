import { describe, expect, test } from 'vitest'
import { FAULTS } from '../../src/domain/faults/faults.ts'
import { hasBug, isHeld, matrixOf, summaryLines } from '../../src/explore/matrix.ts'
import { planSweep, playJob, type SweepResult } from '../../src/explore/sweep.ts'
import { call, file } from '../cli/call.ts'

const SMALL = `title: A student with a cable
device: asus-br1100fka
tenant: { use: contoso-school, with: { devices: [{ device: asus-br1100fka, groupTag: Classroom }] } }
network: { ethernet: true }
person:
  region: United States
  keyboard: US
  secondKeyboard: skip
  signIn: { email: alice@contoso.example, password: correct-horse }
expect: { outcome: desktop }
`

describe('a plan of a sweep', () => {
  test('has a run for each fault at each step where it can bite, and says which cannot', async () => {
    const [plan] = await planSweep('surface-wifi-happy-path', { seed: 1 })
    const { jobs, absent } = plan!
    expect(jobs.length).toBeGreaterThan(400)
    const present = new Set(jobs.map(({ fault }) => fault))
    expect(present.size + absent.length).toBe(FAULTS.length)
    expect(absent.map(({ name }) => name)).toContain('cable-pulled-for-two-minutes')
    // A worker gets it as text.
    expect(JSON.parse(JSON.stringify(jobs))).toEqual(jobs)
  })

  test('cuts the power at each moment where that is asked for', async () => {
    const faults = FAULTS.filter(({ name }) => name === 'power-cut')
    const [few] = await planSweep('self-deploying-ethernet', { seed: 1, faults })
    const [many] = await planSweep('self-deploying-ethernet', { seed: 1, faults, moments: true })
    expect(many!.jobs.length).toBeGreaterThan(few!.jobs.length + 50)
  })

  test('is the same each time, and so is what comes of it', async () => {
    const faults = FAULTS.filter(({ name }) => name.startsWith('join-'))
    const [plan] = await planSweep('surface-wifi-happy-path', { seed: 3, faults })
    const results: SweepResult[] = []
    for (const job of plan!.jobs) results.push(await playJob(job))
    // In another order.
    const again: SweepResult[] = []
    for (const job of [...plan!.jobs].reverse()) again.unshift(await playJob(job))
    expect(again).toEqual(results)
    expect(isHeld(matrixOf(plan!, results))).toBe(true)
  })
})

describe('the matrix', () => {
  test('tells what did not hold from a bug of ours', async () => {
    const faults = FAULTS.filter(({ name }) => name === 'joining-not-allowed')
    const [plan] = await planSweep('surface-wifi-happy-path', { seed: 1, faults })
    const [job] = plan!.jobs
    const wrong = matrixOf(plan!, [{ job: job!, failures: ['expected another end'] }])
    expect([isHeld(wrong), hasBug(wrong)]).toEqual([false, false])
    expect(summaryLines(wrong)[0]).toBe('✗ joining-not-allowed, from the beginning: expected another end')
    const bug = matrixOf(plan!, [{ job: job!, failures: ['x'], bug: 'Error: x' }])
    expect([isHeld(bug), hasBug(bug)]).toEqual([false, true])
  })
})

describe('oobe sweep', () => {
  test('plays one fault and says that it held', async () => {
    const { code, stdout, stderr } = await call('sweep', '--fault', 'joining-not-allowed')
    expect([code, stderr]).toEqual([0, ''])
    expect(stdout).toMatch(/✓ {2}joining-not-allowed +tenant +1\/1 +deviceJoin +0x801c0003 +as without the fault/)
    expect(stdout).toContain('1 fault, 1 run, 1 held, 0 did not; 0 faults cannot happen here')
  })

  test('fails where a row does not hold: here a start too many', async () => {
    const path = file('one-start.yaml', `${SMALL}limits: { starts: 2 }\n`)
    const { code, stdout } = await call('sweep', path, '--fault', 'power-cut')
    expect(code).toBe(1)
    expect(stdout).toMatch(/✗ power-cut, .*: expected the end of before, got stuck .* a restart loop/)
  })

  test('prints the matrix for programs', async () => {
    const { code, stdout } = await call('sweep', '--grep', 'sign-in-account-locked', '--json')
    expect(code).toBe(0)
    expect(JSON.parse(stdout)).toMatchObject([
      {
        scenario: 'surface-wifi-happy-path',
        rows: [{ fault: 'sign-in-account-locked', steps: 1, held: 1, notHeld: [] }],
      },
    ])
  })

  test.each([
    [['--fault', 'jioning-not-allowed'], 'there is no fault "jioning-not-allowed"'],
    [['--family', 'netwrok'], 'Did you mean "network"?'],
    [['--grep', 'no such words'], 'no fault fits what is asked for'],
    [['a', 'b'], 'oobe sweep takes one scenario'],
    [['no-such-scenario'], 'there is no scenario "no-such-scenario"'],
  ])('refuses %j', async (args, message) => {
    const { code, stderr } = await call('sweep', ...args)
    expect(code).toBe(2)
    expect(stderr).toContain(message)
  })

  test('a scenario in which a fault cannot happen is no pass', async () => {
    expect((await call('sweep', '--fault', 'tpm-missing')).code).toBe(1)
  })
})

describe('oobe faults', () => {
  test('lists all of them, and one in full', async () => {
    const all = await call('faults')
    expect(all.stdout).toContain(`${FAULTS.length} faults`)
    const { stdout } = await call('faults', 'user-without-licence')
    expect(stdout).toContain('The person has no licence of Intune.')
    expect(stdout).toContain('the page enrollment, the code 0x80180018')
    expect(stdout).toContain('documented')
  })

  test('lists one family, and the same for programs', async () => {
    const { stdout } = await call('faults', '--family', 'time', '--json')
    const faults = JSON.parse(stdout) as { family: string; certainty: string }[]
    expect(faults.length).toBeGreaterThan(2)
    expect(faults.every(({ family, certainty }) => family === 'time' && certainty !== undefined)).toBe(true)
  })

  test('refuses a name that it does not have, with near ones', async () => {
    const { code, stderr } = await call('faults', 'power-cutt')
    expect(code).toBe(2)
    expect(stderr).toContain('Near it are: power-cut')
  })
})
