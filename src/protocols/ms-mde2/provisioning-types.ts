/** What the server tells a device when it enrols: certificates, the management account, the schedule ([MS-MDE2] 2.2.9.1). */
export interface ProvisioningDocument {
  /** DER of root certificates, for the store Root/System. */
  roots: Uint8Array[]
  /** DER of intermediate certificates, for the store CA/System. */
  intermediates: Uint8Array[]
  /** The issued certificate, and the store that it goes to. */
  client: { store: 'System' | 'User'; der: Uint8Array }
  renew?: CertificateRenewal
  /** Absent in the answer to a renewal, which may hold nothing but the certificate. */
  application?: ManagementApplication
  /** Absent as `application` is. Its provider id has to be the application's; that is for the device to check. */
  dmClient?: DmClientSettings
}

/** CertificateStore CSP, `My/WSTEP/Renew`. */
export interface CertificateRenewal {
  /** Renewal on behalf of the user, with the old certificate. */
  roboSupport?: boolean
  /** Days before expiry, 1 to 1000; Windows takes 42 when it is not given. */
  renewPeriod?: number
  /** Days; Windows takes 7 when it is not given. */
  retryInterval?: number
}

/** w7 APPLICATION CSP. */
export interface ManagementApplication {
  providerId: string
  name: string
  /** The URL of the OMA-DM server. */
  addr: string
  /** Tries of one connection; Windows takes 3 when it is not given. */
  connRetryFreq?: number
  /** Milliseconds; Windows takes 16,000 when it is not given. */
  initialBackoffTime?: number
  /** Milliseconds; Windows takes 86,400,000 when it is not given. */
  maxBackoffTime?: number
  backCompatRetryDisabled?: boolean
  /** `application/vnd.syncml.dm+xml` or `…+wbxml`. */
  defaultEncoding?: string
  /** Verbatim: `Subject=<URL-encoded name>&Stores=My%5CSystem`; several are separated by U+F000. */
  sslClientCertSearchCriteria?: string
  auth?: ApplicationAuth[]
}

/** One APPAUTH of the account. */
export interface ApplicationAuth {
  /** `CLIENT`: the server proves itself to the device; `APPSRV`: the device to the server. */
  level: string
  /** `BASIC` or `DIGEST`. */
  type: string
  name?: string
  secret?: string
  /** The first nonce, in base64. */
  data?: string
}

/** DMClient CSP, `Provider/{providerId}`. */
export interface DmClientSettings {
  providerId: string
  upn?: string
  entDeviceName?: string
  entDmId?: string
  requireMessageSigning?: boolean
  syncApplicationVersion?: string
  poll?: PollSchedule
}

/** DMClient CSP, `Poll`: intervals in minutes, 0 tries mean for ever when the interval is not 0. */
export interface PollSchedule {
  numberOfFirstRetries?: number
  intervalForFirstSetOfRetries?: number
  numberOfSecondRetries?: number
  intervalForSecondSetOfRetries?: number
  numberOfRemainingScheduledRetries?: number
  intervalForRemainingScheduledRetries?: number
  pollOnLogin?: boolean
  allUsersPollOnFirstLogin?: boolean
}

/** Fields of a schedule by their names on the wire, in the order in which they are written. */
export const POLL_NUMBERS = [
  ['NumberOfFirstRetries', 'numberOfFirstRetries'],
  ['IntervalForFirstSetOfRetries', 'intervalForFirstSetOfRetries'],
  ['NumberOfSecondRetries', 'numberOfSecondRetries'],
  ['IntervalForSecondSetOfRetries', 'intervalForSecondSetOfRetries'],
  ['NumberOfRemainingScheduledRetries', 'numberOfRemainingScheduledRetries'],
  ['IntervalForRemainingScheduledRetries', 'intervalForRemainingScheduledRetries'],
] as const satisfies readonly (readonly [string, keyof PollSchedule])[]
