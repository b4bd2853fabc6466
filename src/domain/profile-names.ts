import { TENANT_LIMITS } from './tenant-limits.ts'

/**
 * Why the service refuses the display name of a deployment profile; undefined when it takes it. A hyphen is 400 without a
 * reason (reference: oobe-autopilot-esp.md, 3.3 [M]); the list of what else may be in it is that of the portal [M]. Two
 * profiles may have one name: schools have to clean up after scripts that made them [M].
 */
export function whatIsWrongWithProfileName(name: string): string | undefined {
  if (name.trim() === '' || name.length > TENANT_LIMITS.profileName) {
    return `has 1 to ${TENANT_LIMITS.profileName} characters`
  }
  const [character] = name.match(/[^\p{L}\p{M}\p{N} :"?.@$&_[\]{}|\\]/u) ?? []
  return character === undefined
    ? undefined
    : `may not hold "${character}": the name of a profile has letters, digits, spaces and : " ? . @ $ & _ [ ] { } | \\`
}
