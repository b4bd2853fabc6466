import { circleOf, connectedTo, type RelatedApp, type Relation } from '../../domain/app-relations.ts'
import type { AppKind } from '../../domain/tenant-apps.ts'
import { TENANT_LIMITS } from '../../domain/tenant-limits.ts'
import type { Key } from '../schema-issues.ts'
import type { Mistake } from './mistake.ts'

/** What of an app its relations to others are judged by. */
export interface AppWithRelations extends RelatedApp {
  name: string
  kind: AppKind
  isPreinstalled?: boolean
  uninstallExitCode?: number
}

const LIMITS: Record<Relation, number> = {
  dependsOn: TENANT_LIMITS.dependencies,
  supersedes: TENANT_LIMITS.supersedence,
}

/** Only Win32 apps have these (Microsoft Learn, Add a Win32 app, and Add Win32 app supersedence [D]). */
const OF_WIN32 = ['dependsOn', 'supersedes', 'isPreinstalled', 'uninstallExitCode'] as const

/** What Intune refuses of dependencies and supersedence: other kinds of apps, circles, and more than it takes. */
export function relationMistakes(apps: readonly AppWithRelations[]): Mistake[] {
  const nameOf = (id: string): string => apps.find((app) => app.id === id)?.name ?? id
  return [
    ...apps.flatMap((app, index) => [
      ...OF_WIN32.filter((member) => app[member] !== undefined && app.kind !== 'win32').map(
        (member): Mistake => ({ path: ['apps', index, member], message: 'only a Win32 app has it' }),
      ),
      ...(['dependsOn', 'supersedes'] as const).flatMap((relation) => ofRelation(apps, app, index, relation)),
    ]),
    ...(['dependsOn', 'supersedes'] as const).flatMap((relation): Mistake[] => {
      const circle = circleOf(apps, relation)
      if (!circle) return []
      const index = apps.findIndex(({ id }) => id === circle[0])
      const text = circle.map((id) => `"${nameOf(id)}"`).join(', ')
      const what = relation === 'dependsOn' ? 'each depends on the next' : 'each supersedes the next'
      return [{ path: ['apps', index, relation], message: `a circle, which Intune refuses: ${text}: ${what}` }]
    }),
  ]
}

function ofRelation(
  apps: readonly AppWithRelations[],
  app: AppWithRelations,
  index: number,
  relation: Relation,
): Mistake[] {
  const named = (app[relation] ?? []).map((one) => one.app)
  if (named.length === 0) return []
  const path = (place: number): [Key, ...Key[]] => ['apps', index, relation, place, 'app']
  const count = connectedTo(apps, app.id, relation).size
  return [
    ...named.flatMap((id, place): Mistake[] => {
      const other = apps.find((one) => one.id === id)
      if (!other) return [{ path: path(place), message: `there is no app "${id}"` }]
      if (named.indexOf(id) !== place) return [{ path: path(place), message: `"${other.name}" is here twice` }]
      return other.kind === 'win32' ? [] : [{ path: path(place), message: `"${other.name}" is no Win32 app` }]
    }),
    ...(count > LIMITS[relation]
      ? [
          {
            path: ['apps', index, relation] as [Key, ...Key[]],
            message: `connects ${count} apps, and Intune takes ${LIMITS[relation]}`,
          },
        ]
      : []),
  ]
}
