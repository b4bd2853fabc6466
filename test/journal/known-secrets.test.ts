import { expect, it } from 'vitest'
import { MASK } from '../../src/domain/secret.ts'
import { KnownSecrets } from '../../src/journal/known-secrets.ts'
import { seededChance } from '../../src/ports/seeded-chance.ts'

/** The same, found the slow way: the longest that begins first, and none of what it covers. */
function maskedSlowly(text: string, secrets: readonly string[]): string {
  let out = ''
  for (let at = 0; at < text.length; ) {
    const longest = secrets.filter((one) => text.startsWith(one, at)).sort((a, b) => b.length - a.length)[0]
    out += longest === undefined ? text[at] : MASK
    at += longest?.length ?? 1
  }
  return out
}

it('finds each secret wherever it is, be it shared, its own, or a part of another one', () => {
  const chance = seededChance(3, 'payload')
  // Few letters, so that the secrets overlap; none has a letter that another form of it would write in another way.
  const word = (length: number) => Array.from({ length }, () => 'abcx'[chance.integer(4)]).join('')
  let masked = 0
  for (let round = 0; round < 1_500; round++) {
    const all = Array.from({ length: 1 + chance.integer(5) }, () => word(8 + chance.integer(6)))
    all.push(`${all[0]}${word(2)}`)
    const known = new KnownSecrets()
    const split = chance.integer(all.length + 1)
    known.share(all.slice(0, split))
    for (const secret of all.slice(split)) known.add(secret)
    const pieces = Array.from({ length: chance.integer(12) }, () =>
      chance.integer(2) === 0 ? word(chance.integer(9)) : all[chance.integer(all.length)]!,
    )
    const text = pieces.join('')
    const expected = maskedSlowly(text, all)
    expect(known.mask(text), `${text} without ${all}`).toBe(expected)
    if (expected !== text) masked++
  }
  expect(masked).toBeGreaterThan(1_000)
})

it('finds a secret at both ends of a text, and alone', () => {
  const known = new KnownSecrets()
  known.add('correct horse')
  expect(known.mask('correct horse')).toBe(MASK)
  expect(known.mask('correct horse, battery, correct horse')).toBe(`${MASK}, battery, ${MASK}`)
  expect(known.mask('orrect horse, correct hors')).toBe('orrect horse, correct hors')
})
