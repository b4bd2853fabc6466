import { expect, test } from 'vitest'
import { MOCK_ENDPOINTS } from '../../src/domain/endpoints.ts'
import { Secret } from '../../src/domain/secret.ts'
import { registerDevice } from '../../src/mock-service/autopilot/registration.ts'
import { KEY_ID } from '../../src/mock-service/entra/issue-tokens.ts'
import { derivedKeys } from '../../src/ports/rsa-keys.ts'
import { encodeJwt } from '../../src/protocols/jwt/jwt.ts'
import { decodeCertificate } from '../../src/protocols/x509/certificate.ts'
import { requestDeviceToken } from '../../src/service/entra/device-token.ts'
import { joinDevice } from '../../src/service/entra/join-device.ts'
import { signIn } from '../../src/service/entra/sign-in.ts'
import { connected, NOW } from '../service/scripted-service.ts'
import { hashOf } from './directory/tenant-of.ts'

const ALICE = {
  email: 'alice@contoso.example',
  password: new Secret('correct-horse'),
  usage: 'workOrSchool',
  purpose: 'join',
} as const
const [deviceKey, transportKey] = [derivedKeys.rsa2048('joined', 'join'), derivedKeys.rsa2048('joined', 'transport')]

async function scene() {
  const { service, tenant } = connected()
  const details = { groupTag: 'Classroom', purchaseOrder: '', assignedUser: '' }
  const registered = registerDevice(tenant, hashOf('surface-laptop-se'), details)
  const signed = await signIn(service, ALICE)
  if (!signed.ok || signed.value.kind !== 'signedIn') throw new Error('no sign-in')
  const { tokens, session } = signed.value.signedIn
  const join = (token: Secret, registrationId?: string) =>
    joinDevice(service, {
      token,
      domain: 'contoso.example',
      deviceName: 'CLS-1',
      osVersion: '10.0.26100.1',
      deviceKey,
      transportKey,
      registrationId,
    })
  const { entra } = tenant.directory
  const object = () => entra.get(registered.entraObjectId)
  const alone = () => {
    const claims = {
      tid: tenant.definition.tenantId,
      aud: 'urn:ms-drs:enterpriseregistration.windows.net',
      idtyp: 'device',
    }
    const times = { iat: NOW / 1000, nbf: NOW / 1000, exp: NOW / 1000 + 3600 }
    const iss = `${tenant.endpoints.login}/${tenant.definition.tenantId}/v2.0`
    const token = encodeJwt({ ...claims, ...times, iss, ztdid: registered.id }, tenant.tokenKey(), KEY_ID)
    return join(new Secret(token))
  }
  return {
    tenant,
    registered,
    object,
    byPerson: (registrationId?: string) => join(tokens.accessToken, registrationId),
    alone,
    disable: () => entra.change(NOW, object()!, { accountEnabled: false }),
    remove: () => entra.remove(NOW, object()!),
    token: (certificate: Uint8Array) =>
      requestDeviceToken(service, {
        ...session,
        scope: `${MOCK_ENDPOINTS.managementResource}/.default`,
        device: { certificate, key: deviceKey, transportKey, osVersion: '10.0.26100.1' },
      }),
  }
}

const nameOf = (der: Uint8Array) => decodeCertificate(der).subject[0]!.value

test('a registered device joins as the object that its registration made', async () => {
  const { byPerson, object, registered, tenant } = await scene()
  const answer = await byPerson(registered.id)
  if (!answer.ok) throw new Error(answer.trouble.text)
  expect(nameOf(answer.value)).toBe(registered.entraDeviceId)
  expect(tenant.directory.entra.all()).toHaveLength(1)
  expect(object()).toMatchObject({
    displayName: 'CLS-1',
    trustType: 'AzureAd',
    osVersion: '10.0.26100.1',
    owner: 'alice@contoso.example',
    registrationId: registered.id,
  })
})

test('a device without a registration gets an object, and so does one whose object was deleted', async () => {
  const { byPerson, registered, remove, tenant } = await scene()
  const unknown = await byPerson()
  remove()
  const again = await byPerson(registered.id)
  if (!unknown.ok || !again.ok) throw new Error('no join')
  const names = [nameOf(unknown.value), nameOf(again.value)]
  expect(names).not.toContain(registered.entraDeviceId)
  const made = names.map((name) => tenant.directory.entra.byDeviceId(name)?.registrationId)
  expect(made).toEqual([undefined, undefined])
})

test('a device that joins alone needs its object', async () => {
  const { alone, object, registered, remove } = await scene()
  const joined = await alone()
  if (!joined.ok) throw new Error(joined.trouble.text)
  expect([nameOf(joined.value), object()!.owner]).toEqual([registered.entraDeviceId, ''])
  remove()
  expect(await alone()).toMatchObject({
    ok: false,
    trouble: { code: '0x801c03f3', text: expect.stringContaining('ZTDID mismatch') },
  })
})

test('a disabled object neither joins nor gets a primary token', async () => {
  const { byPerson, disable, registered, token } = await scene()
  const joined = await byPerson(registered.id)
  if (!joined.ok) throw new Error(joined.trouble.text)
  expect(await token(joined.value)).toMatchObject({ ok: true })
  disable()
  expect(await byPerson(registered.id)).toMatchObject({ ok: false, trouble: { code: '0x801c0003' } })
  expect(await token(joined.value)).toMatchObject({ ok: false, trouble: { text: expect.stringContaining('135011') } })
})
