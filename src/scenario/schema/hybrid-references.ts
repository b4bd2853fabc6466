import type { Mistake } from './mistake.ts'
import type { Assigned } from './tenant-references.ts'

/** What of a tenant is about a hybrid join. */
export interface HybridReferences {
  deploymentProfiles: (Assigned & { mode: string; skipConnectivityCheck?: boolean | undefined })[]
  hybridJoin?: { domainJoinProfiles: Assigned[] } | undefined
  groups: { id: string }[]
}

/** Names that lead nowhere, and settings of a profile that no device could follow. */
export function hybridMistakes({ deploymentProfiles, hybridJoin, groups }: HybridReferences): Mistake[] {
  const known = [...groups.map(({ id }) => id), 'allDevices']
  return [
    ...deploymentProfiles.flatMap(({ mode, skipConnectivityCheck }, index): Mistake[] => {
      const at = (key: string): Mistake['path'] => ['deploymentProfiles', index, key]
      if (mode === 'hybrid' && !hybridJoin) {
        return [{ path: at('mode'), message: 'hybrid needs hybridJoin: the Active Directory of the school' }]
      }
      return mode !== 'hybrid' && skipConnectivityCheck !== undefined
        ? [{ path: at('skipConnectivityCheck'), message: 'is for the mode hybrid alone' }]
        : []
    }),
    ...(hybridJoin?.domainJoinProfiles ?? []).flatMap(({ assignedTo, excluded }, profile) =>
      Object.entries({ assignedTo, excluded }).flatMap(([key, names]) =>
        names.flatMap((name, index): Mistake[] =>
          known.some((one) => one.toLowerCase() === name.toLowerCase())
            ? []
            : [
                {
                  path: ['hybridJoin', 'domainJoinProfiles', profile, key, index],
                  message: `there is no group "${name}"`,
                },
              ],
        ),
      ),
    ),
  ]
}
