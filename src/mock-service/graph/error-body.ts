import type { Tenant } from '../tenant.ts'
import { type Family, intunePathOf } from './families.ts'
import type { GraphError } from './graph-error.ts'

/** What an error body tells of the request. */
export interface Asked {
  tenant: Tenant
  /** Both ids of the request. */
  id: string
  clientId: string
  family: Family
  version: string
  segments: readonly string[]
  isKey: readonly boolean[]
  /** With its `?`; empty when there is none. */
  query: string
}

const NO_OPERATION = '00000000-0000-0000-0000-000000000000'

/** The body of a refusal, in the form of the service that refuses. */
export const errorBodyOf = (error: GraphError, asked: Asked): object => ({
  error: {
    code: codeOf(error, asked.family),
    message: messageOf(error, asked),
    innerError: {
      date: new Date(asked.tenant.now()).toISOString().slice(0, 19),
      'request-id': asked.id,
      'client-request-id': asked.clientId,
    },
  },
})

/** The directory has its own names for what is common to all. */
const DIRECTORY_CODES: Record<string, string> = {
  BadRequest: 'Request_BadRequest',
  ResourceNotFound: 'Request_ResourceNotFound',
}

const codeOf = ({ code, origin }: GraphError, family: Family): string =>
  (family === 'directory' && origin === 'service' ? DIRECTORY_CODES[code] : undefined) ?? code

function messageOf(error: GraphError, asked: Asked): string {
  if (error.origin === 'gateway' || asked.family === 'gateway') return error.message
  if (asked.family === 'intune') return nested(error, asked)
  return error.missing === undefined
    ? error.message
    : `Resource '${error.missing}' does not exist or one of its queried reference-property objects are not present.`
}

/** Intune's own errors are JSON in the message: seen alike for 400, 403, 404 and 500 [1]. */
function nested(error: GraphError, { id, version, segments, isKey, query }: Asked): string {
  const { path } = intunePathOf(segments, isKey)
  const url = `https://fef.msuc01.manage.microsoft.test${path}?api-version=${version === 'beta' ? '5024-06-14' : '2024-06-14'}${query.replace('?', '&')}`
  const json = {
    _version: 3,
    Message: `${error.message} - Operation ID (for customer support): ${NO_OPERATION} - Activity ID: ${id} - Url: ${url}`,
    CustomApiErrorPhrase: '',
    RetryAfter: null,
    ErrorSourceService: '',
    HttpHeaders: '{}',
  }
  return JSON.stringify(json, undefined, 2).replaceAll('\n', '\r\n')
}

/** What `nested` has put into JSON; any other message as it is. */
export function sentenceIn(message: string): string {
  if (!message.startsWith('{')) return message
  return (JSON.parse(message) as { Message: string }).Message.replace(/ - Operation ID .*$/s, '')
}
