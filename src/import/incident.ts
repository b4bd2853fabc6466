import { CHANNEL } from '../domain/events.ts'
import type { AppFact, CategoryFact, DeviceFact, EventFact, Fact, PageFact, RefusedFact, TrackedFact } from './facts.ts'

/** What all files of a device say together. */
export interface Incident {
  device: Omit<DeviceFact, 'kind'>
  /** The profile; undefined where no file has one. */
  profile: Readonly<Record<string, unknown>> | undefined
  /** It came from a file on the disk, and no look-up brought one. */
  isProfileOfFile: boolean
  hasNoProfile: boolean
  hasJoined: boolean | undefined
  isManaged: boolean
  isSetupOver: boolean | undefined
  /** The management tree, by URI; the name of the provider is `P`. */
  nodes: ReadonlyMap<string, string>
  categories: ReadonlyMap<CategoryFact['id'], CategoryFact>
  /** Moments of an entry of the status page's lists, in time. */
  tracked: readonly TrackedFact[]
  apps: readonly AppFact[]
  /** In time, each once. */
  events: readonly EventFact[]
  pages: readonly PageFact[]
  refused: readonly RefusedFact[]
  /** What must not be in the scenario. */
  identities: ReadonlyMap<string, 'person' | 'device' | 'organization'>
  /** Milliseconds since 1970 of the first thing that has a time. */
  beganAt: number | undefined
}

/** Events that say something of how a first boot went: by the channel. All others are counted, and not kept. */
const KEPT: Readonly<Record<string, readonly number[]>> = {
  [CHANNEL.autopilot]: [153, 156, 163, 169, 171, 172, 310, 311, 312, 313, 314, 500, 509, 703, 706, 807, 809, 815, 908],
  [CHANNEL.managementService]: [509],
  [CHANNEL.management]: [5, 7, 9, 11, 17, 32, 39, 72, 75, 76, 201, 209, 2800, 1924],
  [CHANNEL.shell]: [62404, 62405, 62407, 62411],
  [CHANNEL.registration]: [105, 201, 203, 204, 304, 305],
  [CHANNEL.packages]: [404],
}

/** Of the message table: the file could not be loaded, could not be parsed, has a bad ZtdCorrelationId (8.1 [F]). */
const REFUSALS_OF_FILE: readonly number[] = [311, 312, 313]

/** A device has some thousand nodes; more than this no first boot has. */
const NODES_MAX = 20_000
const LIST_MAX = 20_000

/** Takes what readers find, and keeps what a scenario can be made of. */
export class IncidentFacts {
  readonly #nodes = new Map<string, string>()
  readonly #categories = new Map<CategoryFact['id'], CategoryFact>()
  readonly #identities = new Map<string, 'person' | 'device' | 'organization'>()
  readonly #events = new Map<string, EventFact>()
  readonly #tracked = new Map<string, TrackedFact>()
  readonly #apps: AppFact[] = []
  readonly #pages: PageFact[] = []
  readonly #refused: RefusedFact[] = []
  #device: Omit<DeviceFact, 'kind'> = {}
  #profile: Record<string, unknown> | undefined
  #profileFile: Record<string, unknown> | undefined
  #hasNoProfile = false
  #hasJoined: boolean | undefined
  #isManaged = false
  #isSetupOver: boolean | undefined
  #beganAt: number | undefined

