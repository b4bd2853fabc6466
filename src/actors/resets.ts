import { type AdministratorCredentials, localResetMachine, type Permission } from '../../machines/pages/local-reset.ts'
import { restoringMachine, type SyncedEvent } from '../../machines/pages/restoring.ts'
import { refuseReset } from '../device/resets.ts'
import { REDEPLOYMENT_NODES, REDEPLOYMENT_STATUS } from '../domain/reset.ts'
import type { Trouble } from '../domain/trouble.ts'
import { lookUpAccount } from '../service/entra/look-up-account.ts'
import { isWrongPassword, signIn } from '../service/entra/sign-in.ts'
import { signInTrouble } from './authentication.ts'
import { type Bindings, watching, working } from './bindings.ts'

/** Members of the local group Administrators; a join puts the global administrators of the tenant into it. */
async function permissionOf(
  { device, service }: Bindings,
  { email, password }: AdministratorCredentials,
  signal: AbortSignal,
): Promise<Permission> {
  const found = await lookUpAccount(service, email, signal)
  if (!found.ok) return { kind: 'trouble', trouble: signInTrouble(found.trouble) }
  const federation = found.value.kind === 'federated' ? found.value.url : undefined
  const answer = await signIn(service, { email, password, usage: 'workOrSchool', purpose: 'logon', federation }, signal)
  if (!answer.ok) {
    if (isWrongPassword(answer.trouble.code)) return { kind: 'wrongPassword' }
    return { kind: 'trouble', trouble: signInTrouble(answer.trouble) }
  }
  if (answer.value.kind !== 'signedIn') {
    // What Windows asks for here besides a password is not published.
    const text = 'the account needs more than its password, which this screen does not ask for'
    return { kind: 'trouble', trouble: { code: answer.value.kind === 'proof' ? '50076' : '50055', text } }
  }
  const { account, tokens } = answer.value.signedIn
  const isOfTenant = device.disk.profile === undefined || account.tenantId === device.disk.profile.tenantId
  const isLocal = device.administrators.some((upn) => upn.toLowerCase() === account.upn.toLowerCase())
  const isGranted = isOfTenant && (isLocal || tokens.idClaims.isGlobalAdministrator)
  return { kind: isGranted ? 'granted' : 'notAdministrator' }
}

export const localReset = localResetMachine.provide({
  actors: {
    authorize: working<Permission, AdministratorCredentials>(permissionOf),
    checkRecovery: working<Trouble | null>(({ device }) => refuseReset(device, 'autopilotReset') ?? null),
  },
})

export const restoring = restoringMachine.provide({
  actors: {
    watchSessions: watching<SyncedEvent>(({ device }, { sendBack }) => {
      let isTold = false
      const look = () => {
        if (isTold || device.sessionsSinceStart === 0) return
        isTold = true
        device.log('resetRestored')
        if (device.disk.reset?.kind === 'autopilotReset') {
          device.csp.set(REDEPLOYMENT_NODES.status, 'int', REDEPLOYMENT_STATUS.complete)
        }
        sendBack({ type: 'management.synced' })
      }
      const stop = device.onManagementEvent((event) => {
        if (event === 'session.held') look()
      })
      look()
      return stop
    }),
  },
})
