import type { EventLog } from '../../domain/event-log.ts'
import { codeOfSyncmlStatus } from '../../domain/windows-codes.ts'

/** A command of the server on the management tree, and what came of it. */
export interface TakenCommand {
  command: string
  uri: string
  status: number
  /** As a journal may have it. */
  value?: string
}

/** What of the device is needed for it. */
export interface CommandedDevice {
  readonly log: EventLog
  readonly enrollmentId: string
  restartsBy(uri: string): boolean
}

const POLICY = /^\.\/(?:(Device|User)\/)?Vendor\/MSFT\/Policy\/Config\/([^/]+)\/([^/]+)$/
const WRITES = ['Add', 'Replace']

/** 404 of a command that failed, 813 and 814 of a policy, 2800 of a node that restarts the device (reference: oobe-autopilot-esp.md, 8.3). */
export function logCommand(device: CommandedDevice, { command, uri, status, value }: TakenCommand): void {
  const { log, enrollmentId: enrollment } = device
  // A Get that finds nothing is an answer: that Windows logs none of them is assumed.
  if (status >= 400 && command !== 'Get') {
    const result = `Unknown Win32 Error code: ${codeOfSyncmlStatus(status)}`
    log('commandFailed', { enrollment, provider: providerOf(uri), command: TYPES[command] ?? command, uri, result })
    return
  }
  if (status !== 200 || !WRITES.includes(command)) return
  const [, scope, area, policy] = POLICY.exec(uri) ?? []
  if (area !== undefined && policy !== undefined && value !== undefined) {
    const fields = { policy: plain(policy), area: plain(area), enrollment, ...whose(scope) }
    if (/^-?\d+$/.test(value)) log('policySetNumber', { ...fields, value: hexOf(value) })
    else log('policySetText', { ...fields, value: value.slice(0, VALUE_MAX) })
  }
  if (device.restartsBy(uri)) log('restartTriggered', { uri })
}

/** Of a value in an event; the whole of it is in the tree. */
const VALUE_MAX = 200

/** Words of the event (8.3 [F]). */
const TYPES: Readonly<Record<string, string>> = {
  Add: 'Add: from Replace or Add',
  Replace: 'Add: from Replace or Add',
  Delete: 'CmdType_Delete',
  Exec: 'CmdType_Execute',
}

const whose = (scope: string | undefined) =>
  scope === 'User' ? { user: 'User', scope: '0x1' } : { user: 'Device', scope: '0x0' }

/** The CSP: what is behind the vendor. */
const providerOf = (uri: string): string => /\/Vendor\/MSFT\/([^/?]+)/.exec(uri)?.[1] ?? uri.split(/[/?]/)[1] ?? uri

const hexOf = (value: string): string => `0x${(Number(value) >>> 0).toString(16).toUpperCase()}`

function plain(name: string): string {
  try {
    return decodeURIComponent(name)
  } catch {
    return name
  }
}
