import { child, children, filledTextOf, textOf, type XmlElement } from '../xml/element.ts'
import { compact, decodeBoolean, decodeInteger, required } from '../xml/schema-values.ts'
import { element, leaf, optionalLeaf, type Xml } from '../xml/write.ts'
import * as wusp from './envelope.ts'
import {
  DEPLOYMENT_ACTIONS,
  type Deployment,
  type SyncInfo,
  type SyncUpdatesRequest,
  type UpdateInfo,
} from './sync-updates-types.ts'

export * from './sync-updates-types.ts'

const MALFORMED = 'ERR_WUSP_SYNC_UPDATES_MALFORMED'

export const encodeSyncUpdatesRequest = ({ cookie, parameters }: SyncUpdatesRequest): string =>
  wusp.encodeWuspEnvelope(
    'SyncUpdates',
    wusp.encodeCookie('cookie', cookie),
    element(
      'parameters',
      {},
      leaf('ExpressQuery', parameters.expressQuery),
      wusp.encodeInts('InstalledNonLeafUpdateIDs', parameters.installedNonLeafUpdateIds),
      wusp.encodeInts('OtherCachedUpdateIDs', parameters.otherCachedUpdateIds),
      leaf('SkipSoftwareSync', parameters.skipSoftwareSync),
      optionalLeaf('NeedTwoGroupOutOfScopeUpdates', parameters.needTwoGroupOutOfScopeUpdates),
    ),
  )

/** @throws DecodeError `ERR_WUSP_SYNC_UPDATES_MALFORMED` when it is another message or a required part is missing. */
export function decodeSyncUpdatesRequest(input: string | Uint8Array): SyncUpdatesRequest {
  const root = wusp.decodeWuspEnvelope(input, 'SyncUpdates', MALFORMED)
  const parameters = required(child(root, 'parameters'), MALFORMED, 'parameters')
  return {
    cookie: wusp.decodeCookie(required(child(root, 'cookie'), MALFORMED, 'cookie'), MALFORMED),
    parameters: compact({
      expressQuery: optionalBoolean(parameters, 'ExpressQuery') ?? false,
      installedNonLeafUpdateIds: optionalInts(parameters, 'InstalledNonLeafUpdateIDs'),
      otherCachedUpdateIds: optionalInts(parameters, 'OtherCachedUpdateIDs'),
      skipSoftwareSync: boolean(parameters, 'SkipSoftwareSync'),
      needTwoGroupOutOfScopeUpdates: optionalBoolean(parameters, 'NeedTwoGroupOutOfScopeUpdates'),
    }),
  }
}

export const encodeSyncUpdatesResponse = (info: SyncInfo): string =>
  wusp.encodeWuspEnvelope(
    'SyncUpdatesResponse',
    element(
      'SyncUpdatesResult',
      {},
      element('NewUpdates', {}, ...info.newUpdates.map(encodeUpdateInfo)),
      wusp.encodeInts('OutOfScopeRevisionIDs', info.outOfScopeRevisionIds),
      info.changedUpdates && element('ChangedUpdates', {}, ...info.changedUpdates.map(encodeUpdateInfo)),
      leaf('Truncated', info.truncated),
      info.newCookie && wusp.encodeCookie('NewCookie', info.newCookie),
      wusp.encodeInts('DeployedOutOfScopeRevisionIds', info.deployedOutOfScopeRevisionIds),
    ),
  )

const encodeUpdateInfo = ({ id, deployment, isLeaf, xml }: UpdateInfo): Xml =>
  element(
    'UpdateInfo',
    {},
    leaf('ID', id),
    deployment && encodeDeployment(deployment),
    leaf('IsLeaf', isLeaf),
    optionalLeaf('Xml', xml),
  )

const encodeDeployment = (deployment: Deployment): Xml =>
  element(
    'Deployment',
    {},
    leaf('ID', deployment.id),
    leaf('Action', deployment.action),
    optionalLeaf('Deadline', deployment.deadline),
    leaf('IsAssigned', deployment.isAssigned),
    leaf('LastChangeTime', deployment.lastChangeTime),
    optionalLeaf('DownloadPriority', deployment.downloadPriority),
    optionalLeaf('AutoSelect', deployment.autoSelect),
    optionalLeaf('AutoDownload', deployment.autoDownload),
    optionalLeaf('SupersedenceBehavior', deployment.supersedenceBehavior),
    optionalLeaf('FlagBitmask', deployment.flagBitmask),
  )

/** @throws DecodeError `ERR_WUSP_SYNC_UPDATES_MALFORMED` when it is another message or a required part is missing. */
export function decodeSyncUpdatesResponse(input: string | Uint8Array): SyncInfo {
  const root = wusp.decodeWuspEnvelope(input, 'SyncUpdatesResponse', MALFORMED)
  const result = required(child(root, 'SyncUpdatesResult'), MALFORMED, 'SyncUpdatesResult')
  const changed = child(result, 'ChangedUpdates')
  const cookie = child(result, 'NewCookie')
  return compact({
    newUpdates: children(child(result, 'NewUpdates'), 'UpdateInfo').map(decodeUpdateInfo),
    outOfScopeRevisionIds: optionalInts(result, 'OutOfScopeRevisionIDs'),
    changedUpdates: changed && children(changed, 'UpdateInfo').map(decodeUpdateInfo),
    truncated: boolean(result, 'Truncated'),
    newCookie: cookie && wusp.decodeCookie(cookie, MALFORMED),
    deployedOutOfScopeRevisionIds: optionalInts(result, 'DeployedOutOfScopeRevisionIds'),
  })
}

function decodeUpdateInfo(info: XmlElement): UpdateInfo {
  const deployment = child(info, 'Deployment')
  return compact({
    id: integer(info, 'ID'),
    deployment: deployment && decodeDeployment(deployment),
    isLeaf: boolean(info, 'IsLeaf'),
    xml: textOf(info, 'Xml'),
  })
}

function decodeDeployment(deployment: XmlElement): Deployment {
  const action = DEPLOYMENT_ACTIONS.find((one) => one === textOf(deployment, 'Action'))
  return compact({
    id: integer(deployment, 'ID'),
    action: required(action, MALFORMED, 'a known Action'),
    deadline: filledTextOf(deployment, 'Deadline'),
    isAssigned: boolean(deployment, 'IsAssigned'),
    lastChangeTime: required(filledTextOf(deployment, 'LastChangeTime'), MALFORMED, 'LastChangeTime'),
    downloadPriority: filledTextOf(deployment, 'DownloadPriority'),
    autoSelect: filledTextOf(deployment, 'AutoSelect'),
    autoDownload: filledTextOf(deployment, 'AutoDownload'),
    supersedenceBehavior: filledTextOf(deployment, 'SupersedenceBehavior'),
    flagBitmask: filledTextOf(deployment, 'FlagBitmask'),
  })
}

const integer = (at: XmlElement, local: string): number =>
  required(decodeInteger(textOf(at, local), MALFORMED, local), MALFORMED, local)

const optionalBoolean = (at: XmlElement, local: string): boolean | undefined =>
  decodeBoolean(textOf(at, local), MALFORMED, local)

const boolean = (at: XmlElement, local: string): boolean => required(optionalBoolean(at, local), MALFORMED, local)

const optionalInts = (at: XmlElement, local: string): number[] | undefined => {
  const array = child(at, local)
  return array && wusp.decodeInts(array, MALFORMED)
}
