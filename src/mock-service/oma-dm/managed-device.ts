import type { EspPhase } from '../../domain/esp.ts'
import type { NodeCommand } from '../../protocols/syncml/message.ts'
import type { DeviceAction } from './device-action.ts'
import { type DeviceLabels, type EnrolmentFacts, NEW_LABELS } from './enrolment-facts.ts'
import type { EnrolledDevice, NodeOrder, Order } from './orders.ts'

/** An order with its number, and with what it is a part of. */
interface SentOrder {
  order: NodeOrder | undefined
  whole: Order
  /** The person whose plan it is of, in lower case; left out for the device's own. */
  user?: string | undefined
}

/** A device as the server knows it: what it was told, and what it answered. */
export interface ManagedDevice {
  readonly device: EnrolledDevice
  /** Unix milliseconds. */
  readonly enrolledAt: number
  lastSyncAt: number | undefined
  /** Results of app installations, by LocURI. */
  readonly results: Map<string, number>
  /** Orders that the device refused, with its status. */
  readonly refused: { uri: string; status: string }[]
  /** What the device has answered to a Get, by LocURI. */
  readonly found: Map<string, string>
  /** The device has said that it leaves. */
  isUnenrolled: boolean
  /** Longest message that the device may send, in bytes; told to it in every header. */
  maxMsgSize: number | undefined
  /** Longer data goes in chunks of so many bytes. */
  chunkBytes: number
  /** Answers the next messages with 429 and these seconds. */
  readonly busy: number[]
  pending: Order[][]
  /** What is planned for a person waits for a session in which that person is at the device. */
  readonly userPending: Map<string, Order[][]>
  /** What the next session that begins brings besides; with the person whose it is. */
  upcoming: { user: string | undefined; orders: Order[] }[]
  /** Releases that are planned, and held. */
  withheld: { phase: EspPhase; user: string | undefined }[]
  /** The device has not had the last answer of its session yet. */
  isInSession: boolean
  /** The person at the device in the session under way. */
  user: string | undefined
  readonly sent: Map<string, SentOrder>
  readonly incoming: Map<string, string>
  chunks: NodeCommand[]
  chunkOf: { order: NodeOrder; user: string | undefined } | undefined
  hasDevicePlan: boolean
  isPlanless: boolean
  /** Whose plan was made, in the order in which they came. */
  users: string[]
  tracksFirstUserOnly: boolean
  /** What it said when it enrolled; undefined for a device whose enrolment this program has not seen. */
  enrolment: EnrolmentFacts | undefined
  /** When its certificate ends, in Unix milliseconds. */
  certificateUntil: number | undefined
  labels: DeviceLabels
  /** What administrators have ordered, one of each name. */
  actions: DeviceAction[]
  /** Settings of configuration policies that were sent, by person ('' is the device) and LocURI. */
  readonly settings: Map<string, string>
  /** Its enrolment in the report of deployments. */
  deploymentId: string | undefined
  /** Since when the connector has been asked for a computer of the domain, in Unix milliseconds. */
  connectorSince: number | undefined
  /** The computer that the connector has made for it. */
  domainJoin: { computerName: string; createdAt: number } | undefined
  /** An Autopilot Reset has taken its primary user: the next person becomes that. */
  awaitsPrimaryUser: boolean
  /** Of one that enrolled with a device preparation policy: what was sent so far. */
  preparation: 'agent' | 'selected' | 'all' | undefined
}

/** What a device knows that nothing was asked of. */
export const UNTOUCHED = (): Pick<
  ManagedDevice,
  | 'enrolment'
  | 'certificateUntil'
  | 'labels'
  | 'actions'
  | 'settings'
  | 'deploymentId'
  | 'preparation'
  | 'upcoming'
  | 'withheld'
  | 'isInSession'
  | 'awaitsPrimaryUser'
  | 'connectorSince'
  | 'domainJoin'
> => ({
  enrolment: undefined,
  certificateUntil: undefined,
  labels: NEW_LABELS,
  actions: [],
  settings: new Map(),
  deploymentId: undefined,
  preparation: undefined,
  upcoming: [],
  withheld: [],
  isInSession: false,
  awaitsPrimaryUser: false,
  connectorSince: undefined,
  domainJoin: undefined,
})

/** @param enrolledAt Unix milliseconds */
export const newDevice = (device: EnrolledDevice, enrolledAt: number): ManagedDevice => ({
  device,
  enrolledAt,
  lastSyncAt: undefined,
  results: new Map(),
  refused: [],
  found: new Map(),
  isUnenrolled: false,
  maxMsgSize: undefined,
  chunkBytes: Number.POSITIVE_INFINITY,
  busy: [],
  pending: [],
  userPending: new Map(),
  user: undefined,
  sent: new Map(),
  incoming: new Map(),
  chunks: [],
  chunkOf: undefined,
  hasDevicePlan: false,
  isPlanless: false,
  users: [],
  tracksFirstUserOnly: false,
  ...UNTOUCHED(),
})
