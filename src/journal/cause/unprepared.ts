import { NOT_PREPARED } from '../../domain/device-preparation.ts'
import type { TenantDefinition } from '../../domain/tenant.ts'
import { accountIn, type Story } from './story.ts'

/** Why a school's device preparation did not set the device up; empty where it has none, or where no person enrolled the device. */
export function unpreparedText(story: Story): string {
  const { tenant, service } = story.spec
  const { devicePreparationPolicies: policies = [] } = tenant
  const skip = story.entries.findLast(
    (entry) => entry.kind === 'screen' && 'skipped' in entry && entry.skipped === 'preparationPolicy',
  )
  const fact = skip && 'why' in skip ? skip.why?.[0]?.fact : undefined
  if (policies.length === 0 || service !== undefined || fact === undefined || fact === NOT_PREPARED.notEnrolled)
    return ''
  if (fact !== NOT_PREPARED.notSent) return `; ${fact}`
  const account = accountIn(story)
  const reaching = policies.filter((policy) => reaches(policy, account, tenant))
  if (reaching.length === 0)
    return account === undefined ? '' : `; ${account} is in no group of a device preparation policy`
  const without = reaching.find(({ deviceGroup }) => deviceGroup === '')
  return without ? `; the device preparation policy "${without.name}" has no device group` : ''
}

function reaches(
  { assignedTo, excluded }: TenantDefinition['devicePreparationPolicies'][number],
  account: string | undefined,
  { groups = [] }: Partial<TenantDefinition>,
): boolean {
  const own = groups.filter(({ members }) => members.some((one) => one.toLowerCase() === account?.toLowerCase()))
  if (own.some(({ id }) => excluded.includes(id))) return false
  return assignedTo.includes('allUsers') || own.some(({ id }) => assignedTo.includes(id))
}
