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

const KEYS_MAX = 10_000
const found = new Map<string, NodeRule | undefined>()

/** The rule of a node; undefined for an interior one that no CSP speaks of, and for what no CSP has. */
export function ruleOf(key: string): NodeRule | undefined {
  if (found.has(key)) return found.get(key)
  const segments = key.split('/')
  const rule = PATTERNS.find((one) => one.segments.length === segments.length && matches(one.segments, segments))?.rule
  if (found.size < KEYS_MAX) found.set(key, rule)
  return rule
}

/** Names that the rules put below a node: of what has a value, or is an interior node that is always there. */
export function namesBelow(key: string): string[] {
  const segments = key.split('/')
  const names = PATTERNS.filter(
    ({ rule, segments: pattern }) =>
      pattern.length > segments.length &&
      matches(pattern, segments) &&
      pattern.slice(segments.length).every((segment) => segment !== undefined) &&
      (rule.default !== undefined || rule.derive !== undefined || isPermanent(rule, pattern)),
  ).map((pattern) => pattern.segments[segments.length]!)
  return [...new Set(names)]
}

const isPermanent = (rule: NodeRule, pattern: readonly (string | undefined)[]): boolean =>
  rule.format === 'node' && pattern.every((segment) => segment !== undefined)

const fixed = new Map<string, boolean>()

/** Whether a node is in every tree, since its address has no name that a server or a user chooses. */
export function isFixed(key: string): boolean {
  const known = fixed.get(key)
  if (known !== undefined) return known
  const is = findFixed(key)
  if (fixed.size < KEYS_MAX) fixed.set(key, is)
  return is
}

const findFixed = (key: string): boolean => {
  const segments = key.split('/')
  return PATTERNS.some(
    ({ segments: pattern }) =>
      pattern.length >= segments.length &&
      matches(pattern, segments) &&
      pattern.slice(0, segments.length).every((segment) => segment !== undefined),
  )
}

/**
 * The address up to the last name on the way to a node with a chosen name: when that is there, so is the node. Undefined
 * when there is none, or no CSP has it.
 */
export function chosenPartOf(key: string): string | undefined {
  const segments = key.split('/')
  const pattern = PATTERNS.find((one) => one.segments.length >= segments.length && matches(one.segments, segments))
  const last = pattern?.segments.slice(0, segments.length).lastIndexOf(undefined) ?? -1
  return last < 0 ? undefined : segments.slice(0, last + 1).join('/')
}

const segmentsOf = (rule: NodeRule, key: string): string[] =>
  addressesOf(rule)
    .find((address) => scopeOf(address) === scopeOf(key))!
    .split('/')

/** The provider id in the address of a node that belongs to one. */
export const ownerOf = (rule: NodeRule, key: string): string | undefined =>
  rule.isOwners ? key.split('/')[segmentsOf(rule, key).indexOf('{}')] : undefined
