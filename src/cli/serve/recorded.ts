import type { HttpRequest, Peer } from '../../domain/http.ts'
import { parseAddress } from '../../domain/ip-address.ts'
import { isAsWritten, summed } from './sums.ts'

/** A request that has changed something, and when it came. */
export interface Recorded {
  at: number
  request: HttpRequest
  peer: Peer
}

/** The first line of a log: whose it is, and how many requests came before its own. */
export interface LogHeader {
  format: number
  /** When the tenant began, in Unix milliseconds. */
  startedAt: number
  after: number
}

const LOG_FORMAT = 1

export const headerLine = (startedAt: number, after: number): string => summed({ format: LOG_FORMAT, startedAt, after })

/** As a line of the log, its end left out. @param number Of all requests of the tenant, from 1 on. */
export const lineOf = ({ at, request, peer }: Recorded, number: number): string => {
  const { method, url, headers, body } = request
  return summed({
    n: number,
    at,
    method,
    url,
    headers,
    body: Buffer.from(body).toString('base64'),
    ...(peer.certificate ? { certificate: Buffer.from(peer.certificate).toString('base64') } : {}),
    ...(peer.from?.address === undefined ? {} : { from: peer.from.address }),
  })
}

/** What a line of the log says, or what is wrong with it. Lines of version 0.1.0 have neither number nor sum. */
export type Line =
  | { kind: 'header'; header: LogHeader }
  | { kind: 'request'; recorded: Recorded; number: number | undefined }
  | { kind: 'damaged'; what: string }

export function readLine(text: string): Line {
  const wrong = (what: string): Line => ({ kind: 'damaged', what })
  if (isAsWritten(text) === false) return wrong('it is not as it was written: its sum is another')
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (error) {
    return wrong(`it is no JSON: ${(error as Error).message}`)
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return wrong('it is no request')
  const fields = value as Record<string, unknown>
  if (fields.format !== undefined)
    return headerIn(fields) ?? wrong('it is no first line of a log of this version of oobe-sim')
  const mistake = CHECKS.find(([name, isRight]) => !isRight(fields[name]))
  if (mistake) return wrong(`it is no request: "${mistake[0]}" is missing, or is not what it has to be`)
  return { kind: 'request', number: fields.n as number | undefined, recorded: toRecorded(fields) }
}

function headerIn({ format, startedAt, after }: Record<string, unknown>): Line | undefined {
  if (format !== LOG_FORMAT || typeof startedAt !== 'number' || !isCount(after)) return undefined
  return { kind: 'header', header: { format, startedAt, after } }
}

const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0
const FIRST_MS = Date.UTC(2000, 0)
const END_MS = Date.UTC(2100, 0)
/** Unix milliseconds of a year from 2000 on: a hardware hash has no earlier date. */
export const isTime = (value: unknown): value is number =>
  typeof value === 'number' && value >= FIRST_MS && value < END_MS

const isBase64 = (value: unknown): boolean =>
  typeof value === 'string' && value.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(value)
const isTexts = (value: unknown): boolean =>
  typeof value === 'object' &&
  value !== null &&
  !Array.isArray(value) &&
  Object.values(value).every((one) => typeof one === 'string')

const METHODS: readonly unknown[] = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] satisfies HttpRequest['method'][]

const CHECKS: [string, (value: unknown) => boolean][] = [
  ['n', (value) => value === undefined || isCount(value)],
  ['at', isTime],
  ['method', (value) => METHODS.includes(value)],
  ['url', (value) => typeof value === 'string' && URL.canParse(value)],
  ['headers', isTexts],
  ['body', isBase64],
  ['certificate', (value) => value === undefined || isBase64(value)],
  ['from', (value) => value === undefined || (typeof value === 'string' && parseAddress(value) !== undefined)],
]

function toRecorded(fields: Record<string, unknown>): Recorded {
  const { at, method, url, headers, body, certificate, from } = fields as {
    at: number
    method: HttpRequest['method']
    url: string
    headers: Record<string, string>
    body: string
    certificate?: string
    from?: string
  }
  return {
    at,
    request: { method, url, headers, body: new Uint8Array(Buffer.from(body, 'base64')) },
    peer: {
      ...(certificate === undefined ? {} : { certificate: new Uint8Array(Buffer.from(certificate, 'base64')) }),
      ...(from === undefined ? {} : { from: { address: from } }),
    },
  }
}
