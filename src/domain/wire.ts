/** The body of an HTTP message as a journal keeps it: text as it is, anything else in base64, left out when empty. */
export type WireBody = string | { base64: string } | CutBody

/** The beginning of a body that was too long to keep. */
export interface CutBody {
  beginning: string
  /** How much of it is missing, in bytes. */
  missing: number
}

/** A larger body is kept up to here, in bytes: the longest message of an enrolment has a tenth of it. */
const KEPT_MAX = 128 * 1024

const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
const lenient = new TextDecoder('utf-8')

/** What a journal keeps of a body. */
export function wireBody(bytes: Uint8Array): WireBody | undefined {
  if (bytes.length === 0) return undefined
  if (bytes.length > KEPT_MAX) {
    return { beginning: lenient.decode(bytes.subarray(0, KEPT_MAX)), missing: bytes.length - KEPT_MAX }
  }
  try {
    return strict.decode(bytes)
  } catch {
    return { base64: Buffer.from(bytes).toString('base64') }
  }
}

/** Headers with their names in order: which of them a transport puts first is its own affair. */
export const wireHeaders = (headers: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(
    Object.keys(headers)
      .sort()
      .map((name) => [name, headers[name]!]),
  )
