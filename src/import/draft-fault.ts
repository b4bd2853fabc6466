import { isLookupCode, lookupName } from '../domain/autopilot.ts'
import type { Fault } from '../domain/faults/fault.ts'
import { FAULTS } from '../domain/faults/faults.ts'
import { CODE, httpStatusOf } from '../domain/windows-codes.ts'
import { type DraftedApps, isDownloadCode } from './draft-apps.ts'
import { lookupCode } from './draft-tenant.ts'
import { type End, isManaged } from './ending.ts'
import { codeIn } from './facts.ts'
import type { Guess, Plain } from './guess.ts'
import { eventsOf, type Incident } from './incident.ts'

/** What went wrong, in the words of a scenario: facts of the device and the tenant, and events. */
export interface DraftedFault {
  device?: Plain
  tenant?: Plain
  network?: Plain
  events?: Plain[]
  guesses: Guess[]
}

const NOTHING: DraftedFault = { guesses: [] }

/** As often as any page tries. */
const ALWAYS = 100

export function draftedFault(incident: Incident, end: End, apps: DraftedApps): DraftedFault {
  const lookup = lookupFault(incident)
  const own = end.kind === 'failed' ? faultOf(incident, end, apps) : sessionFault(incident)
  return {
    ...own,
    ...(lookup.events || own.events ? { events: [...(lookup.events ?? []), ...(own.events ?? [])] } : {}),
    guesses: [...lookup.guesses, ...own.guesses],
  }
}

/** The device enrolled, and no session was held: something on the way ends its connection with the client certificate. */
function sessionFault(incident: Incident): DraftedFault {
  if (!incident.isManaged || isManaged(incident)) return NOTHING
  return {
    network: { inspect: { hosts: ['*.manage.microsoft.com'], trusted: true } },
    guesses: [
      { path: 'network', text: 'no session was held: TLS inspection, which a client certificate does not pass' },
    ],
  }
}

/** Answers of the look-up that no fact of a tenant gives, and a look-up that got none. */
function lookupFault(incident: Incident): DraftedFault {
  if (incident.profile) return NOTHING
  const code = lookupCode(incident)
  if (code === '809' || code === '908') {
    if (!isLookupCode(code)) return NOTHING
    const body = JSON.stringify({ code: Number(code), name: lookupName(code) })
    return {
      events: [{ when: { request: REQUESTS['Autopilot lookup'] }, answer: { status: 404, body }, times: ALWAYS }],
      guesses: [
        {
          path: 'events',
          text: `the look-up is answered with ${code}: which fact of the tenant is behind it, no file says`,
        },
      ],
    }
  }
  const failed = eventsOf(incident, 'autopilot', 314, 706).at(-1)
  if (code !== undefined || !failed) return NOTHING
  const trouble = failed.values.map(codeIn).find((one) => one !== undefined)
  const host = 'ztd.dds.microsoft.com'
  return {
    events: [{ when: { at: '1s' }, ...(trouble === CODE.nameNotResolved ? { dns: host } : { block: host }) }],
    guesses: [{ path: 'events', text: 'the look-up got no answer: its host cannot be reached' }],
  }
}

/** Requests of the operations at which a fault can bite, as an event of a scenario writes them. */
const REQUESTS: Readonly<Record<string, string>> = {
  'Autopilot lookup': 'POST *profiles/lookup',
  'MS-DVRJ device join': 'POST *enrollmentserver/device*',
  'MS-MDE2 Discover': 'POST *discovery.svc',
  'MS-XCEP GetPolicies': 'POST *Policy.svc',
  'MS-WSTEP RequestSecurityToken': 'POST *Enrollment.svc',
  'TPM attestation challenge': 'POST *templates/Aik/challenge',
  'TPM attestation proof': 'POST *templates/Aik/proof',
}

type Failed = Extract<End, { kind: 'failed' }>

function faultOf(incident: Incident, end: Failed, apps: DraftedApps): DraftedFault {
  switch (end.page) {
    case 'enrollmentStatusFailure':
      return appFault(end, apps)
    case 'tpmAttestation':
      return tpmFault(incident, end)
    case 'technicianStatus':
      return end.code === CODE.enrollmentServer ? NOTHING : byTable(incident, { ...end, page: 'enrollment' })
    case 'deviceJoin':
    case 'enrollment':
      return byTable(incident, end)
    default:
      return NOTHING
  }
}

