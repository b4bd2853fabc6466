import * as v from 'valibot'
import { decodeAnswer, flag, number, object, optional, optionalList, text } from '../json-answer.ts'

/**
 * The apps that a management extension is to install during the Enrollment Status Page. Intune's own conversation with its
 * extension is not published; this contract is ours, and no more than what the page's behaviour depends on.
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
  /** A PowerShell script: it is run in the place of an installer. */
  kind?: 'script'
  /** Device preparation does not wait for it: it comes when the page is over. */
  isLater?: boolean
}

const CODE = 'ERR_AGENT_APPS_MALFORMED'

export const encodeAgentApps = (apps: readonly AgentApp[]): string => JSON.stringify({ apps })

const APP = object({
  id: text,
  revision: number,
  name: text,
  version: text,
  isApplicable: flag,
  url: text,
  fileHash: text,
  kind: optional(v.literal('script', 'is no kind')),
  isLater: optional(v.boolean('is not true or false')),
})
const ANSWER = object({ apps: optionalList(APP) })

/** @throws DecodeError `ERR_AGENT_APPS_MALFORMED` */
export const decodeAgentApps = (input: Uint8Array | string): AgentApp[] =>
  (decodeAnswer(input, ANSWER, CODE).apps ?? []).map(({ kind, isLater, ...app }) => ({
    ...app,
    ...(kind === undefined ? {} : { kind }),
    ...(isLater === undefined ? {} : { isLater }),
  }))
