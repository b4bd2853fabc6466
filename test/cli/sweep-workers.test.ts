import { expect, test } from 'vitest'
import { oobe } from './program.ts'

const PART = ['sweep', '--family', 'tenant', '--json']

test('a sweep says the same with one worker and with two', async () => {
  const one = await oobe([...PART, '--workers', '1'])
  const two = await oobe([...PART, '--workers', '2'])
  expect(one.code, one.stderr).toBe(0)
  expect(JSON.parse(one.stdout)[0].rows.length).toBeGreaterThan(5)
  expect(two).toEqual(one)
})

test.each(['0', 'two', '257'])('%s is no number of workers', async (count) => {
  const { code, stderr } = await oobe([...PART, '--workers', count])
  expect(code).toBe(2)
  expect(stderr).toContain(`--workers: "${count}" is no number of processes`)
})
