import type { Ids } from '../../ports/ids.ts'
import type { Changes } from '../changes.ts'
import type { Delays } from './delays.ts'
import type { Directory } from './directory.ts'
import type { HardwareIdentity } from './state.ts'

/** What of a tenant the registration of devices works on. */
export interface Registry {
  readonly directory: Directory
  readonly changes: Changes
  readonly delays: Delays
  readonly ids: Ids
  /** Unix milliseconds. */
  readonly now: () => number
  /** Devices that their makers have reported to Microsoft. */
  readonly known: readonly HardwareIdentity[]
  /** Devices that another tenant has registered. */
  readonly elsewhere: readonly HardwareIdentity[]
}
