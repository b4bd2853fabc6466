import type { EventWords } from '../domain/event-words.ts'
import type { PageId } from '../domain/pages.ts'
import type { PageAnswers } from '../domain/person.ts'

export type { Answer } from '../domain/person.ts'

/** Answers by page; `thinkTime` is a duration such as `20s`. */
export type Answers = PageAnswers & { thinkTime?: string | undefined }

/** What is around the device. Durations as in scenario files: `25ms`. */
export interface Surroundings {
  ethernet?: boolean | { link?: boolean | undefined; captivePortal?: boolean | undefined } | undefined
  wifi?: WifiNetwork[] | undefined
  latency?: string | undefined
  downloadMbps?: number | undefined
  blockedHosts?: string[] | undefined
}

export interface WifiNetwork {
  ssid: string
  security?: 'open' | 'wpa2-psk' | 'wpa3-sae' | 'wpa2-enterprise' | undefined
  key?: string | undefined
  bars?: number | undefined
  captivePortal?: boolean | undefined
}

/** One condition and one effect. */
export type ScenarioEvent = { [Kind in keyof EventWords]?: EventWords[Kind] | undefined } & {
  when: {
    state?: string | undefined
    left?: string | undefined
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
