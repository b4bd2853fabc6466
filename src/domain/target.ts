import type { Endpoints } from './endpoints.ts'
import type { Secret } from './secret.ts'

/** A real service that a device is pointed at. What it does not name stays with the mock in this process. */
export interface Target {
  title: string
  endpoints: Partial<Endpoints>
  /** Hosts that its answers may lead to, besides those of the endpoints. Lower case, without ports. */
  hosts: string[]
  /** PEM of authorities to trust. */
  trust: string[]
  /** What the device enrols with, instead of a token of the mocked Entra. */
  means?: { token?: Secret; password?: { username: string; password: Secret } }
}
