import { plainHost } from '../../domain/host-name.ts'
import { UserError } from '../../domain/trouble.ts'
import { refuseHost } from '../../ports/target-guard.ts'

/** Where metrics are sent (OTLP 1.9, "OTLP/HTTP Request"). */
const PATH = '/v1/metrics'

export interface OtlpAddress {
  url: string
  /** As `plainHost` writes it. */
  host: string
  /** Such as a key of the receiver. */
  headers: Record<string, string>
}

/**
 * A receiver by its URL; without a path it is that of the specification. Codes `ERR_BAD_ARGUMENTS`, and those of `refuseHost`.
 *
 * @param headers as OpenTelemetry has them in OTEL_EXPORTER_OTLP_HEADERS: `name=value,name=value`, percent-encoded
 */
export function otlpAddress(text: string, headers = ''): OtlpAddress {
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (!url || !/^https?:$/.test(url.protocol) || url.username !== '' || url.password !== '') {
    throw new UserError('ERR_BAD_ARGUMENTS', '--otlp: this is no address of a receiver', [
      'such as http://localhost:4318. A key of the receiver goes into OTEL_EXPORTER_OTLP_HEADERS',
    ])
  }
  const host = plainHost(url.hostname)
  // Who names a host on the command line has named it; some are never contacted.
  refuseHost(url.hostname, new Set([host]))
  if (url.pathname === '/') url.pathname = PATH
  return { url: url.href, host, headers: headersIn(headers) }
}

function headersIn(text: string): Record<string, string> {
  const pairs = text.split(',').filter((pair) => pair.trim() !== '')
  return Object.fromEntries(
    pairs.map((pair, index) => {
      const [, name, value] = /^\s*([!#$%&'*+.^_`|~\w-]+)\s*=\s*(.*?)\s*$/.exec(pair) ?? []
      const decoded = value === undefined ? undefined : decodedValue(value)
      // The value may be a key: it is not shown.
      if (name === undefined || decoded === undefined) {
        throw new UserError('ERR_BAD_ARGUMENTS', `OTEL_EXPORTER_OTLP_HEADERS: entry ${index + 1} is no name=value`)
      }
      return [name.toLowerCase(), decoded]
    }),
  )
}

function decodedValue(value: string): string | undefined {
  try {
    const text = decodeURIComponent(value)
    return /^[\t\x20-\x7e]*$/.test(text) ? text : undefined
  } catch {
    return undefined
  }
}
