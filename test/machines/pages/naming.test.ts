import { expect, test } from 'vitest'
import { namingMachine } from '../../../machines/pages/naming.ts'
import { everyOutcome, outcomeOf, play, replies, skipped, stateOf } from '../scene.ts'

/** A device whose profile's template expands to these names in turn. */
async function start(input: { template: string; isNamed: boolean }, names: string[] = [], ...waits: number[]) {
  const expand = replies<string, string>(...names)
  const machine = namingMachine.provide({ actors: { expandTemplate: expand.logic } })
  return { ...(await play(machine, input, ...waits)), asked: expand.asked }
}

const input = { template: 'HV-%SERIAL%', isNamed: false }

test.each([
  ['without a template', { template: '', isNamed: false }, 'no name template'],
  ['without a template, on a device that has a name', { template: '', isNamed: true }, 'no name template'],
  ['when the device was named before', { ...input, isNamed: true }, 'the device was named before'],
])('does not apply %s', async (_, over, fact) => {
  const scene = await start(over, ['HV-1234'])
  expect({ outcome: outcomeOf(scene), asked: scene.asked }).toEqual({
    outcome: skipped(fact, 'naming skipped'),
    asked: [],
  })
})

test.each([
  ['School PC 00001', 'may not hold " ": a device name has letters from A to Z, digits and hyphens'],
  ['SIXTEEN-LETTERS1', 'has 16 characters: 15 are possible'],
  ['000123456', 'has digits alone'],
  ['%serial%', 'may not hold "%": a device name has letters from A to Z, digits and hyphens'],
  ['', 'is empty'],
])('a template that makes "%s" does not rename the device', async (name, wrong) => {
  expect(outcomeOf(await start({ template: 'x', isNamed: false }, [name]))).toEqual(
    skipped(`the template "x" makes "${name}", which ${wrong}`, 'naming skipped'),
  )
})

test('nothing is shown before the name is known', async () => {
  const scene = await start(input)
  expect({ state: stateOf(scene), asked: scene.asked }).toEqual({ state: 'expanding', asked: ['HV-%SERIAL%'] })
})

test('one millisecond before the restart the page still shows', async () => {
  expect(stateOf(await start(input, ['HV-1234'], 4_999))).toBe('renaming')
})

test('the restart comes with the new name', async () => {
  expect(outcomeOf(await start(input, ['HV-1234'], 5_000))).toEqual({ kind: 'restart', name: 'HV-1234' })
})

everyOutcome(namingMachine, {
  restart: async () => outcomeOf(await start(input, ['HV-1234'], 5_000)),
  doesNotApply: async () => outcomeOf(await start({ ...input, template: '' })),
})
