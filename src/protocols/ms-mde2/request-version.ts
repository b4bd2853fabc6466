/** The highest version of the protocol, and the first build of Windows that speaks each (reference: mdm-protocols.md, 1.4). */
const VERSIONS: readonly {
  version: number
  build: number
  revision: number
  tag: 'documented' | 'observed' | 'inferred'
}[] = [
  // Refused by a server whose list ended at 7.0: what 9.0 adds is unpublished, and 8.0 was seen nowhere.
  { version: 9, build: 26_200, revision: 0, tag: 'observed' },
  { version: 7, build: 26_100, revision: 0, tag: 'documented' },
  // KB5053657 and KB5032288 by their revision numbers: the reference has the KB alone.
  { version: 7, build: 22_631, revision: 5126, tag: 'inferred' },
  { version: 6, build: 22_621, revision: 2792, tag: 'inferred' },
  { version: 5, build: 22_000, revision: 1165, tag: 'inferred' },
  { version: 4, build: 15_063, revision: 0, tag: 'documented' },
]

const OLDEST = 3

/**
 * What a device of this build asks for in Discover: `7.0`.
 *
 * @param build `10.0.26100.4652`
 */
export function requestVersionOf(build: string): string {
  const [number = 0, revision = 0] = build.split('.').slice(2).map(Number)
  const known = VERSIONS.find((one) => number > one.build || (number === one.build && revision >= one.revision))
  return `${known?.version ?? OLDEST}.0`
}

/**
 * The version that both sides speak: the lower of what the device asked for and what the service answered. A service
 * that answers none speaks the oldest.
 */
export function negotiatedVersion(asked: string, answered: string | undefined): number {
  const version = Number.parseFloat(answered ?? '')
  return Math.min(Number.parseFloat(asked), Number.isFinite(version) ? version : OLDEST)
}
