import { describe, expect, test } from 'vitest'
import {
  type LocationCondition,
  meetsCondition,
  type NamedLocationDefinition,
  type Whereabouts,
  whereText,
} from '../../src/domain/named-locations.ts'

const PLACES: NamedLocationDefinition[] = [
  { id: 'school', name: 'School', ipRanges: ['203.0.113.0/24', '2001:db8:5c::/48'], trusted: true },
  { id: 'dorm', name: 'Dorm', ipRanges: ['198.51.100.0/25'], trusted: false },
  { id: 'here', name: 'Here', countries: ['US', 'CA'], unknownCountries: false },
  { id: 'anywhere', name: 'Elsewhere', countries: ['MX'], unknownCountries: true },
]

const all: LocationCondition = { include: 'all', exclude: [] }

describe('a policy', () => {
  test.each<[string, Partial<LocationCondition>, Whereabouts, boolean]>([
    ['for all places counts where nothing is known', {}, {}, true],
    ['for a range counts in it', { include: ['school'] }, { address: '203.0.113.7' }, true],
    ['for a range counts in its IPv6 part', { include: ['school'] }, { address: '2001:db8:5c:1::2' }, true],
    ['for a range does not count beside it', { include: ['school'] }, { address: '203.0.114.7' }, false],
    [
      'for a range does not count at the half that is not in it',
      { include: ['dorm'] },
      { address: '198.51.100.200' },
      false,
    ],
    ['for a range does not count where the address is not known', { include: ['school'] }, { country: 'US' }, false],
    [
      'that leaves out what is trusted does not count there',
      { exclude: 'allTrusted' },
      { address: '203.0.113.7' },
      false,
    ],
    [
      'that leaves out what is trusted counts in a range that is not',
      { exclude: 'allTrusted' },
      { address: '198.51.100.7' },
      true,
    ],
    ['for what is trusted counts there', { include: 'allTrusted' }, { address: '203.0.113.7' }, true],
    ['for a country counts there', { include: ['here'] }, { country: 'CA' }, true],
    ['for a country does not count elsewhere', { include: ['here'] }, { country: 'MX' }, false],
    ['for a country does not count where none is known', { include: ['here'] }, {}, false],
    ['for a country with the unknown ones counts there', { include: ['anywhere'] }, {}, true],
    [
      'counts nowhere that it leaves out',
      { include: ['here'], exclude: ['dorm'] },
      { address: '198.51.100.7', country: 'US' },
      false,
    ],
  ])('%s', (_, condition, from, counts) => {
    expect(meetsCondition({ ...all, ...condition }, PLACES, from)).toBe(counts)
  })
})

test.each<[Whereabouts, string]>([
  [{ address: '203.0.113.7', country: 'US' }, '203.0.113.7 in US'],
  [{ country: 'US' }, 'an address that is not known in US'],
  [{ address: '203.0.113.7' }, '203.0.113.7'],
])('%j is said as %s', (from, text) => {
  expect(whereText(from)).toBe(text)
})
