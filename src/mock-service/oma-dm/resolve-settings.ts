import { deviceTarget, userTarget } from '../directory/groups.ts'
import type { DirectoryState, Group } from '../directory/state.ts'
import type { ConfigurationPolicy, PolicySetting } from './configuration-policy.ts'
import { settingsOf } from './policy-nodes.ts'

/**
 * Settings that reach a device, or the person at it. Of two policies that write one node the older one counts here; Intune reports a
 * conflict.
 */
export function resolveSettings(
  policies: Iterable<ConfigurationPolicy>,
  state: DirectoryState,
  groups: readonly Group[],
  upn: string,
): PolicySetting[] {
  const reached = [...policies].filter((policy) => deviceTarget(policy, groups) ?? userTarget(policy, state, upn))
  const oldestFirst = reached.sort((a, b) => a.createdAt - b.createdAt)
  const byNode = new Map<string, PolicySetting>()
  for (const setting of oldestFirst.flatMap(settingsOf)) {
    if (!byNode.has(setting.uri)) byNode.set(setting.uri, setting)
  }
  return [...byNode.values()]
}
