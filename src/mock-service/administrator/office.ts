import type { HttpRequest } from '../../domain/http.ts'
import { sentenceIn } from '../graph/error-body.ts'
import { performGraph } from '../graph/handle-graph.ts'
import type { Tenant } from '../tenant.ts'

/** Why an administrator's action came to nothing. */
export class ActionRefused extends Error {}

// biome-ignore lint/suspicious/noExplicitAny: every answer has its own shape
type Json = any

/** What an administrator works with: Microsoft Graph, with all permissions, and the device that a run is about. */
export interface Office {
  tenant: Tenant
  /** Base64, of the run's device. */
  hardwareHash(): string
  /** Its serial number. */
  serialNumber: string
  /** When it was switched on, in Unix milliseconds: what enrolled before is another device. */
  since: number
  /** @throws ActionRefused with the service's sentence */
  ask(method: HttpRequest['method'], path: string, body?: unknown): Json
}

export const officeOf = (tenant: Tenant, device: Pick<Office, 'hardwareHash' | 'serialNumber' | 'since'>): Office => ({
  ...device,
  tenant,
  ask(method, path, body) {
    const { status, body: answer } = performGraph(tenant, method, path, body)
    if (status < 400) return answer
    const { code, message } = (answer as { error: { code: string; message: string } }).error
    throw new ActionRefused(
      `${method} ${path} was refused with ${status} ${code}: ${sentenceIn(message).replace(/\.$/, '')}`,
    )
  },
})
