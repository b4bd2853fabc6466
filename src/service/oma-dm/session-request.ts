import type { OddAnswer } from '../../domain/journal.ts'
import type { SyncMLEncoding } from '../../protocols/syncml/encodings.ts'
import type { Md5Secret } from '../../protocols/syncml/md5-credential.ts'
import type { AlertCommand, Item } from '../../protocols/syncml/message.ts'
import type { Unnumbered } from './answers.ts'
import type { AllowedAnswers } from './identity.ts'

export type AlertBody = Omit<AlertCommand, 'cmdId'>

export interface SessionRequest {
  /** ADDR of the provisioning document. */
  address: string
  /** Four bytes at most: a counter. */
  sessionId: number
  deviceId: string
  certificate: Uint8Array
  /** Who began it: Alert 1200 after a push of the server, 1201 otherwise. */
  startedBy?: 'device' | 'server'
  loginStatus: 'none' | 'user' | 'others'
  /** `Maintenance` when left out (reference: mdm-protocols.md, 2.2 and 11). */
  mode?: 'Machine' | 'Maintenance'
  /** Present once a person has signed in. */
  userToken: string | undefined
  devInfo: { manufacturer: string; model: string; language: string }
  /** What the device has to say of itself: results since the last session, an unenrolment. */
  alerts: readonly AlertBody[]
  /** What the device shows when the server asks for MD5: `APPAUTH` of level `APPSRV`. */
  md5?: Md5Secret | undefined
  /** Kept for the next session. */
  keepNonce?: (nonce: string) => void
  /** `SyncApplicationVersion`: from 3 on the device tells of original errors. */
  applicationVersion?: number | undefined
  /** Alerts that commands of this session have given rise to: asked before each further message. */
  furtherAlerts?: () => AlertBody[]
  /** Answers that are meant for something else, and are carried out all the same; none when left out. */
  allowed?: AllowedAnswers
  /** Hears of each of them. */
  onStray?: (odd: OddAnswer) => void
  /** `DEFAULTENCODING` of the account; XML when left out. */
  encoding?: SyncMLEncoding
  /** `RequireMessageSigning`: the signature of a message in base64. Asked for each: the server may change its mind. */
  sign?: (body: Uint8Array) => string | undefined
  /** The device's clock, Unix milliseconds. */
  now: () => number
}

/** The address with what a device says of itself in its query (mdm-protocols.md, 2.2). */
export const withMode = ({ address, mode = 'Maintenance' }: SessionRequest): string =>
  `${address}${address.includes('?') ? '&' : '?'}mode=${mode}&Platform=WoA`

/** Package 1 (mdm-protocols.md, 2.4). */
export function firstCommands(request: SessionRequest): Unnumbered[] {
  const { loginStatus, userToken, devInfo, alerts, deviceId, startedBy } = request
  const info = (name: string, data: string): Item => ({ source: `./DevInfo/${name}`, data })
  const event = (type: string, data: string): AlertBody => ({
    kind: 'Alert',
    data: '1224',
    items: [{ meta: { type }, data }],
  })
  return [
    { kind: 'Alert', data: startedBy === 'server' ? '1200' : '1201', items: [] },
    event('com.microsoft/MDM/LoginStatus', loginStatus),
    ...(userToken ? [event('com.microsoft/MDM/AADUserToken', userToken)] : []),
    ...alerts,
    {
      kind: 'Replace',
      items: [
        info('DevId', deviceId),
        info('Man', devInfo.manufacturer),
        info('Mod', devInfo.model),
        info('DmV', '1.3'),
        info('Lang', devInfo.language),
      ],
    },
  ]
}
