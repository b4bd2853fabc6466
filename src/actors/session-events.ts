import type { VirtualDevice } from '../device/virtual-device.ts'
import type { Trouble } from '../domain/trouble.ts'
import type { SessionRequest } from '../service/oma-dm/session-request.ts'

/** Where the order to hold it came from, in the words of the event: values as seen in one (8.3 [F]); the others are assumed. */
const ORIGINS = { device: '0x1', server: '0x2' } as const
const PUSHED = '0x25'
const MAINTENANCE = '0x2'
const OTHER_MODE = '0x1'
const BY_CERTIFICATE = '0x3'

/** What of a session is in its events. */
interface BegunSession {
  account: { providerId: string }
  request: Pick<SessionRequest, 'startedBy' | 'mode'>
  startedBy: string | undefined
}

const hex = (number: number): string => `0x${number.toString(16).toUpperCase()}`

/** 208: a session begins. */
export function noteBegin(
  { log, enrollmentId }: VirtualDevice,
  { account, request, startedBy }: BegunSession,
  sessionId: number,
): void {
  log('sessionBegun', {
    enrollment: enrollmentId,
    server: account.providerId,
    push: startedBy === 'push' ? PUSHED : '0x0',
    agent: ORIGINS[request.startedBy ?? 'device'],
    initiator: request.startedBy === 'server' ? '0x1' : '0x0',
    mode: request.mode === 'Maintenance' ? MAINTENANCE : OTHER_MODE,
    session: hex(sessionId),
    authentication: BY_CERTIFICATE,
  })
}

/** 209: it is over; 201 says before it what could not be sent. */
export function noteEnd({ log }: VirtualDevice, trouble?: Trouble): void {
  if (trouble) log('sessionFailed', { code: trouble.code })
  log('sessionEnded', {
    status: trouble ? `Unknown Win32 Error code: ${trouble.code}` : 'The operation completed successfully.',
  })
}
