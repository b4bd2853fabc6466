import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import { ARTEFACTS } from './artefacts.ts'
import { CONNECTIONS } from './connections.ts'
import { INPUTS } from './inputs.ts'
import { MESSAGES } from './messages.ts'
import type { Check } from './scene.ts'
import { SCREENS } from './screens.ts'

const ROOT = resolve(import.meta.dirname, '../..')
const GROUPS = [MESSAGES, CONNECTIONS, SCREENS, ARTEFACTS]

const checksOf = (number: number): readonly Check[] => GROUPS.flatMap((group) => group[number] ?? [])

test('there are forty, each with its place', () => {
  expect(INPUTS.map(({ number }) => number)).toEqual(Array.from({ length: 40 }, (_, index) => index + 1))
  const numbers = GROUPS.flatMap((group) => Object.keys(group).map(Number))
  expect(numbers.filter((number) => !INPUTS.some((one) => one.number === number))).toEqual([])
})

test.each(INPUTS)(
  '$number: $input, is checked, proven, or cannot come in yet',
  ({ number, provenBy = [], notApplicable }) => {
    const proofs = checksOf(number).length + provenBy.length
    if (proofs === 0) expect(notApplicable).toMatch(/^(there is no|no) /)
    for (const [path, title] of provenBy) {
      const text = readFileSync(join(ROOT, path), 'utf8')
      expect(
        [`'${title}'`, `"${title}"`, `\`${title}\``].some((quoted) => text.includes(quoted)),
        title,
      ).toBe(true)
      // A test that is skipped proves nothing.
      expect(text).not.toMatch(/\b(test|describe)\.(skip|todo|only)\b\(/)
    }
  },
)

for (const { number, input, fed, outcome } of INPUTS) {
  const checks = checksOf(number)
  if (checks.length > 0) {
    describe(`${number}: ${input}, ${fed}: ${outcome}`, { timeout: 30_000 }, () => {
      test.each(checks.map(([what, check]) => ({ what, check })))('$what', ({ check }) => check())
    })
  }
}
