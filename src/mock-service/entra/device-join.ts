import { DecodeError } from '../../domain/trouble.ts'
import { decodeCngPublicKey } from '../../protocols/entra/cng-key-blob.ts'
import { decodeJson } from '../../protocols/json.ts'
import { type Claims, textClaim } from '../../protocols/jwt/jwt.ts'
import { thumbprint } from '../../protocols/x509/certificate.ts'
import { decodeCertificationRequest, verifyCertificationRequest } from '../../protocols/x509/certification-request.ts'
import { type EntraDevice, newEntraDevice, objectIdOfDevice } from '../directory/entra-device.ts'
import type { Handler } from '../handler.ts'
import { requestIdOf } from '../request-id.ts'
import { bearerOf, json } from '../responses.ts'
import type { Tenant } from '../tenant.ts'
import { deviceExtensions } from './device-certificate.ts'
import { isAudienceOf } from './resources.ts'
import { verifyIssuedToken } from './tokens.ts'

const MALFORMED = 'ERR_DEVICE_JOIN_MALFORMED'
/** JoinType of a computer of the school's own domain (mdm-protocols.md, 4.2). */
const HYBRID = 6

/** Device registration ([MS-DVRJ] 3.1.5.1, with the cloud's members): a certificate for a proven key. */
export const handleDeviceJoin: Handler = (request, tenant) => {
  const refuse = (status: number, subcode: string, message: string) =>
    json(status, {
      code: status === 401 ? 'invalid_token' : 'authorization_error',
      subcode,
      message,
      operation: 'DeviceJoin',
      requestid: requestIdOf(request, tenant),
      time: new Date(tenant.now()).toISOString(),
    })
  let claims: Claims
  try {
    claims = verifyIssuedToken(tenant, bearerOf(request) ?? '')
  } catch (error) {
    if (error instanceof DecodeError) return refuse(401, 'error_invalid_token', `${error.code}: ${error.message}`)
    throw error
  }
  if (claims.tid !== tenant.definition.tenantId)
    return refuse(403, 'error_unauthorized', 'the account is of another tenant')
  // An application without a person joins no device, whatever its token is for.
  if (!isAudienceOf(tenant, 'registration', claims.aud) || claims.idtyp === 'app')
    return refuse(401, 'error_invalid_token', `the token is for ${textClaim(claims, 'aud')}`)
  const isDevice = claims.idtyp === 'device'
  if (!isDevice && tenant.enrolmentRules.join === 'none') {
    const { joinRefusal } = tenant.definition.enrollment
    return joinRefusal === 'policy'
      ? refuse(
          403,
          'error_policy',
          `Administrator policy does not allow user ${textClaim(claims, 'upn')} to device join.`,
        )
      : refuse(403, 'error_unauthorized', 'users may not join devices to this organization')
  }
  const limited = isDevice ? undefined : overLimit(tenant, textClaim(claims, 'upn'))
  if (limited) return refuse(403, 'error_device_limit_reached', limited)
  const read = readJoin(request.body)
  if (typeof read === 'string') return refuse(400, 'error_invalid_request', read)
  const { certificateRequest, transportKey, displayName } = read
  const transportSpki = new Uint8Array(transportKey.export({ type: 'spki', format: 'der' }))
  const registrationId = isDevice ? textClaim(claims, 'ztdid') : read.registrationId
  const object = read.isHybrid ? syncedComputer(tenant, displayName) : objectToJoin(tenant, registrationId, isDevice)
  if ('subcode' in object) return refuse(403, object.subcode, object.message)
  const { deviceId } = object
  tenant.directory.entra.change(tenant.now(), object, {
    displayName,
    trustType: read.isHybrid ? 'ServerAd' : 'AzureAd',
    joinedAt: tenant.now(),
    osVersion: read.osVersion,
    owner: isDevice ? '' : textClaim(claims, 'upn'),
    management: undefined,
  })
  const certificate = tenant.authority('organization-access').issue(
    [{ type: 'CN', value: deviceId }],
    certificateRequest.spki,
    tenant.now(),
    deviceExtensions({
      deviceId,
      userId: isDevice ? undefined : textClaim(claims, 'oid'),
      tenantId: tenant.definition.tenantId,
    }),
  )
  tenant.state.entra.joined.set(thumbprint(certificate), { deviceId, displayName, certificate, transportSpki })
  return json(200, {
    Certificate: { Thumbprint: thumbprint(certificate), RawBody: Buffer.from(certificate).toString('base64') },
    User: { Upn: isDevice ? '' : textClaim(claims, 'upn') },
    MembershipChanges: [{ LocalSID: 'S-1-5-32-544', AddSIDs: [] }],
  })
}

