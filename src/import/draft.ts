import type { TenantDefinition } from '../domain/tenant.ts'
import { DEFAULT_START } from '../domain/world.ts'
import { draftedApps } from './draft-apps.ts'
import { draftedDevice } from './draft-device.ts'
import { draftedExpectations, hasPerson, titleOf } from './draft-expectations.ts'
import { draftedFault } from './draft-fault.ts'
import { draftedPerson } from './draft-person.ts'
import { draftedTenant } from './draft-tenant.ts'
import { type End, endOf, isPreProvisioned, isPrepared } from './ending.ts'
import type { Guess, Plain } from './guess.ts'
import type { Incident } from './incident.ts'

/** A scenario as a value, before it was played. */
export interface Draft {
  scenario: Plain
  guesses: Guess[]
  end: End
}

/** The shipped school of an import: one for Autopilot profiles, one for device preparation. */
export const schoolOf = (incident: Incident): string => (isPrepared(incident) ? 'northwind-college' : 'contoso-school')

/** One function from facts to a scenario. The same facts give the same scenario; no identity of the facts is in it. */
export function draftOf(incident: Incident, school: TenantDefinition): Draft {
  const end = endOf(incident)
  const device = draftedDevice(incident, school)
  const apps = draftedApps(incident, end, school, device.edition)
  const tenant = draftedTenant(incident, end, device.use, school, apps)
  const fault = draftedFault(incident, end, apps)
  const person = draftedPerson(incident, end, device.isWired, apps)
  const changes = { ...tenant.with, ...fault.tenant }
  const deviceChanges = { ...device.with, ...fault.device }
  const events = [...(fault.events ?? []), ...resealedFor(incident, end)]
  const network = device.isWired ? 'school-cable' : 'school-wifi'
  return {
    end,
    guesses: [...device.guesses, ...tenant.guesses, ...apps.guesses, ...person.guesses, ...fault.guesses],
    scenario: {
      title: titleOf(end, incident),
      device: used(device.use, deviceChanges),
      tenant: used(school.id, changes),
      seed: 1,
      ...startOf(incident),
      network: fault.network === undefined ? network : { use: network, with: fault.network },
      ...(person.person === undefined ? {} : { person: person.person }),
      ...(events.length === 0 ? {} : { events }),
      expect: draftedExpectations(incident, end),
    },
  }
}

/** A pre-provisioned device waits, switched off, for its user. */
const resealedFor = (incident: Incident, end: End): Plain[] =>
  isPreProvisioned(incident) && end.kind !== 'resealed' && (end.kind === 'over' || hasPerson(incident))
    ? [{ when: { state: 'technicianStatus.sealing' }, later: '1h', power: 'on' }]
    : []

const used = (use: string, changes: Plain): unknown =>
  Object.keys(changes).length === 0 ? use : { use, with: changes }

/** The day of the incident, at its hour: updates and certificates follow from it. */
function startOf({ beganAt }: Incident): { startsAt?: string } {
  if (beganAt === undefined) return {}
  const startsAt = new Date(Math.floor(beganAt / HOUR_MS) * HOUR_MS).toISOString().replace('.000Z', 'Z')
  const isUsual = Date.parse(startsAt) === Date.parse(DEFAULT_START)
  return isUsual || !isPlausible(beganAt) ? {} : { startsAt }
}

const HOUR_MS = 3_600_000

/** Before Windows 11 there is no first boot of it; a dead battery says 2000. */
const isPlausible = (at: number): boolean => at > Date.UTC(2021, 9, 5) && at < Date.UTC(2036, 0, 1)
