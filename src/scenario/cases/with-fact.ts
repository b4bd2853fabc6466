export type Plain = Record<string, unknown>

export const isPlain = (value: unknown): value is Plain =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** What a scenario takes by name, or has written out. */
export const REFERENCES = ['device', 'tenant', 'network', 'person']

/**
 * A scenario with another value for one fact, named by its path: `network.latency`. Of what is taken by name, the fact is one of the file:
 * it goes into `with`; and another name for the whole leaves what `with` says.
 */
export function withFact(scenario: Plain, name: string, value: unknown): Plain {
  const [first, ...rest] = name.split('.') as [string, ...string[]]
  const now = scenario[first]
  if (!REFERENCES.includes(first)) return placed(scenario, [first, ...rest], value)
  if (rest.length === 0) {
    const isOtherName = typeof value === 'string' && isPlain(now) && 'use' in now
    return { ...scenario, [first]: isOtherName ? { ...now, use: value } : value }
  }
  const isNamed = typeof now === 'string' || (isPlain(now) && 'use' in now)
  const isFact = rest[0] !== 'use' && rest[0] !== 'with'
  if (!isNamed || !isFact) return placed(scenario, [first, ...rest], value)
  const reference: Plain = typeof now === 'string' ? { use: now } : now
  // A path is one key of what a file is changed by.
  const changes = { ...(isPlain(reference.with) ? reference.with : {}), [rest.join('.')]: value }
  return { ...scenario, [first]: { ...reference, with: changes } }
}

function placed(within: unknown, [key, ...rest]: readonly string[], value: unknown): Plain {
  if (key === undefined) return value as Plain
  if (Array.isArray(within) && /^\d+$/.test(key)) {
    const list: unknown[] = [...within]
    list[Number(key)] = placed(list[Number(key)], rest, value)
    return list as unknown as Plain
  }
  const facts = isPlain(within) ? within : {}
  return { ...facts, [key]: placed(facts[key], rest, value) }
}
