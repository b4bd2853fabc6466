import { VirtualDevice } from '../device/virtual-device.ts'
import type { NetworkEnvironment } from '../domain/network.ts'
import { Journal } from '../journal/writer.ts'
import { createHttpClient } from '../ports/exchanges.ts'
import type { FaultGate } from '../ports/http.ts'
import { seededIds } from '../ports/ids.ts'
import { seededChance } from '../ports/seeded-chance.ts'
import { seededChoices } from '../ports/seeded-choices.ts'
import { VirtualTimeline } from '../ports/virtual-timeline.ts'
import { shownBody } from '../service/content/shown-body.ts'
import type { SessionService } from '../service/service.ts'
import { RecordedChoices } from './recorded-choices.ts'
import type { RunOptions } from './run-options.ts'
import { chanceSeedOf, type RunDevice } from './run-spec.ts'
import { open, type Vault } from './seal.ts'
import { SecretNames } from './secret-names.ts'

interface WorldParts {
  /** By how much the device's clock is wrong. */
  skewMs: () => number
  arrive: FaultGate
  /** The run has ended. */
  over: AbortSignal
}

/** What a run is played in: its time, its journal, its device, and the way to its services. */
export interface World {
  choices: RecordedChoices
  timeline: VirtualTimeline
  journal: Journal
  secrets: SecretNames
  device: VirtualDevice
  service: SessionService
}

export function worldOf(options: RunOptions, { skewMs, arrive, over }: WorldParts): World {
  const { spec, vault, again, means } = options
  const seed = chanceSeedOf(spec)
  const startsAt = Date.parse(spec.startsAt)
  const pinned = new Map(Object.entries(spec.choices).map(([choice, picked]) => [Number(choice), picked]))
  const choices: RecordedChoices = new RecordedChoices(
    { write: (fact) => journal.write(fact) },
    seededChoices(seededChance(seed, 'timing')),
    again?.choices ?? pinned,
  )
  const timeline = new VirtualTimeline(choices, options.pace)
  const journal = new Journal(() => timeline.now, options.sink)
  const [own, others] = ofOneDevice(vault)
  journal.protectShared(others)
  for (const secret of own) journal.protect(secret)
  for (const secret of [means?.token, means?.password?.password]) if (secret) journal.protect(secret.reveal())
  const secrets = new SecretNames(vault, (name, value) => {
    journal.protect(value)
    options.onSecret?.(name, value)
  })
  const device = new VirtualDevice({
    definition: { ...open<RunDevice>(spec.device, vault), provenance: {} },
    environment: open<NetworkEnvironment>(spec.network, vault),
    keys: options.keys,
    journal,
    chance: seededChance(seed, 'identity'),
    clock: () => startsAt + timeline.now + skewMs(),
    senses: { now: () => timeline.now, skewMs, chance: seededChance(seed, 'network') },
    signInPolicies: spec.tenant.policies.filter(({ breaksSignIn }) => breaksSignIn).map(({ policy }) => policy),
    restartPolicies: spec.tenant.policies.filter(({ restarts }) => restarts).map(({ policy }) => policy),
  })
  const service: SessionService = {
    http: createHttpClient({
      over,
      timeline,
      journal,
      shown: shownBody,
      network: device.network,
      faults: arrive,
      transport: options.transport(() => startsAt + timeline.now),
      authorities: () => device.authorities,
      takesShortAnswers: () => device.behaviour.allowsShortAnswer,
      ...(options.guardMs === undefined ? {} : { guardMs: options.guardMs }),
    }),
    endpoints: options.endpoints,
    ...(means ? { means } : {}),
    isStopped: (request) => device.network.stops(request),
    takesChunkedAnswers: () => device.behaviour.allowsChunkedAnswer,
    wait: (ms, signal) => timeline.sleep(ms, signal),
    ids: seededIds(seededChance(seed, 'payload')),
  }
  return { choices, timeline, journal, secrets, device, service }
}

/** The secrets that a device has for itself, and those that all devices of the same school have. */
function ofOneDevice(vault: Vault): [own: string[], others: string[]] {
  const isOwn = (name: string) => name.startsWith('device.') || name.startsWith('registeredAs.')
  const entries = Object.entries(vault)
  const valuesOf = (wanted: boolean) => entries.filter(([name]) => isOwn(name) === wanted).map(([, value]) => value)
  return [valuesOf(true), valuesOf(false)]
}
