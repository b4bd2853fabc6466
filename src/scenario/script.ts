import type { StateAddress } from '../domain/chart-names.ts'
import type { EventWords, ProxyWords } from '../domain/event-words.ts'
import type { PageId } from '../domain/pages.ts'
import type { PageAnswers } from '../domain/person.ts'

export type { Answer } from '../domain/person.ts'

/** Answers by page; `thinkTime` is a duration such as `20s`. */
export type Answers = PageAnswers & { thinkTime?: string | undefined }

/** A file by its name, or that with single facts changed. */
export type Named = string | { use: string; with?: Record<string, unknown> | undefined }

/** What is around the device. Durations as in scenario files: `25ms`. */
export interface Surroundings {
  ethernet?: boolean | WiredNetwork | undefined
  wifi?: WifiNetwork[] | undefined
  latency?: string | undefined
  downloadMbps?: number | undefined
  /** Of a hundred packets so many are lost. */
  loss?: number | undefined
  blockedHosts?: string[] | undefined
  /** Names that do not resolve: `down` for all. */
  dns?: 'down' | string[] | undefined
  closedPorts?: number[] | undefined
  /** The only way out. */
  proxy?: ProxyWords | undefined
  /** TLS inspection by the root of the school: `true` for all hosts. */
  inspect?: true | string[] | { hosts?: string[] | undefined; trusted?: boolean | undefined } | undefined
  /** No IPv4, and nothing that translates. */
  ipv6Only?: boolean | undefined
}

export interface WiredNetwork {
  link?: boolean | undefined
  captivePortal?: boolean | CaptivePortal | undefined
  authentication?: '802.1X' | undefined
  metered?: boolean | undefined
}

export interface WifiNetwork {
  ssid: string
  security?: 'open' | 'wpa2-psk' | 'wpa3-sae' | 'wpa2-enterprise' | 'wpa3-enterprise' | undefined
  key?: string | undefined
  /** Whom an enterprise network lets in by name and password. */
  user?: { name: string; password: string } | undefined
  bars?: number | undefined
  captivePortal?: boolean | CaptivePortal | undefined
  /** It does not send its name. */
  hidden?: boolean | undefined
  metered?: boolean | undefined
}

export interface CaptivePortal {
  answers?: 'redirect' | 'page' | undefined
  /** Hosts that it lets through all the time. */
  lets?: string[] | undefined
  /** Durations: until it opens, and until it closes again. */
  opensAfter?: string | undefined
  session?: string | undefined
}

/** One condition and one effect. */
export type ScenarioEvent = { [Kind in keyof EventWords]?: EventWords[Kind] | undefined } & {
  when: {
    state?: StateAddress | undefined
    left?: StateAddress | undefined
    page?: PageId | undefined
    request?: string | undefined
    csp?: string | undefined
    after?: string | undefined
    at?: string | undefined
  }
  name?: string | undefined
  later?: string | undefined
  for?: string | undefined
  times?: number | undefined
  from?: number | undefined
}
