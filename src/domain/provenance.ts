import type { Provenance } from './device.ts'

/** A single fact: its path as a device file counts it (`adapters.0.mac`), and its value. */
export interface Fact {
  path: string
  value: string | number | boolean
}

/** Every single fact of a device definition or a part of one, in the order of the file; its provenance is none. */
export function factsOf(value: unknown, path = ''): Fact[] {
  if (typeof value !== 'object' || value === null) return [{ path, value: value as Fact['value'] }]
  return Object.entries(value)
    .filter(([key]) => path !== '' || (key !== 'provenance' && key !== 'id'))
    .flatMap(([key, inner]) => factsOf(inner, path === '' ? key : `${path}.${key}`))
}

/** Whether what is said of `prefix` is said of `path`. */
export const isUnder = (path: string, prefix: string): boolean => path === prefix || path.startsWith(`${prefix}.`)

/** Where a fact comes from: what is said of its path, else of the nearest parent. */
export function provenanceOf(provenance: Readonly<Record<string, Provenance>>, path: string): Provenance | undefined {
  const stated = Object.keys(provenance).filter((prefix) => isUnder(path, prefix))
  const nearest = stated.reduce<string | undefined>(
    (best, prefix) => (best === undefined || prefix.length > best.length ? prefix : best),
    undefined,
  )
  return nearest === undefined ? undefined : provenance[nearest]
}
