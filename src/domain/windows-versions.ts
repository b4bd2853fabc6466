/** A version of Windows 11. */
export interface WindowsVersion {
  name: string
  /** The third part of its build numbers. */
  build: number
  /** UTC; undefined where no source is known. */
  releasedOn?: string
  /** The last day with updates, UTC; undefined where no source is known. */
  servicedUntil: { general?: string; extended?: string }
  /** B: a report about Microsoft's lifecycle page; K: general knowledge. */
  tag: 'B' | 'K'
}

/** Oldest first (oobe-autopilot-esp.md, 0.1 item 1). */
export const WINDOWS_VERSIONS: readonly WindowsVersion[] = [
  {
    name: '21H2',
    build: 22000,
    releasedOn: '2021-10-05',
    servicedUntil: { general: '2023-10-10', extended: '2024-10-08' },
    tag: 'K',
  },
  {
    name: '22H2',
    build: 22621,
    releasedOn: '2022-09-20',
    servicedUntil: { general: '2024-10-08', extended: '2025-10-14' },
    tag: 'K',
  },
  {
    name: '23H2',
    build: 22631,
    releasedOn: '2023-10-31',
    servicedUntil: { general: '2025-11-11', extended: '2026-11-10' },
    tag: 'K',
  },
  {
    name: '24H2',
    build: 26100,
    releasedOn: '2024-10-01',
    servicedUntil: { general: '2026-10-13', extended: '2027-10-12' },
    tag: 'B',
  },
  {
    name: '25H2',
    build: 26200,
    releasedOn: '2025-09-30',
    servicedUntil: { general: '2027-10-12', extended: '2028-10-10' },
    tag: 'K',
  },
  { name: '26H2', build: 26300, releasedOn: '2026-09-29', servicedUntil: {}, tag: 'B' },
  { name: '26H1', build: 28000, servicedUntil: {}, tag: 'B' },
]

interface EditionFacts {
  /** `OperatingSystemSKU` (winnt.h). 203 CloudEdition is Windows 11 SE, 101 Core is Home. */
  sku: number
  /** Editions for companies and schools are serviced for a year longer. */
  servicing: 'general' | 'extended'
  /** The build of its last version, where it has one. */
  lastBuild?: number
}

/** Editions of Windows 11. Windows 11 SE and Pro Education follow Home and Pro (0.1 item 1 [B]). */
export const EDITIONS = {
  SE: { sku: 203, servicing: 'general', lastBuild: 26100 },
  Home: { sku: 101, servicing: 'general' },
  Pro: { sku: 48, servicing: 'general' },
  'Pro Education': { sku: 164, servicing: 'general' },
  Education: { sku: 121, servicing: 'extended' },
  Enterprise: { sku: 4, servicing: 'extended' },
} as const satisfies Record<string, EditionFacts>

export type Edition = keyof typeof EDITIONS

export const EDITION_NAMES = Object.keys(EDITIONS) as [Edition, ...Edition[]]

/** The parts of a build such as `10.0.26100.4652`: the version's number, and the revision of its last update. */
export function buildParts(build: string): { number: number; revision: number } {
  const [, , number, revision] = build.split('.').map(Number)
  return { number: number ?? 0, revision: revision ?? 0 }
}

/** The version of a build such as `10.0.26100.4652`; undefined for one that the edition never had, or that is not known. */
export function versionOf(edition: Edition, build: string): WindowsVersion | undefined {
  const { number } = buildParts(build)
  const { lastBuild }: EditionFacts = EDITIONS[edition]
  if (lastBuild !== undefined && number > lastBuild) return undefined
  return WINDOWS_VERSIONS.find((version) => version.build === number)
}

/** The last day with updates of a device's Windows; undefined where no source says one. */
export const servicedUntil = (edition: Edition, build: string): string | undefined =>
  versionOf(edition, build)?.servicedUntil[EDITIONS[edition].servicing]

/** @param now Unix milliseconds. True also where no end is known. */
export function isServiced(edition: Edition, build: string, now: number): boolean {
  const last = servicedUntil(edition, build)
  return last === undefined || now < Date.parse(`${last}T00:00:00Z`) + 86_400_000
}
