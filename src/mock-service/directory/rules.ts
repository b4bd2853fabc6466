import { parseMembershipRule } from '../../protocols/membership-rule/parse.ts'
import type { Rule } from '../../protocols/membership-rule/rule.ts'

/** Rules that were read; the state has their texts. */
const READ_MAX = 256
const read = new Map<string, Rule>()

/** @throws DecodeError `ERR_MEMBERSHIP_RULE_MALFORMED` with the column */
export function ruleOf(text: string): Rule {
  const known = read.get(text)
  if (known) return known
  const rule = parseMembershipRule(text)
  if (read.size >= READ_MAX) read.clear()
  read.set(text, rule)
  return rule
}

/** The same text, once it is known that it can be read. @throws DecodeError `ERR_MEMBERSHIP_RULE_MALFORMED` */
export function readable(text: string): string {
  ruleOf(text)
  return text
}
