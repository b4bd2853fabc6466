import { createHash } from 'node:crypto'
import type { JsonObject } from '../../protocols/json.ts'
import type { Assignment, DirectoryState } from '../directory/state.ts'
import { badRequest } from './call.ts'

const TARGETS = {
  allDevices: '#microsoft.graph.allDevicesAssignmentTarget',
  allUsers: '#microsoft.graph.allLicensedUsersAssignmentTarget',
} as const
const GROUP = '#microsoft.graph.groupAssignmentTarget'
const EXCLUSION = '#microsoft.graph.exclusionGroupAssignmentTarget'

/** An assignment's id: made of what it assigns and to whom, as Intune does. */
const idOf = (owner: string, target: string, isExclusion: boolean): string => {
  const hex = createHash('sha256').update(`${owner}\0${target}\0${isExclusion}`).digest('hex')
  return `${owner}_${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}

/** The assignments of an object, as Graph shows them. */
export function assignmentsToJson(owner: string, { assignedTo, excluded }: Assignment, type: string) {
  const entry = (target: string, isExclusion: boolean, json: object): Record<string, unknown> => ({
    '@odata.type': type,
    id: idOf(owner, target, isExclusion),
    target: json,
  })
  return [
    ...assignedTo.map((target) => {
      const everybody = TARGETS[target as keyof typeof TARGETS] as string | undefined
      return entry(target, false, everybody ? { '@odata.type': everybody } : { '@odata.type': GROUP, groupId: target })
    }),
    ...excluded.map((groupId) => entry(groupId, true, { '@odata.type': EXCLUSION, groupId })),
  ]
}

/** Reads one assignment's target. @throws GraphError 400 */
export function targetOf(state: DirectoryState, json: JsonObject, allowsUsers: boolean): Assignment {
  const target = json.optionalObject('target')
  const type = target?.optionalString('@odata.type') ?? ''
  if (type === TARGETS.allDevices) return { assignedTo: ['allDevices'], excluded: [] }
  if (type === TARGETS.allUsers && allowsUsers) return { assignedTo: ['allUsers'], excluded: [] }
  const groupId = target?.optionalString('groupId') ?? ''
  if (type !== GROUP && type !== EXCLUSION) throw badRequest(`the assignment target "${type}" is not supported here`)
  if (!state.groups.has(groupId)) throw badRequest(`there is no group "${groupId}"`)
  return type === GROUP ? { assignedTo: [groupId], excluded: [] } : { assignedTo: [], excluded: [groupId] }
}

export const mergedTargets = (targets: readonly Assignment[]): Assignment => ({
  assignedTo: [...new Set(targets.flatMap(({ assignedTo }) => assignedTo))],
  excluded: [...new Set(targets.flatMap(({ excluded }) => excluded))],
})

/** Without the assignment of that id; undefined when there is none. */
export function without(owner: string, { assignedTo, excluded }: Assignment, id: string): Assignment | undefined {
  const left = {
    assignedTo: assignedTo.filter((target) => idOf(owner, target, false) !== id),
    excluded: excluded.filter((target) => idOf(owner, target, true) !== id),
  }
  const isSame = left.assignedTo.length === assignedTo.length && left.excluded.length === excluded.length
  return isSame ? undefined : left
}
