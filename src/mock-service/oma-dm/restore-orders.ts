import { RESTORE_NODE, type RestoreState } from '../../domain/windows-backup.ts'
import type { NodeOrder } from './orders.ts'

/**
 * What a device gets of the tenant-wide setting "Show restore page" when it enrols: nothing where it is not configured. It comes before the
 * policies, and the status page does not wait for it.
 */
export const restoreOrders = (state: RestoreState): NodeOrder[] =>
  state === 'notConfigured'
    ? []
    : [{ kind: 'Replace', uri: RESTORE_NODE, format: 'bool', data: String(state === 'enabled') }]
