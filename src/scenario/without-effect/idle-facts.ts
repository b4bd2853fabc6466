import type { JournalEntry } from '../../domain/journal.ts'
import { policyNode } from '../../domain/policy-nodes.ts'
import type { TenantDefinition } from '../../domain/tenant.ts'
import { isShared, ownFile, placeOf, type RunSpec } from '../../run/run-spec.ts'

/**
 * Facts that a scenario states itself, and of which the run's record shows that nothing followed. Facts of shared files are
 * no settings of a scenario.
 */
export function idleFacts(spec: RunSpec, journal: readonly JournalEntry[]): string[] {
  const [file, own = {}] = ownFile(spec.places) ?? []
  const skew =
    own.clockSkewMs !== undefined && spec.clockSkewMs === 0 && !isShared(spec, 'clockSkewMs')
      ? [said(spec, 'clockSkewMs', 'clockSkew', 'it is 0s without it')]
      : []
  return [
    ...skew,
    ...(own['tenant.policies'] === undefined ? [] : idlePolicies(spec, journal, `${file}:${own['tenant.policies']}`)),
    ...idleLosses(spec, journal),
  ]
}

function said(spec: RunSpec, fact: string, name: string, why: string, place = placeOf(spec.places, fact)): string {
  return `${name} had no effect: ${why}${place ? `. ${place}` : ''}`
}

/** Policies that no session brought. Whether anything follows from one that came, {@link settingsWithoutEffect} finds out. */
function idlePolicies(spec: RunSpec, journal: readonly JournalEntry[], place: string): string[] {
  const { policies } = spec.tenant as unknown as Pick<TenantDefinition, 'policies'>
  const brought = journal.flatMap((entry) => (entry.kind === 'csp' && entry.by === 'server' ? [entry.uri] : []))
  return policies.flatMap(({ policy }, index) => {
    if (brought.some((uri) => uri.endsWith(`/${policyNode(policy)}`))) return []
    const fact = `tenant.policies.${index}`
    return [said(spec, fact, `${fact} (${policy})`, 'no session brought it', place)]
  })
}

/** What a disk has lost shows at the next start. */
function idleLosses(spec: RunSpec, journal: readonly JournalEntry[]): string[] {
  return spec.events.flatMap(({ does }, index) => {
    if (does.kind !== 'disk' || typeof does.value !== 'object' || !('lost' in does.value)) return []
    const by = `events.${index}`
    const at = journal.findIndex((entry) => entry.kind === 'stimulus' && entry.by === by)
    const starts = journal.slice(at + 1).some((entry) => entry.kind === 'power' && entry.event === 'on')
    return at < 0 || starts ? [] : [said(spec, by, by, 'the device did not start again')]
  })
}
