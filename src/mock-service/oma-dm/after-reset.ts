import { LOCAL_RESET_NODE } from '../../domain/reset.ts'
import type { ManagedDevice } from './managed-device.ts'
import type { NodeOrder } from './orders.ts'
import type { PlanSource } from './plan-source.ts'

/** The device keeps its account and has lost what was brought to it: all of it is planned anew. */
export function planAnew(managed: ManagedDevice): void {
  managed.results.clear()
  managed.found.clear()
  managed.settings.clear()
  managed.refused.splice(0)
  managed.pending = []
  managed.userPending.clear()
  managed.hasDevicePlan = false
  managed.users = []
  managed.tracksFirstUserOnly = false
  managed.preparation = undefined
  managed.device.isAfterReset = true
}

/** Whether administrators may reset the device at its sign-in screen: then each session has to ask whether they did. */
const mayBeResetLocally = ({ definition }: PlanSource, { settings }: ManagedDevice): boolean =>
  settings.get(`\0${LOCAL_RESET_NODE}`) === '0' ||
  definition.policies.some(
    ({ policy, scope, value }) => scope === 'device' && value === '0' && LOCAL_RESET_NODE.endsWith(`/${policy}`),
  )

/** Asks for a setting that a reset takes away. How Intune notices a local reset is not published. */
export const resetQuestions = (managed: ManagedDevice, tenant: PlanSource): NodeOrder[] =>
  mayBeResetLocally(tenant, managed) ? [{ kind: 'Get', uri: LOCAL_RESET_NODE }] : []

/** The answer to {@link resetQuestions} is that the setting is gone: the device was reset at its sign-in screen. */
export function noteLocalReset(managed: ManagedDevice): boolean {
  const isGone = managed.refused.some(({ uri, status }) => uri === LOCAL_RESET_NODE && status === '404')
  if (isGone) planAnew(managed)
  return isGone
}
