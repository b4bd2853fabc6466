/** What differs between two runs without meaning anything, and why: `oobe diff` does not compare it. */
export interface VolatileField {
  /** In a header, an element or attribute of XML, a field of JSON or of a form, wherever it is. */
  where: 'header' | 'field'
  /** Names; for fields the last one of the path, in any namespace. Without regard to case. */
  names: readonly string[]
  why: string
}

export const VOLATILE_FIELDS: readonly VolatileField[] = [
  {
    where: 'header',
    names: ['date', 'age', 'last-modified', 'expires', 'etag'],
    why: 'the time at the server',
  },
  {
    where: 'header',
    names: ['connection', 'keep-alive', 'transfer-encoding', 'content-length', 'content-encoding', 'accept-encoding'],
    why: 'framing: how a message travels, not what it says',
  },
  {
    where: 'header',
    names: ['server', 'via', 'x-powered-by', 'x-content-type-options', 'strict-transport-security', 'cache-control'],
    why: 'the habits of a web server',
  },
  {
    where: 'header',
    names: ['request-id', 'client-request-id', 'x-ms-request-id', 'x-request-id', 'x-correlation-id', 'ms-cv', 'host'],
    why: 'names one request',
  },
  {
    where: 'header',
    names: ['mdm-signature', 'ms-signature'],
    why: 'a signature of one message, with its time',
  },
  {
    where: 'field',
    names: ['MessageID', 'RelatesTo', 'ActivityId', 'CorrelationId', 'RequestID', 'client-request-id'],
    why: 'names one message',
  },
  {
    where: 'field',
    names: ['SessionID', 'MsgID', 'MsgRef', 'CmdID', 'CmdRef'],
    why: 'numbers of messages and commands: each side counts as it likes',
  },
  {
    where: 'field',
    names: ['Created', 'Expires', 'Expiration', 'currentTime', 'lastChange', 'LastChangeTime', 'iat', 'nbf', 'exp'],
    why: 'a time',
  },
  {
    where: 'field',
    names: [
      ...['Nonce', 'NextNonce', 'state', 'code_challenge', 'flowToken', 'sFT', 'sCtx', 'ctx', 'apiCanary', 'canary'],
      'sFidoChallenge',
    ],
    why: 'drawn anew for each message',
  },
  {
    where: 'field',
    names: ['EncryptedData', 'EncodedCertificate', 'RawBody', 'Thumbprint', 'thumbprint', 'x5c', 'kid', 'n'],
    why: 'keys, certificates and what is made with them',
  },
  {
    where: 'field',
    names: ['hardwareHash'],
    why: 'holds the time at which it was made',
  },
  {
    where: 'field',
    names: [
      'ZtdRegistrationId',
      'MSA-DDID',
      'ZeroTouchProvisioning',
      'EntDMID',
      'SSLCLIENTCERTSEARCHCRITERIA',
      'deviceid',
    ],
    why: 'ids that a service draws for a device, and what is named after them',
  },
]

const namesOf = (where: VolatileField['where']): ReadonlySet<string> =>
  new Set(
    VOLATILE_FIELDS.filter((one) => one.where === where)
      .flatMap(({ names }) => names)
      .map((name) => name.toLowerCase()),
  )

const HEADERS = namesOf('header')
const FIELDS = namesOf('field')

export const isVolatileHeader = (name: string): boolean => HEADERS.has(name.toLowerCase())
export const isVolatileField = (name: string): boolean => FIELDS.has(name.toLowerCase())
