import { decodeJson } from '../json.ts'

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
}

const CODE = 'ERR_AGENT_APPS_MALFORMED'

export const encodeAgentApps = (apps: readonly AgentApp[]): string => JSON.stringify({ apps })

/** @throws DecodeError `ERR_AGENT_APPS_MALFORMED` */
export const decodeAgentApps = (input: Uint8Array | string): AgentApp[] =>
  decodeJson(input, CODE)
    .list('apps')
    .map((app) => ({
      id: app.string('id'),
      revision: app.number('revision'),
      name: app.string('name'),
      version: app.string('version'),
      isApplicable: app.boolean('isApplicable'),
      url: app.string('url'),
      fileHash: app.string('fileHash'),
    }))
