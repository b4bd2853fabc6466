import type { JsonObject } from '../../protocols/json.ts'
import type { Assignment, DirectoryState } from '../directory/state.ts'
import { type BodyType, checkBody, checkParameters, type MemberType } from './body-types.ts'
import { badRequest } from './call.ts'

/** Who is meant by no group: the type of the target, and the group that Intune's ids have in its place [M]. */
const EVERYBODY = {
  allDevices: { type: 'allDevicesAssignmentTarget', group: 'adadadad-808e-44e2-905a-0b7873a8a531' },
  allUsers: { type: 'allLicensedUsersAssignmentTarget', group: 'acacacac-9df4-4c7d-9d50-4ef0226f57a9' },
} as const
const GROUP = 'groupAssignmentTarget'
const EXCLUSION = 'exclusionGroupAssignmentTarget'

const FILTER = {
  deviceAndAppManagementAssignmentFilterId: 'Edm.String',
  deviceAndAppManagementAssignmentFilterType: {
    enumeration: 'deviceAndAppManagementAssignmentFilterType',
    values: ['none', 'include', 'exclude'],
  },
} satisfies Record<string, MemberType>

const TARGETS: readonly BodyType[] = [
  { name: 'deviceAndAppManagementAssignmentTarget', members: FILTER },
  ...Object.values(EVERYBODY).map(({ type }) => ({ name: type, members: FILTER })),
  ...[GROUP, EXCLUSION].map((name) => ({ name, members: { ...FILTER, groupId: 'Edm.String' as const } })),
  { name: 'configurationManagerCollectionAssignmentTarget', members: { ...FILTER, collectionId: 'Edm.String' } },
]

/** How one family of objects is assigned. */
export interface AssignmentKind {
  type: BodyType
  /** Whether it can be assigned to all users. */
  allowsUsers: boolean
  /** @param owner id of what is assigned @param group id of the group, or of what is in its place for everybody */
  idOf(owner: string, group: string, isExclusion: boolean): string
  /** What Intune shows in every assignment besides. */
  shown?: Readonly<Record<string, unknown>>
}

/** @param members what an assignment of this type has besides its target */
export const assignmentType = (name: string, members: Record<string, MemberType> = {}): BodyType => ({
  name,
  members: {
    id: 'Edm.String',
    source: { enumeration: 'deviceAndAppManagementAssignmentSource', values: ['direct', 'policySets'] },
    sourceId: 'Edm.String',
    target: TARGETS,
    ...members,
  },
})

/** The assignments of an object, as Graph shows them. */
export function assignmentsToJson(
  owner: string,
  { assignedTo, excluded }: Assignment,
  kind: AssignmentKind,
): Record<string, unknown>[] {
  const entry = (target: string, isExclusion: boolean): Record<string, unknown> => {
    const everybody = EVERYBODY[target as keyof typeof EVERYBODY] as { type: string; group: string } | undefined
    const type = everybody?.type ?? (isExclusion ? EXCLUSION : GROUP)
    return {
      '@odata.type': `#microsoft.graph.${kind.type.name}`,
      id: kind.idOf(owner, everybody?.group ?? target, isExclusion),
      ...kind.shown,
      source: 'direct',
      sourceId: owner,
      target: targetJson(type, everybody ? {} : { groupId: target }),
    }
  }
  return [...assignedTo.map((target) => entry(target, false)), ...excluded.map((groupId) => entry(groupId, true))]
}

export const targetJson = (type: string, members: object = {}): Record<string, unknown> => ({
  '@odata.type': `#microsoft.graph.${type}`,
  deviceAndAppManagementAssignmentFilterId: null,
  deviceAndAppManagementAssignmentFilterType: 'none',
  ...members,
})

/** Reads one assignment. @throws GraphError 400 */
export function targetOf(state: DirectoryState, json: JsonObject, kind: AssignmentKind): Assignment {
  checkBody(json, kind.type)
  if (json.optionalString('source') === 'policySets') throw badRequest('This simulation has no policy sets.')
  const target = json.optionalObject('target')
  const filter = target?.optionalString('deviceAndAppManagementAssignmentFilterId') ?? ''
  const filterType = target?.optionalString('deviceAndAppManagementAssignmentFilterType') ?? 'none'
  if (filter !== '' || filterType !== 'none') throw badRequest('This simulation has no assignment filters.')
  const type = (target?.optionalString('@odata.type') ?? '').replace(/^#?microsoft\.graph\./, '')
  if (type === EVERYBODY.allDevices.type) return { assignedTo: ['allDevices'], excluded: [] }
  if (type === EVERYBODY.allUsers.type && kind.allowsUsers) return { assignedTo: ['allUsers'], excluded: [] }
  const groupId = target?.optionalString('groupId') ?? ''
  if (type !== GROUP && type !== EXCLUSION) throw badRequest(`the assignment target "${type}" is not supported here`)
  if (!state.groups.has(groupId)) throw badRequest(`there is no group "${groupId}"`)
  return type === GROUP ? { assignedTo: [groupId], excluded: [] } : { assignedTo: [], excluded: [groupId] }
}

/** What an action `assign` puts in the place of all assignments. @throws GraphError 400 */
export function targetsOf(state: DirectoryState, json: JsonObject, list: string, kind: AssignmentKind): Assignment {
  checkParameters(json, 'assign', { [list]: { listOf: [kind.type] } })
  const targets = json.list(list).map((entry) => targetOf(state, entry, kind))
  const all = mergedTargets(targets)
  if (countOf(all) < targets.length) throw badRequest(`${list} has the same target twice`)
  return all
}

export const mergedTargets = (targets: readonly Assignment[]): Assignment => ({
  assignedTo: [...new Set(targets.flatMap(({ assignedTo }) => assignedTo))],
  excluded: [...new Set(targets.flatMap(({ excluded }) => excluded))],
})

/** With one assignment more. @throws GraphError 400 when it is there already */
export function withTarget(assignment: Assignment, target: Assignment): Assignment {
  const merged = mergedTargets([assignment, target])
  if (countOf(merged) === countOf(assignment)) throw badRequest('It is assigned to this target already.')
  return merged
}

/** Without the assignment of that id; undefined when there is none. */
export function without(
  owner: string,
  assignment: Assignment,
  id: string,
  kind: AssignmentKind,
): Assignment | undefined {
  const index = assignmentsToJson(owner, assignment, kind).findIndex((entry) => entry.id === id)
  if (index < 0) return undefined
  const { assignedTo, excluded } = assignment
  return {
    assignedTo: assignedTo.toSpliced(index, index < assignedTo.length ? 1 : 0),
    excluded: index < assignedTo.length ? excluded : excluded.toSpliced(index - assignedTo.length, 1),
  }
}

const countOf = ({ assignedTo, excluded }: Assignment): number => assignedTo.length + excluded.length