/** A package that did not come; or a code that no app of the files has. */
function appFault({ code }: Failed, { apps, found }: DraftedApps): DraftedFault {
  const undelivered = found.flatMap((app, index) => {
    const isWithoutResult = app.kind === 'win32' && app.exitCode === undefined && app.code === undefined
    return app.state === 'failed' && (isDownloadCode(app.code) || isWithoutResult)
      ? [{ app, id: apps?.[index]?.id }]
      : []
  })
  const events = undelivered.flatMap(({ app, id }): Plain[] =>
    typeof id === 'string' ? [{ when: { request: `GET *${id}*` }, ...undeliveredBy(app.code), times: ALWAYS }] : [],
  )
  if (events.length > 0) return { events, guesses: [{ path: 'events', text: 'the package of an app did not come' }] }
  if (code === CODE.timedOut || found.some(({ state }) => state === 'failed')) return NOTHING
  const row = FAULTS.find((one) => one.family === 'app' && one.code === code && one.facts?.app !== undefined)
  if (!row?.facts?.app) return NOTHING
  const app = {
    ...{
      id: '00000000-0000-4000-8000-000000000999',
      name: 'Safe Exam Browser',
      publisher: 'SEB Consortium',
      version: '99.0',
    },
    ...row.facts.app,
  }
  return {
    tenant: { apps: [...(apps ?? []), app] },
    guesses: [{ path: 'tenant.with.apps', text: `no file says which app failed with ${code}: one that does` }],
  }
}

function undeliveredBy(code: string | undefined): Plain {
  const status = code === undefined ? undefined : httpStatusOf(code)
  if (status !== undefined) return { answer: { status } }
  return code === CODE.hashMismatch ? { corrupt: true } : { drop: true }
}

function tpmFault(incident: Incident, end: Failed): DraftedFault {
  if (incident.device.hasTpm === false) return NOTHING
  if (end.code !== CODE.timedOut) return byTable(incident, end)
  return {
    device: { tpm: null },
    guesses: [{ path: 'device.with.tpm', text: 'the TPM did not answer: the device has none' }],
  }
}

/** The faults that are known by name: the first whose page and code are those of the end. */
function byTable(incident: Incident, { page, code }: Failed): DraftedFault {
  const rows = FAULTS.filter((one) => one.page === page && one.code?.toLowerCase() === code && one.in !== 'log')
  const row = rows.find((one) => one.facts === undefined || one.facts.person === undefined)
  const guess = (text: string): Guess[] => [{ path: 'events', text }]
  if (!row) {
    const status = httpStatusOf(code)
    const when = { request: REQUESTS[page === 'deviceJoin' ? 'MS-DVRJ device join' : requestOf(incident)] }
    const does = status === undefined ? { corrupt: true } : { answer: { status } }
    return {
      events: [{ when, ...does, times: ALWAYS }],
      guesses: guess(`no fault is known that shows ${code}: the answer is spoilt`),
    }
  }
  const { facts, does } = row
  return {
    ...(facts?.device ? { device: { ...facts.device } } : {}),
    ...(facts?.tenant ? { tenant: { ...facts.tenant } } : {}),
    ...(facts?.network ? { network: { ...facts.network } } : {}),
    ...(does ? { events: [eventOf(row, incident)] } : {}),
    guesses: [{ path: does ? 'events' : placeOf(row), text: `one of the causes of ${code}: ${row.about}` }],
  }
}

const placeOf = ({ facts }: Fault): string => (facts?.device ? 'device' : facts?.network ? 'network' : 'tenant')

function eventOf({ bites, does }: Fault, incident: Incident): Plain {
  const { for: lasts, times: _, ...effect } = does!
  const when =
    'requests' in bites
      ? { request: requestIn(bites.requests, incident) }
      : 'states' in bites && bites.states !== 'all'
        ? { state: bites.states[0] }
        : { at: '1s' }
  return {
    when,
    ...effect,
    ...(lasts === undefined ? {} : { for: lasts }),
    ...('requests' in bites ? { times: ALWAYS } : {}),
  }
}

const requestIn = (operations: readonly string[], incident: Incident): string => {
  const seen = requestOf(incident)
  return REQUESTS[operations.includes(seen) ? seen : operations[0]!] ?? `POST *`
}

/** Which request of the enrolment failed, by the event of its answer. */
function requestOf(incident: Incident): string {
  if (eventsOf(incident, 'management', 9, 11, 17).length > 0) return 'MS-WSTEP RequestSecurityToken'
  return eventsOf(incident, 'management', 5, 7).length > 0 ? 'MS-XCEP GetPolicies' : 'MS-MDE2 Discover'
}
