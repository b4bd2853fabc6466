import { type Comparison, type DirectoryDevice, denied, type Rule, type Value } from './rule.ts'

/** Whether a rule holds for a device, and the part of the device that decided it. */
export interface Finding {
  holds: boolean
  because: string
}

/**
 * Text comparisons ignore case ("Regex and string operations aren't case sensitive").
 *
 * @param isMember whether the device is in the group of an object id
 */
export function evaluateMembershipRule(
  rule: Rule,
  device: DirectoryDevice,
  isMember: (groupId: string) => boolean = () => false,
): Finding {
  switch (rule.kind) {
    case 'and': {
      const left = evaluateMembershipRule(rule.left, device, isMember)
      if (!left.holds) return left
      const right = evaluateMembershipRule(rule.right, device, isMember)
      return right.holds ? { holds: true, because: `${left.because} and ${right.because}` } : right
    }
    case 'or': {
      const left = evaluateMembershipRule(rule.left, device, isMember)
      if (left.holds) return left
      const right = evaluateMembershipRule(rule.right, device, isMember)
      return right.holds ? right : { holds: false, because: `${left.because} and ${right.because}` }
    }
    case 'not': {
      const { holds, because } = evaluateMembershipRule(rule.rule, device, isMember)
      return { holds: !holds, because }
    }
    case 'comparison': {
      if (rule.property === '_') throw new Error('the parser allows "_" only inside -any and -all')
      const value = device[rule.property] ?? null
      return { holds: compare(value, rule), because: `${rule.property} is ${shown(value)}` }
    }
    case 'memberOf':
      return memberOf(rule.groups, isMember)
    case 'quantified': {
      const items = device[rule.property]
      const holdsFor = (item: string) => evaluateItem(rule.rule, item)
      if (rule.quantifier === 'any') {
        const found = items.find(holdsFor)
        if (found !== undefined) return { holds: true, because: `${rule.property} has ${shown(found)}` }
        return { holds: false, because: `no item of ${rule.property} fits` }
      }
      const exception = items.find((item) => !holdsFor(item))
      if (exception !== undefined) return { holds: false, because: `${rule.property} has ${shown(exception)}` }
      return { holds: true, because: `every item of ${rule.property} fits` }
    }
  }
}

function memberOf(groups: readonly string[], isMember: (groupId: string) => boolean): Finding {
  const group = groups.find(isMember)
  return group === undefined
    ? { holds: false, because: 'it is in none of these groups' }
    : { holds: true, because: `it is in the group ${group}` }
}

function evaluateItem(rule: Rule, item: string): boolean {
  switch (rule.kind) {
    case 'and':
      return evaluateItem(rule.left, item) && evaluateItem(rule.right, item)
    case 'or':
      return evaluateItem(rule.left, item) || evaluateItem(rule.right, item)
    case 'not':
      return !evaluateItem(rule.rule, item)
    case 'comparison':
      return compare(item, rule)
    case 'memberOf':
    case 'quantified':
      throw new Error('the parser allows no collection inside -any and -all')
  }
}

function compare(actual: string | boolean | null, { operator, value }: Comparison): boolean {
  const positive = denied(operator)
  return positive ? !affirms(actual, positive, value) : affirms(actual, operator, value)
}

function affirms(actual: string | boolean | null, operator: string, value: Value): boolean {
  if (actual === null) return operator === 'eq' && value === null
  const text = String(actual).toLowerCase()
  if (value === null) return false
  if (typeof value === 'object') {
    return 'test' in value ? value.test(text) : value.some((entry) => entry.toLowerCase() === text)
  }
  const wanted = String(value).toLowerCase()
  switch (operator) {
    case 'eq':
      return text === wanted
    case 'startsWith':
      return text.startsWith(wanted)
    case 'endsWith':
      return text.endsWith(wanted)
    case 'contains':
      return text.includes(wanted)
    default:
      throw new Error(`the parser gives -${operator} another kind of value`)
  }
}

const shown = (value: string | boolean | null): string =>
  typeof value === 'string' ? `"${value}"` : value === null ? 'not set' : String(value)
