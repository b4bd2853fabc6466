import type { HttpRequest, HttpResponse, Peer } from '../domain/http.ts'
import type { Tenant } from './tenant.ts'

/** One operation of the service: it answers a request from the tenant's state, and may change that. */
export type Handler = (request: HttpRequest, tenant: Tenant, peer: Peer) => HttpResponse