/** Why a person may join no more devices: those that they own in the directory count, and those of before. */
function overLimit(tenant: Tenant, upn: string): string | undefined {
  const { deviceLimit } = tenant.enrolmentRules
  if (deviceLimit === undefined) return undefined
  const owner = upn.toLowerCase()
  const owned = tenant.directory.entra.all().filter((device) => device.owner.toLowerCase() === owner && owner !== '')
  const joined = owned.length + (tenant.findUser(upn)?.user.joinedDevices ?? 0)
  return joined < deviceLimit ? undefined : `the user has joined ${joined} devices, and may join ${deviceLimit}`
}

/**
 * The object that a device joins as: the one that its registration made, and a new one where there is none. A device that has no
 * person to vouch for it needs its own ("self-deploying … fail because an associate Microsoft Entra device can't be found"). That a
 * disabled object refuses the join is an assumption.
 */
function objectToJoin(
  tenant: Tenant,
  registrationId: string,
  isDevice: boolean,
): EntraDevice | { subcode: string; message: string } {
  const { entra, now } = tenant.directory
  const registered = now.devices.get(registrationId)
  const object = registered && entra.get(registered.entraObjectId)
  if (object && !object.accountEnabled) {
    return { subcode: 'error_unauthorized', message: `the device ${object.deviceId} is disabled in Microsoft Entra` }
  }
  if (object) return object
  if (isDevice) {
    const message = 'ZTDID mismatch: Microsoft Entra has no device for this registration, since it was deleted'
    return { subcode: 'error_device_deleted', message }
  }
  const deviceId = tenant.ids.guid()
  return newEntraDevice({
    id: objectIdOfDevice(deviceId),
    deviceId,
    displayName: '',
    registrationId: undefined,
    createdAt: tenant.now(),
  })
}

/**
 * The object of a computer of the school's domain, once Microsoft Entra Connect has brought it: another one than that of the
 * registration (oobe-autopilot-esp.md, 2.7 [D]).
 */
function syncedComputer(tenant: Tenant, name: string): EntraDevice | { subcode: string; message: string } {
  const made = [...tenant.state.management.managed.values()].find((one) => one.domainJoin?.computerName === name)
  const minutes = tenant.definition.hybridJoin?.syncMinutes ?? null
  const at = made?.domainJoin?.createdAt
  if (at === undefined || minutes === null || tenant.now() < at + minutes * 60_000) {
    return { subcode: 'error_missing_device', message: `Microsoft Entra has no computer ${name} yet` }
  }
  const deviceId = tenant.ids.guid()
  const id = objectIdOfDevice(deviceId)
  return newEntraDevice({ id, deviceId, displayName: name, registrationId: undefined, createdAt: tenant.now() })
}

/** What a device says of itself, or what is wrong with it. @throws DecodeError `ERR_DEVICE_JOIN_MALFORMED` */
function readJoin(bytes: Uint8Array) {
  const body = decodeJson(bytes, MALFORMED)
  const request = body.object('CertificateRequest')
  if (request.string('Type') !== 'pkcs10') return 'CertificateRequest.Type has to be pkcs10'
  const joinType = body.number('JoinType')
  if (joinType !== 0 && joinType !== HYBRID) return 'JoinType has to be 0, a join, or 6, a hybrid join'
  if (body.string('DeviceType') !== 'Windows') return 'DeviceType has to be Windows'
  for (const name of ['OSVersion', 'TargetDomain', 'DeviceDisplayName']) {
    if (body.string(name) === '') return `${name} is empty`
  }
  try {
    const certificateRequest = decodeCertificationRequest(bytesOf(request.string('Data')))
    if (!verifyCertificationRequest(certificateRequest)) {
      return 'the certificate request is not signed by its own key'
    }
    const transportKey = decodeCngPublicKey(bytesOf(body.string('TransportKey')))
    return {
      certificateRequest,
      isHybrid: joinType === HYBRID,
      transportKey,
      displayName: body.string('DeviceDisplayName'),
      osVersion: body.string('OSVersion'),
      // Which registration the join is of (docs/lookup.md).
      registrationId: body.optionalObject('attributes')?.optionalString('MSA-DDID') ?? '',
    }
  } catch (error) {
    if (error instanceof DecodeError) return `${error.code}: ${error.message}`
    throw error
  }
}

const bytesOf = (base64: string): Uint8Array => new Uint8Array(Buffer.from(base64, 'base64'))
