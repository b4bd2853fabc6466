import * as v from 'valibot'
import { decodeAnswer, flag, number, object, optional, optionalList, text } from '../json-answer.ts'

/**
 * What a management extension is to install and to run. Intune's own conversation with its extension is not published; this contract is
 * ours, and no more than what a first boot depends on.
 */
export interface AgentApp {
  id: string
  /** Part of the name under which the app is tracked. */
  revision: number
  name: string
  version: string
  /** False when the device does not meet the app's requirements: the extension skips it. */
  isApplicable: boolean
  url: string
  /** SHA-256 in hex. */
  fileHash: string
  /** A Win32 app when left out. Scripts are run in the place of an installer. */
  kind?: 'store' | 'script' | 'remediation'
  /** No page waits for it. It has no node below `EnrollmentStatusTracking`. */
  isUntracked?: boolean
  /** It comes when the page of this setup is over. */
  isLater?: boolean
  /** Its detection rule finds it before anything was installed. */
  isPreinstalled?: boolean
  /** Apps that have to be there before. */
  dependsOn?: NamedApp[]
  /** Apps that are uninstalled before. */
  replaces?: ReplacedApp[]
}

/** Another app, by its id. */
export interface NamedApp {
  id: string
  name: string
  isPreinstalled?: boolean
}

export interface ReplacedApp extends NamedApp {
  /** Of its uninstaller: all but 0 leaves it where it is. */
  exitCode: number
}

const CODE = 'ERR_AGENT_APPS_MALFORMED'

export const encodeAgentApps = (apps: readonly AgentApp[]): string => JSON.stringify({ apps })

const bool = optional(v.boolean('is not true or false'))

const APP = object({
  id: text,
  revision: number,
  name: text,
  version: text,
  isApplicable: flag,
  url: text,
  fileHash: text,
  kind: optional(v.picklist(['store', 'script', 'remediation'], 'is no kind')),
  isUntracked: bool,
  isLater: bool,
  isPreinstalled: bool,
  dependsOn: optionalList(object({ id: text, name: text, isPreinstalled: bool })),
  replaces: optionalList(object({ id: text, name: text, isPreinstalled: bool, exitCode: number })),
})
const ANSWER = object({ apps: optionalList(APP) })

/** @throws DecodeError `ERR_AGENT_APPS_MALFORMED` */
export const decodeAgentApps = (input: Uint8Array | string): AgentApp[] =>
  (decodeAnswer(input, ANSWER, CODE).apps ?? []).map((app) => known(app) as AgentApp)

/** A member that is undefined is left out. */
function known<Value extends object>(value: Value): Partial<Value> {
  const entries = Object.entries(value).filter(([, one]) => one !== undefined)
  return Object.fromEntries(
    entries.map(([name, one]) => [name, Array.isArray(one) ? one.map(known) : one]),
  ) as Partial<Value>
}