  take(fact: Fact): void {
    if ('at' in fact && fact.at !== undefined) this.#beganAt = Math.min(this.#beganAt ?? fact.at, fact.at)
    switch (fact.kind) {
      case 'event':
        if (KEPT[fact.channel]?.includes(fact.id)) this.#keep(this.#events, JSON.stringify(fact), fact)
        return
      case 'node':
        if (this.#nodes.size < NODES_MAX) this.#nodes.set(plainUri(fact.uri), fact.value)
        return
      case 'tracked':
        this.#keep(this.#tracked, JSON.stringify(fact), fact)
        return
      case 'category':
        this.#categories.set(fact.id, fact)
        return
      case 'app':
        if (this.#apps.length < LIST_MAX) this.#apps.push(fact)
        return
      case 'page':
        if (this.#pages.length < LIST_MAX) this.#pages.push(fact)
        return
      case 'refused':
        if (this.#refused.length < LIST_MAX) this.#refused.push(fact)
        return
      case 'profile':
        this.#identifyIn(fact.json)
        this.#profile = { ...this.#profile, ...fact.json }
        return
      case 'profileFile':
        this.#identifyIn(fact.json)
        this.#profileFile = fact.json
        return
      case 'noProfile':
        this.#hasNoProfile = true
        return
      case 'device': {
        const { kind: _, ...facts } = fact
        // The longer build is the more exact one.
        const build = [this.#device.build ?? '', facts.build ?? ''].sort((a, b) => b.length - a.length)[0]!
        this.#device = { ...facts, ...this.#device, ...(build === '' ? {} : { build }) }
        return
      }
      case 'joined':
        this.#hasJoined = fact.is || this.#hasJoined === true
        return
      case 'managed':
        this.#isManaged = true
        return
      case 'setupOver':
        this.#isSetupOver = fact.is || this.#isSetupOver === true
        return
      case 'identity':
        this.#identify(fact.text, fact.of)
    }
  }

  #identifyIn(profile: Readonly<Record<string, unknown>>): void {
    for (const name of ['CloudAssignedTenantDomain', 'CloudAssignedTenantId', 'CloudAssignedTenantUpn']) {
      const text = profile[name]
      if (typeof text === 'string') this.#identify(text, name.endsWith('Upn') ? 'person' : 'organization')
    }
  }

  /** The domain of a person's address names the organization, and so does the first word of a domain. */
  #identify(text: string, of: 'person' | 'device' | 'organization'): void {
    if (text === '' || this.#identities.size >= LIST_MAX) return
    this.#identities.set(text, of)
    const domain = of === 'person' ? text.split('@')[1] : undefined
    if (domain !== undefined) this.#identities.set(domain, 'organization')
  }

  whole(): Incident {
    const ofFile = this.#profile === undefined && !this.#isFileRefused() ? this.#profileFile : undefined
    return {
      device: this.#device,
      profile: this.#profile ?? ofFile,
      isProfileOfFile: ofFile !== undefined,
      hasNoProfile: this.#hasNoProfile,
      hasJoined: this.#hasJoined,
      isManaged: this.#isManaged,
      isSetupOver: this.#isSetupOver,
      nodes: this.#nodes,
      categories: this.#categories,
      identities: this.#identities,
      tracked: inTime([...this.#tracked.values()]),
      apps: inTime(this.#apps),
      events: inTime([...this.#events.values()]),
      pages: inTime(this.#pages),
      refused: inTime(this.#refused),
      beganAt: this.#beganAt,
    }
  }

  /** The event log says why Windows does not take the file. */
  #isFileRefused(): boolean {
    return [...this.#events.values()].some(
      ({ channel, id }) => channel === CHANNEL.autopilot && REFUSALS_OF_FILE.includes(id),
    )
  }

  #keep<Kept>(map: Map<string, Kept>, key: string, fact: Kept): void {
    if (map.size < LIST_MAX) map.set(key, fact)
  }
}

/** What has no time stays where it was found, behind what has one. */
const inTime = <One extends { at?: number }>(list: readonly One[]): One[] =>
  list.toSorted((a, b) => (a.at ?? Number.MAX_SAFE_INTEGER) - (b.at ?? Number.MAX_SAFE_INTEGER))

const plainUri = (uri: string): string => uri.replace(/\/DMClient\/Provider\/[^/]+\//, '/DMClient/Provider/P/')

/** A value of `FirstSyncStatus`. */
export const firstSync = ({ nodes }: Incident, name: string, scope: 'Device' | 'User' = 'Device'): string | undefined =>
  nodes.get(`./${scope}/Vendor/MSFT/DMClient/Provider/P/FirstSyncStatus/${name}`)

/** Nodes whose URI fits, with what its groups have. */
export const nodesLike = ({ nodes }: Incident, pattern: RegExp): { parts: string[]; value: string }[] =>
  [...nodes].flatMap(([uri, value]) => {
    const found = pattern.exec(uri)
    return found ? [{ parts: found.slice(1).map((part) => part ?? ''), value }] : []
  })

export const eventsOf = ({ events }: Incident, channel: keyof typeof CHANNEL, ...ids: number[]): EventFact[] =>
  events.filter((event) => event.channel === CHANNEL[channel] && ids.includes(event.id))

/** The user's part of the tree: before it comes, what a school has for users is not seen. */
export const reachedUser = (incident: Incident): boolean => nodesLike(incident, /^(\.\/User\/)/).length > 0
