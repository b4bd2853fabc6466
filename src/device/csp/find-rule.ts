import { scopeOf } from './node-key.ts'
import type { NodeRule } from './node-rule.ts'
import { CSPS } from './rules/index.ts'

interface Pattern {
  rule: NodeRule
  /** In full; undefined is for a name that a server or a user chooses. */
  segments: (string | undefined)[]
}

/** The addresses of a rule, one for each scope, in full. */
export function addressesOf({ path, scope }: NodeRule): string[] {
  if (path.startsWith('./')) return [path]
  const roots = scope === 'both' ? ['Device', 'User'] : [scope === 'user' ? 'User' : 'Device']
  return roots.map((root) => `./${root}/Vendor/MSFT/${path}`)
}

const PATTERNS: readonly Pattern[] = CSPS.flatMap(({ rules }) =>
  rules.flatMap((rule) =>
    addressesOf(rule).map((address) => ({
      rule,
      segments: address.split('/').map((segment) => (segment === '{}' ? undefined : segment)),
    })),
  ),
)

const matches = (pattern: readonly (string | undefined)[], segments: readonly string[]): boolean =>
  segments.every((segment, index) => pattern[index] === undefined || pattern[index] === segment)

/** So many segments name a CSP: `./Device/Vendor/MSFT/DMClient`. No rule has a chosen name among them. */
const CSP_DEPTH = 5

const cspOf = (segments: readonly (string | undefined)[]): string => segments.slice(0, CSP_DEPTH).join('/')

const OF_CSP = new Map<string, Pattern[]>()
for (const pattern of PATTERNS) {
  const csp = cspOf(pattern.segments)
  const others = OF_CSP.get(csp)
  if (others) others.push(pattern)
  else OF_CSP.set(csp, [pattern])
}

/** Patterns that may be for an address, or for one below it. */
const candidatesFor = (segments: readonly string[]): readonly Pattern[] =>
  segments.length < CSP_DEPTH ? PATTERNS : (OF_CSP.get(cspOf(segments)) ?? [])

const KEYS_MAX = 10_000

/** The rules do not change: what was found for a key is found again without a search. */
function remembered<Value>(find: (key: string) => Value): (key: string) => Value {
  const known = new Map<string, Value>()
  return (key) => {
    const before = known.get(key)
    if (before !== undefined || known.has(key)) return before as Value
    const value = find(key)
    if (known.size < KEYS_MAX) known.set(key, value)
    return value
  }
}

/** The rule of a node; undefined for an interior one that no CSP speaks of, and for what no CSP has. */
export const ruleOf = remembered((key): NodeRule | undefined => {
  const segments = key.split('/')
  return candidatesFor(segments).find(
    (one) => one.segments.length === segments.length && matches(one.segments, segments),
  )?.rule
})

/** Names that the rules put below a node: of what has a value, or is an interior node that is always there. */
export const namesBelow = remembered((key): readonly string[] => {
  const segments = key.split('/')
  const names = candidatesFor(segments)
    .filter(
      ({ rule, segments: pattern }) =>
        pattern.length > segments.length &&
        matches(pattern, segments) &&
        pattern.slice(segments.length).every((segment) => segment !== undefined) &&
        (rule.default !== undefined || rule.derive !== undefined || isPermanent(rule, pattern)),
    )
    .map((pattern) => pattern.segments[segments.length]!)
  return [...new Set(names)]
})

const isPermanent = (rule: NodeRule, pattern: readonly (string | undefined)[]): boolean =>
  rule.format === 'node' && pattern.every((segment) => segment !== undefined)

/** Whether a node is in every tree, since its address has no name that a server or a user chooses. */
export const isFixed = remembered((key): boolean => {
  const segments = key.split('/')
  return candidatesFor(segments).some(
    ({ segments: pattern }) =>
      pattern.length >= segments.length &&
      matches(pattern, segments) &&
      pattern.slice(0, segments.length).every((segment) => segment !== undefined),
  )
})

/**
 * The address up to the last name on the way to a node with a chosen name: when that is there, so is the node. Undefined
 * when there is none, or no CSP has it.
 */
export const chosenPartOf = remembered((key): string | undefined => {
  const segments = key.split('/')
  const pattern = candidatesFor(segments).find(
    (one) => one.segments.length >= segments.length && matches(one.segments, segments),
  )
  const last = pattern?.segments.slice(0, segments.length).lastIndexOf(undefined) ?? -1
  return last < 0 ? undefined : segments.slice(0, last + 1).join('/')
})

const segmentsOf = (rule: NodeRule, key: string): string[] =>
  addressesOf(rule)
    .find((address) => scopeOf(address) === scopeOf(key))!
    .split('/')

/** The provider id in the address of a node that belongs to one. */
export const ownerOf = (rule: NodeRule, key: string): string | undefined =>
  rule.isOwners ? key.split('/')[segmentsOf(rule, key).indexOf('{}')] : undefined
