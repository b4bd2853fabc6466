import type { NodeCommand } from '../../protocols/syncml/message.ts'
import type { RegisteredDevice } from '../directory/state.ts'

export interface EnrolledDevice {
  entDmId: string
  deviceId: string
  deviceName: string
  upn: string
  registered: RegisteredDevice | undefined
  contentUrl: string
}

/** A command before it has its number. */
export type NodeOrder = Pick<NodeCommand, 'kind'> & { uri: string; format?: string; data?: string }

export type Order = NodeOrder | { kind: 'Atomic' | 'Sequence'; orders: NodeOrder[] }
