/** A package of OMA-DM: [MS-MDM] 2.2, OMA-TS-DM_Protocol 1.2.1 section 8, SyncML Representation Protocol 1.2.2. */
export interface SyncMLMessage {
  header: SyncHeader
  commands: Command[]
  /** Whether this message closes the package. */
  final: boolean
}

export interface SyncHeader {
  sessionId: string
  /** `1` in the first message; servers echo the device's or count themselves. */
  msgId: string
  /** URI of the receiver. */
  target: string
  /** URI or id of the sender. */
  source: string
  /** Longest message that the sender can take, in bytes. */
  maxMsgSize?: number
  credential?: Credential
}

/** `Cred`: with Basic or MD5 authentication. */
export interface Credential {
  meta: Meta
  data: string
}

/** `syncml:metinf`; each field as text, as on the wire. */
export interface Meta {
  /** `chr`, `int`, `bool`, `b64`, `bin`, `xml`, `node`, `null`, `float`, `time`, `date`. */
  format?: string
  type?: string
  /** `informational`, `critical`, `fatal` and so on. */
  mark?: string
  /** Bytes of the whole object, in the first chunk. */
  size?: string
  /** Base64. */
  nextNonce?: string
  maxMsgSize?: string
}

export interface Item {
  /** LocURI. */
  target?: string
  /** LocURI. */
  source?: string
  meta?: Meta
  /** Text as it came, untrimmed; markup inside `Data` is here as text, however it was sent. */
  data?: string
  /** A chunk that is not the last. */
  moreData?: boolean
}

/** Answer to a command; `cmdRef` `0` and `cmd` `SyncHdr` answer the header. */
export interface StatusCommand {
  kind: 'Status'
  cmdId: string
  msgRef: string
  cmdRef: string
  cmd: string
  targetRef?: string
  sourceRef?: string
  /** The status code, in decimal: `200`. */
  data: string
  /** HRESULT as Windows adds it from SyncApplicationVersion 3 on: `0x86000002`. */
  originalError?: string
  /** What the sender asks for as authentication, with 401 and 407. */
  challenge?: Meta
}

export interface ResultsCommand {
  kind: 'Results'
  cmdId: string
  msgRef: string
  cmdRef: string
  meta?: Meta
  items: Item[]
}

export interface AlertCommand {
  kind: 'Alert'
  cmdId: string
  /** The alert code, in decimal: `1201`. */
  data: string
  items: Item[]
}

export const NODE_COMMANDS = ['Get', 'Add', 'Replace', 'Delete', 'Exec'] as const

export interface NodeCommand {
  kind: (typeof NODE_COMMANDS)[number]
  cmdId: string
  /** Holds for the items that do not say otherwise. */
  meta?: Meta
  items: Item[]
}

export interface ContainerCommand {
  kind: 'Atomic' | 'Sequence'
  cmdId: string
  meta?: Meta
  commands: Command[]
}

/** What has to be answered with 400: an unknown name, or no CmdID. */
export interface UnknownCommand {
  kind: 'Unknown'
  /** As on the wire. */
  name: string
  cmdId?: string
}

/** Kinds are the names on the wire, because `Cmd` of a status has to repeat them. */
export type Command = StatusCommand | ResultsCommand | AlertCommand | NodeCommand | ContainerCommand | UnknownCommand
