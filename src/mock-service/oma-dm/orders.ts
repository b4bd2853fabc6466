import type { NodeCommand } from '../../protocols/syncml/message.ts'
import type { EnrolledAs } from './plan-source.ts'

export interface EnrolledDevice extends EnrolledAs {
  entDmId: string
  deviceId: string
  deviceName: string
  upn: string
  contentUrl: string
  /** Id of the device preparation policy that it enrolled with. */
  preparationPolicy?: string | undefined
}

/** A command before it has its number. */
export type NodeOrder = Pick<NodeCommand, 'kind'> & {
  uri: string
  format?: string
  data?: string
  /** Id of the administrator's action that it is a part of. */
  action?: string
}

export type Order = NodeOrder | { kind: 'Atomic' | 'Sequence'; orders: NodeOrder[] }
