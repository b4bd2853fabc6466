import type { PageId } from '../domain/pages.ts'

/** What a person does on a page: the name of a button or an option, or values by control id. */
export type Answer = string | Record<string, string>

/** A list answers the successive visits of a page. */
export type Answers = Partial<Record<PageId, Answer | Answer[] | undefined>>

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
export interface Fault {
  when: { state?: string | undefined; request?: string | undefined; at?: string | undefined }
  network?: 'down' | undefined
  cable?: 'out' | 'in' | undefined
  wifi?: 'off' | 'on' | undefined
  block?: string | undefined
  power?: 'cut' | undefined
  answer?: { status: number; body?: string | undefined; headers?: Record<string, string> | undefined } | undefined
  delay?: string | undefined
  drop?: true | undefined
  hang?: true | undefined
  corrupt?: true | undefined
  for?: string | undefined
  times?: number | undefined
  from?: number | undefined
}
