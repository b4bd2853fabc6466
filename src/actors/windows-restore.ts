import { type FoundBackups, windowsRestoreMachine } from '../../machines/pages/windows-restore.ts'
import { RESTORE_NODE, whyNoRestore } from '../domain/windows-backup.ts'
import { BACKUP_SCOPE, listBackups } from '../service/graph/windows-backups.ts'
import { signInTrouble } from './authentication.ts'
import { type Bindings, working } from './bindings.ts'
import { deviceToken } from './management-token.ts'
import { windowsTrouble } from './windows-trouble.ts'

export const windowsRestore = windowsRestoreMachine.provide({
  actors: { findBackups: working<FoundBackups>(findBackups) },
})

/** What an administrator can keep the person from by Conditional Access. */
const REFUSED = /^AADSTS(5300[0-4]|50105|50076)$/

async function findBackups(run: Bindings, _: unknown, signal: AbortSignal): Promise<FoundBackups> {
  const { device, service, memory } = run
  const skipped = (fact: string): FoundBackups => ({
    kind: 'notOffered',
    why: [{ fact, effect: 'restore page skipped' }],
  })
  if (!device.csp.readBool(RESTORE_NODE)) return skipped('WindowsBackupAndRestore/EnableWindowsRestore is not true')
  const tooOld = whyNoRestore(device.windows.edition, device.windows.build)
  if (tooOld !== undefined) return skipped(tooOld)
  if (!memory.logon) return skipped('no user is signed in')
  const scope = `${service.endpoints.graph}/${BACKUP_SCOPE}`
  const token = await deviceToken(run, { ...memory.logon.session, scope }, signal)
  if (!token.ok && REFUSED.test(token.trouble.code)) return { kind: 'refused', trouble: signInTrouble(token.trouble) }
  const found = token.ok ? await listBackups(service, token.value, signal) : token
  // What Windows does then is not published: an assumption.
  if (!found.ok) return skipped(`the backups cannot be looked up: ${windowsTrouble(found.trouble).code}`)
  if (found.value.length === 0) return skipped('the user has no backup')
  return { kind: 'found', backups: found.value }
}
