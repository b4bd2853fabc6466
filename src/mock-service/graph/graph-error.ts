/** Who refuses. The gateway in front of all services says it plainly; a service behind it in its own form. */
type Origin = 'gateway' | 'service'

/** A refusal: Graph's error body with its code. */
export class GraphError extends Error {
  readonly status: number
  readonly code: string
  readonly headers: Record<string, string>
  readonly origin: Origin
  /** The id of what does not exist. */
  readonly missing: string | undefined

  constructor(
    status: number,
    code: string,
    message: string,
    headers: Record<string, string> = {},
    { origin = 'service', missing }: { origin?: Origin; missing?: string } = {},
  ) {
    super(message)
    this.status = status
    this.code = code
    this.headers = headers
    this.origin = origin
    this.missing = missing
  }
}

export const badRequest = (message: string): GraphError => new GraphError(400, 'BadRequest', message)

/** What the gateway says of a request that it cannot read: no service has seen it. */
export const unreadable = (message: string): GraphError =>
  new GraphError(400, 'BadRequest', message, {}, { origin: 'gateway' })

export const notFound = (what: string, id: string): GraphError =>
  new GraphError(404, 'ResourceNotFound', `${what} "${id}" does not exist`, {}, { missing: id })

/** A query that the directory does not answer. */
export const unsupportedQuery = (message: string): GraphError =>
  new GraphError(400, 'Request_UnsupportedQuery', message)

export const noSegment = (segment: string): GraphError => unreadable(`Resource not found for the segment '${segment}'.`)
