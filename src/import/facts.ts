import type { EspCategoryId } from '../domain/esp.ts'

/** Something that a file of a real device says. Each reader yields these, and nothing else of it is kept. */
export type Fact =
  | EventFact
  | NodeFact
  | TrackedFact
  | CategoryFact
  | AppFact
  | PageFact
  | RefusedFact
  /** The profile of the look-up, or what the registry keeps of it. */
  | { kind: 'profile'; json: Readonly<Record<string, unknown>> }
  /** `AutopilotConfigurationFile.json`, which a school puts onto the disk. */
  | { kind: 'profileFile'; json: Readonly<Record<string, unknown>> }
  /** The look-up brought none. */
  | { kind: 'noProfile' }
  | DeviceFact
  /** Whether the device has joined Microsoft Entra. */
  | { kind: 'joined'; is: boolean }
  /** An account of device management is there. */
  | { kind: 'managed' }
  /** Whether Windows Setup is complete: the first boot is over. */
  | { kind: 'setupOver'; is: boolean }
  /** The name of a person, a device or an organization: it must not be in the scenario. */
  | { kind: 'identity'; of: 'person' | 'device' | 'organization'; text: string }

/** An event of a Windows event log. Its sentence may be in any language: only its fields count, and identifiers in them. */
export interface EventFact {
  kind: 'event'
  channel: string
  id: number
  /** Milliseconds since 1970; left out where the file has no time. */
  at?: number
  /** The fields in their order, and the sentence last where there is one. */
  values: readonly string[]
}

/** A node of the management tree, as the device or its server has written it. */
export interface NodeFact {
  kind: 'node'
  uri: string
  value: string
}

/** What the status page noted of an entry of its lists at a moment. */
export interface TrackedFact {
  kind: 'tracked'
  scope: 'device' | 'user'
  /** `ExpectedMSIAppPackages`, …, or a provider such as `Sidecar`. */
  list: string
  /** Its node, or of a provider the key of the app. */
  entry: string
  state: number
  at?: number
}

/** A category of the status page with its steps, as `AutopilotSettings` keeps it. */
export interface CategoryFact {
  kind: 'category'
  id: EspCategoryId
  state: string
  steps: readonly { name: string; state: string; text: string }[]
}

/** What a log or the registry says of an app. Left out is what that place does not say. */
export interface AppFact {
  kind: 'app'
  type: 'msi' | 'win32' | 'msix' | 'script'
  /** Product code, or the id in Intune, in lower case and without brackets; of MSIX the package family name. */
  id: string
  scope?: 'device' | 'user'
  name?: string
  state?: 'installing' | 'installed' | 'failed' | 'skipped'
  exitCode?: number
  /** Windows code. */
  code?: string
  at?: number
}

/** How a page of the first boot ended, where no event log says it: a session of a monitoring tool. */
export interface PageFact {
  kind: 'page'
  says: 'statusPageFailed' | 'statusPageTimedOut' | 'statusPageExited' | 'desktop' | 'preProvisioned'
  code?: string
  at?: number
}

/** A request that was refused: a capture of the wire has it. */
export interface RefusedFact {
  kind: 'refused'
  request: 'lookup' | 'join' | 'enrolment'
  /** Windows code, or the number of the look-up's answer. */
  code: string
  at?: number
}

export interface DeviceFact {
  kind: 'device'
  manufacturer?: string
  model?: string
  /** `10.0.26100.4652`, or as much of it as there is. */
  build?: string
  /** `EditionID`, or a name of the edition. */
  edition?: string
  hasTpm?: boolean
}

/** How a reader hands on what it found. */
export type Take = (fact: Fact) => void

/** A file as a reader gets it. */
export interface TextFile {
  /** Where it lies, for messages. */
  name: string
  text: string
}

/** One format, one reader. */
export interface Reader {
  /** What it reads, in the words of the report. */
  format: string
  /** Whether a file is of this format, by its first characters. */
  recognises(head: string, name: string): boolean
  /** What of the file could not be read, one line each. Throws nothing for any text. */
  read(file: TextFile, take: Take): string[]
}

/** `2149056536`, `-2145910760`, `0x80180018` and `80180018` are one code. Undefined for another text. */
export function codeIn(text: string): string | undefined {
  // Not a part of a GUID.
  const [, hex] = /(?<![\w-])(?:0x)?([89a-f][0-9a-f]{7})(?![\w-])/i.exec(text) ?? []
  if (hex !== undefined && /\d/.test(hex)) return `0x${hex.toLowerCase()}`
  const [, decimal] = /(?:^|[\s("':=])(-\d{9,10}|[23]\d{9}|4[0-2]\d{8})(?=$|[\s)"',.;])/.exec(text) ?? []
  return decimal === undefined ? undefined : `0x${(Number(decimal) >>> 0).toString(16).padStart(8, '0')}`
}

/** Milliseconds of a time as Windows and its tools write them; undefined for what is none. */
export function timeIn(text: string | undefined): number | undefined {
  if (text === undefined || text.length > TIME_LENGTH_MAX) return undefined
  const [, ticks] = /^\/Date\((-?\d{1,15})\)\/$/.exec(text) ?? []
  // Windows writes seven digits of a second.
  const at = ticks === undefined ? Date.parse(text.replace(/(\.\d{3})\d+/, '$1')) : Number(ticks)
  return Number.isNaN(at) ? undefined : at
}

const TIME_LENGTH_MAX = 64
