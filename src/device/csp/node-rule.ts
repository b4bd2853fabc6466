/** Formats of MS-MDM nodes. */
export type NodeFormat =
  | 'chr'
  | 'int'
  | 'bool'
  | 'b64'
  | 'bin'
  | 'xml'
  | 'node'
  | 'null'
  | 'float'
  | 'time'
  | 'date'
  /** As the server says: policies. */
  | 'any'

export type Access = 'Add' | 'Delete' | 'Exec' | 'Get' | 'Replace'

/** What an Exec of a node sets going. */
export type ExecEffect =
  | 'installMsi'
  | 'installMsix'
  | 'restart'
  | 'reset'
  | 'autopilotReset'
  | 'keepingReset'
  | 'unenroll'
  | 'installOffice'
  | 'renew'
  | 'recover'
  | 'verifyHealth'
  | 'triggerAttestation'
  | 'enrolCertificate'

export interface NodeRule {
  /** Below `Vendor/MSFT` of its scope, or in full from `./` on. `{}` is for a name that a server or a user chooses. */
  path: string
  scope: 'device' | 'user' | 'both'
  format: NodeFormat
  access: readonly Access[]
  default?: string
  /** For integers: least and most. Outside is 400: the code is assumed. */
  range?: readonly [number, number]
  /** Refuses a value that may not follow the present one: 405. */
  forbids?: (present: string, next: string) => boolean
  /** What the CSP itself makes of a value: false is 500, a failed command. */
  accepts?: (value: string, uri: string) => boolean
  /** A value that follows from other nodes; `uri` is its own address, names decoded. */
  derive?: (uri: string, read: (uri: string) => string | undefined) => string | undefined
  /** The first `{}` is a provider id, and only that provider may touch it: 425. */
  isOwners?: true
  /** Never shown, and never journalled. */
  isSecret?: true
  exec?: ExecEffect
  /** Kept and read back, and nothing else in this simulation: the journal says so. */
  effect?: 'none'
  /** What an Exec without an effect is answered with. Left out: 200. */
  execStatus?: number
  /** Document and section. */
  source: string
}

/** One configuration service provider: its nodes, and where they are from. */
export interface Csp {
  name: string
  /** In `DeviceManageability/Capabilities/CSPVersions` (mdm-protocols.md, 3.4 [O]). */
  version: string
  rules: readonly NodeRule[]
}

export const ALL: readonly Access[] = ['Add', 'Delete', 'Get', 'Replace']
export const SET: readonly Access[] = ['Add', 'Get', 'Replace']
export const CHANGE: readonly Access[] = ['Get', 'Replace']
export const READ: readonly Access[] = ['Get']
export const RUN: readonly Access[] = ['Exec', 'Get']

type Facts = Partial<Omit<NodeRule, 'path' | 'scope' | 'format' | 'access' | 'source'>>
type Row = Omit<NodeRule, 'path' | 'source' | 'scope'>

/** What a table of nodes says of each. */
export const node = (format: NodeFormat, access: readonly Access[], facts: Facts = {}): Row => ({
  format,
  access,
  ...facts,
})

/** Rows whose writes and Execs set nothing going here. */
export const withoutEffect = (rows: Readonly<Record<string, Row>>): Record<string, Row> =>
  Object.fromEntries(
    Object.entries(rows).map(([name, row]) => [
      name,
      row.access.some((access) => access !== 'Get') ? { ...row, effect: 'none' as const } : row,
    ]),
  )

/** Nodes below one path, in one scope, from one document. */
export const below = (
  path: string,
  scope: NodeRule['scope'],
  source: string,
  rows: Readonly<Record<string, Row>>,
): NodeRule[] =>
  Object.entries(rows).map(([name, row]) => ({ path: name === '' ? path : `${path}/${name}`, scope, source, ...row }))
