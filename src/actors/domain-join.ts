import { type BlobCameEvent, domainJoinMachine } from '../../machines/pages/domain-join.ts'
import { hybridJoinMachine, type Registration } from '../../machines/pages/hybrid-join.ts'
import type { VirtualDevice } from '../device/virtual-device.ts'
import { BLOB_STATES, DOMAIN_JOIN_BLOB, DOMAIN_JOIN_CONFIGURED, type DomainMember } from '../domain/hybrid-join.ts'
import type { Trouble } from '../domain/trouble.ts'
import { CODE } from '../domain/windows-codes.ts'
import { decodeJoinBlob } from '../protocols/domain-join/blob.ts'
import { findDomainController } from '../service/connectivity/domain-controller.ts'
import { joinDevice } from '../service/entra/join-device.ts'
import { type runOf, watching, working } from './bindings.ts'

export const domainJoin = domainJoinMachine.provide({
  actors: {
    watchBlob: watching<BlobCameEvent>(({ device }, { sendBack }) => {
      device.log('domainJoinWaiting')
      let isTold = false
      const look = () => {
        if (isTold || device.csp.readPut(DOMAIN_JOIN_BLOB) === undefined) return
        isTold = true
        device.log('domainJoinState', { state: BLOB_STATES.processed })
        sendBack({ type: 'blob.came' })
      }
      const stop = device.csp.onChange(look)
      look()
      return stop
    }),

    askForSync: working<void>(({ device }) => {
      device.log('domainJoinState', { state: isConfigured(device) ? BLOB_STATES.waiting : BLOB_STATES.notConfigured })
      device.syncNow()
    }),

    giveUp: working<Trouble>(({ device }) => {
      device.log('domainJoinState', { state: BLOB_STATES.timedOut })
      const text = isConfigured(device)
        ? 'no offline domain join blob came from the management server'
        : 'the management server has no domain join for this device'
      return { code: CODE.domainControllerNotFound, text }
    }),

    checkDomain: working<Trouble | null, boolean>(async ({ device, service }, skipsCheck, signal) => {
      if (skipsCheck) return null
      const { domain } = memberOf(device.csp.readPut(DOMAIN_JOIN_BLOB))
      const found = await findDomainController(service, domain, signal)
      if (found.ok) return null
      device.log('domainJoinNoConnectivity', { domain })
      return { ...found.trouble, code: CODE.domainControllerNotFound }
    }),

    applyBlob: working<DomainMember>(({ device }) => {
      const member = memberOf(device.csp.readPut(DOMAIN_JOIN_BLOB))
      device.log('domainJoinApplied', { computer: member.computerName, domain: member.domain })
      return member
    }),
  },
})

const isConfigured = ({ csp }: VirtualDevice): boolean => csp.readBool(DOMAIN_JOIN_CONFIGURED)

function memberOf(blob: string | undefined): DomainMember {
  if (blob === undefined) throw new Error('a domain is joined without a blob')
  return decodeJoinBlob(blob)
}

export const hybridJoin = hybridJoinMachine.provide({
  actors: {
    register: working<Registration>(async (run, _, signal) => {
      const { device, service, memory } = runOfPerson(run)
      const answer = await joinDevice(
        service,
        {
          token: memory.logon.accessToken,
          domain: device.disk.profile?.tenantDomain ?? '',
          deviceName: device.disk.deviceName,
          osVersion: device.windows.build,
          deviceKey: device.key('join'),
          transportKey: device.key('transport'),
          registrationId: device.disk.profile?.ztdRegistrationId,
          joinType: 'hybrid',
        },
        signal,
      )
      if (!answer.ok) {
        device.log('hybridJoinFailed', { code: answer.trouble.code, text: answer.trouble.text })
        return { kind: 'waiting', trouble: answer.trouble }
      }
      device.joinCertificate = answer.value
      device.log('hybridJoinSucceeded')
      delete memory.logon.managementToken
      return { kind: 'joined' }
    }),
  },
})

function runOfPerson(run: ReturnType<typeof runOf>) {
  const { logon } = run.memory
  if (!logon) throw new Error('a hybrid join without a person')
  return { ...run, memory: { ...run.memory, logon } }
}
