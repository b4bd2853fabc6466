import type { Command, Item, StatusCommand } from '../../protocols/syncml/message.ts'
import { takeActionStatus } from './device-actions.ts'
import type { ManagedDevice } from './managed-device.ts'
import { inForce } from './order-status.ts'

const UNENROLMENT = 'com.microsoft:mdm.unenrollment.userrequest'

/**
 * Takes the device's statuses and results, and keeps what was refused.
 *
 * @param now Unix milliseconds
 */
export function takeAnswers(managed: ManagedDevice, commands: readonly Command[], now = 0): void {
  for (const command of commands) {
    if (command.kind === 'Status') takeStatus(managed, command, now)
    if (command.kind === 'Results') for (const item of command.items) takeResult(managed, item)
    if (command.kind === 'Alert') {
      for (const { source, data, meta } of command.items) {
        if (source) managed.results.set(source, Number(data))
        if (meta?.type === UNENROLMENT) managed.isUnenrolled = true
      }
    }
  }
}

function takeStatus(managed: ManagedDevice, { msgRef, cmdRef, data }: StatusCommand, now: number): void {
  const key = `${msgRef}/${cmdRef}`
  const sent = managed.sent.get(key)
  managed.sent.delete(key)
  if (!sent) return
  // 213: a chunk arrived. An object that the device refuses ends there.
  if (data !== '213' && managed.chunks.length > 0) managed.chunks = []
  if (!sent.order) return
  if (!inForce(data)) managed.refused.push({ uri: sent.order.uri, status: data })
  // A chunk that arrived is no answer to the whole.
  if (sent.order.action !== undefined && data !== '213') takeActionStatus(managed, sent.order.action, data, now)
}

function takeResult(managed: ManagedDevice, { source = '', data = '', moreData }: Item): void {
  const value = (managed.incoming.get(source) ?? '') + data
  if (moreData) managed.incoming.set(source, value)
  else {
    managed.incoming.delete(source)
    managed.found.set(source, value)
  }
}
