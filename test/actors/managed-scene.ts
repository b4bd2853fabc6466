import { type AnyStateMachine, createActor, type InputFrom, type OutputFrom, toPromise } from 'xstate'
import type { SessionInput, SessionOutcome } from '../../machines/management/session.ts'
import { type Bindings, bindRun } from '../../src/actors/bindings.ts'
import type { Memory } from '../../src/actors/memory.ts'
import { session } from '../../src/actors/session.ts'
import { VirtualDevice } from '../../src/device/virtual-device.ts'
import { MOCK_ENDPOINTS } from '../../src/domain/endpoints.ts'
import type { HttpRequest } from '../../src/domain/http.ts'
import type { JournalFact } from '../../src/domain/journal.ts'
import { DEFAULT_NETWORK } from '../../src/domain/network.ts'
import { failure, success } from '../../src/domain/trouble.ts'
import { startTenant } from '../../src/mock-service/connect.ts'
import { order, skipPlans } from '../../src/mock-service/oma-dm/device-session.ts'
import { newDevice } from '../../src/mock-service/oma-dm/managed-device.ts'
import type { Order } from '../../src/mock-service/oma-dm/orders.ts'
import { PROVIDER_ID } from '../../src/mock-service/oma-dm/provider.ts'
import { seededIds } from '../../src/ports/ids.ts'
import { derivedKeys } from '../../src/ports/rsa-keys.ts'
import { seededChance } from '../../src/ports/seeded-chance.ts'
import { inOrder } from '../../src/ports/seeded-choices.ts'
import { VirtualTimeline } from '../../src/ports/virtual-timeline.ts'
import { encodingOf, readSyncML } from '../../src/protocols/syncml/encodings.ts'
import type { SyncMLMessage } from '../../src/protocols/syncml/message.ts'
import { createCertificate, thumbprint } from '../../src/protocols/x509/certificate.ts'
import { loadDeviceFile, loadTenantFile } from '../../src/scenario/library.ts'
import { signWith, spkiOf, subjectKey } from '../protocols/x509/keys.ts'

const STARTS_AT = Date.parse('2026-11-22T10:00:00Z')
export const ADDRESS = new URL('/devicemanagement/sync', MOCK_ENDPOINTS.discovery).href
export const ENROLMENT = new URL('/EnrollmentServer/Enrollment.svc', MOCK_ENDPOINTS.discovery).href
export const PROVIDER = `./Device/Vendor/MSFT/DMClient/Provider/${encodeURIComponent(PROVIDER_ID)}`

export interface Reached {
  request: HttpRequest
  message: SyncMLMessage
  at: number
}

/** An enrolled device and its server, without the first boot around them. What the tenant would order is already done. */
export function managedScene(file = 'surface-laptop-se') {
  const facts: JournalFact[] = []
  const timeline = new VirtualTimeline(inOrder)
  const device = new VirtualDevice({
    // What is timed here begins with the session itself.
    definition: { ...loadDeviceFile(file), setup: { firstSessionSeconds: 0 } },
    environment: DEFAULT_NETWORK,
    keys: derivedKeys,
    journal: { write: (fact) => facts.push(fact) },
    chance: seededChance(1, 'identity'),
    clock: () => STARTS_AT + timeline.now,
  })
  const { tenant, handle } = startTenant(
    {
      definition: loadTenantFile('contoso-school'),
      endpoints: MOCK_ENDPOINTS,
      keys: derivedKeys,
      ids: seededIds(seededChance(1, 'service')),
      registered: () => [],
    },
    () => STARTS_AT + timeline.now,
  )
  const name = [{ type: 'CN' as const, value: 'CLS-1' }]
  const certificate = createCertificate({
    serial: Uint8Array.of(1),
    issuer: name,
    subject: name,
    notBefore: new Date(STARTS_AT - 60_000),
    notAfter: new Date('9999-12-31T23:59:59Z'),
    spki: spkiOf(subjectKey),
    sign: signWith(subjectKey),
    extensions: [],
  })
  device.management = {
    providerId: PROVIDER_ID,
    address: ADDRESS,
    certificate,
    store: 'System',
    roots: [],
    intermediates: [],
  }
  device.disk = { ...device.disk, isEnrolled: true }
  device.csp.set(`${PROVIDER}/EntDMID`, 'chr', 'id')
  const server = newDevice(
    {
      entDmId: 'id',
      deviceId: device.deviceId,
      deviceName: 'CLS-1',
      upn: '',
      registered: undefined,
      contentUrl: MOCK_ENDPOINTS.discovery,
    },
    0,
  )
  skipPlans(server)
  tenant.state.management.managed.set(thumbprint(certificate), server)
  const reached: Reached[] = []
  const dead = new Set<string>()
  /** Requests to the enrolment service, and what becomes of them on the way. */
  const enrolments: HttpRequest[] = []
  const altered = { change: (request: HttpRequest): HttpRequest => request }
  const change = (request: HttpRequest) => altered.change(request)
  /** The certificate of each message of a session. */
  const peers: (Uint8Array | undefined)[] = []
  const memory: Memory = {}
  const bindings: Bindings = {
    device,
    timeline,
    journal: { write: (fact) => facts.push(fact) },
    memory,
    chance: seededChance(1, 'identity', 'naming'),
    service: {
      wait: (ms, signal) => timeline.sleep(ms, signal),
      endpoints: MOCK_ENDPOINTS,
      ids: seededIds(seededChance(1, 'payload')),
      http: {
        async send(request, options) {
          const url = request.url.split('?')[0]!
          const peer = options.certificate ? { certificate: options.certificate } : {}
          if (url === ENROLMENT) {
            enrolments.push(request)
            return success(handle(change(request), peer))
          }
          if (url !== ADDRESS && !dead.has(url)) return failure('0x80072ee7', 'name not resolved', url)
          reached.push({
            request,
            message: readSyncML(request.body, encodingOf(request.headers['content-type'])),
            at: timeline.now,
          })
          if (dead.has(url)) return failure('0x80072efd', 'cannot connect', url)
          peers.push(options.certificate)
          return success(handle(request, peer))
        },
      },
    },
  }
  const policy = (name: string) => `./Device/Vendor/MSFT/Policy/Config/Area/${name}`

  /** Plays a bound statechart to its end, as a run does: in the time of the device. */
  async function play<Machine extends AnyStateMachine>(
    machine: Machine,
    input: InputFrom<Machine>,
  ): Promise<OutputFrom<Machine>> {
    const actor = createActor<AnyStateMachine>(machine, { clock: timeline.clock as never, input })
    bindRun(actor.system, bindings)
    let isOver = false
    const ended = toPromise(actor).finally(() => {
      isOver = true
    })
    actor.start()
    await timeline.run({ done: () => isOver, whenEmpty: () => 'stuck' })
    return (await ended) as OutputFrom<Machine>
  }

  /** Holds one session, to which the server brings these orders. */
  async function hold(orders: Order[] = [], input: Partial<SessionInput> = {}): Promise<SessionOutcome> {
    if (orders.length > 0) order(server, ...orders)
    return play(session, { loginStatus: 'none', sessions: 0, ...input })
  }

  return {
    device,
    bindings,
    server,
    tenant,
    handle,
    timeline,
    memory,
    play,
    hold,
    reached,
    dead,
    facts,
    policy,
    enrolments,
    altered,
    peers,
  }
}
