import { describe, expect, test } from 'vitest'
import { Secret } from '../../../src/domain/secret.ts'
import { administer } from '../../../src/mock-service/administrator/administrator.ts'
import { officeOf } from '../../../src/mock-service/administrator/office.ts'
import { isStrong } from '../../../src/mock-service/entra/account-state.ts'
import { setNewPassword } from '../../../src/service/entra/new-password.ts'
import { signIn } from '../../../src/service/entra/sign-in.ts'
import { refreshTokens } from '../../../src/service/entra/tokens.ts'
import { connected } from '../../service/scripted-service.ts'

const ALICE = {
  email: 'alice@contoso.example',
  password: 'correct-horse',
  name: 'Alice Park',
  licensed: true,
  isGlobalAdministrator: false,
}
const request = (password = ALICE.password) =>
  ({ email: ALICE.email, password: new Secret(password), usage: 'workOrSchool', purpose: 'join' }) as const

/** How the sign-in of Alice ends: its step, or the number of its refusal. */
async function signedIn(facts: object, tenantFacts: object = {}, password?: string) {
  const { service, tenant } = connected({}, undefined, { users: [{ ...ALICE, ...facts }], ...tenantFacts })
  const answer = await signIn(service, request(password))
  return { service, tenant, answer, end: answer.ok ? answer.value.kind : answer.trouble.code }
}

describe('an account', () => {
  test.each<[string, object, string | undefined, string]>([
    ['that is disabled', { disabled: true }, undefined, 'AADSTS50057'],
    ['that is disabled, with a wrong password', { disabled: true }, 'wrong', 'AADSTS50126'],
    ['that is locked', { locked: true }, undefined, 'AADSTS50053'],
    ['that is locked, with a wrong password', { locked: true }, 'wrong', 'AADSTS50053'],
    ['whose password has expired in the school', { passwordExpired: 'onPremises' }, undefined, 'AADSTS50144'],
    ['whose password has expired in the cloud', { passwordExpired: 'cloud' }, undefined, 'newPassword'],
    ['with a first password', { mustChangePassword: true }, undefined, 'newPassword'],
    ['with nothing in its way', {}, undefined, 'signedIn'],
  ])('%s', async (_, facts, password, end) => {
    expect((await signedIn(facts, {}, password)).end).toBe(end)
  })

  test('gets a new password at the page for it, which is good from then on', async () => {
    const { service, tenant, answer } = await signedIn({ mustChangePassword: true })
    if (!answer.ok || answer.value.kind !== 'newPassword') throw new Error('no page for a new password')
    const { pending } = answer.value
    const weak = await setNewPassword(service, pending, new Secret('kite'))
    expect(weak.ok ? '' : weak.trouble.code).toBe('AADSTS120002')
    const good = await setNewPassword(service, pending, new Secret('Paper-Kite-2'))
    expect(good.ok && good.value.kind).toBe('signedIn')
    expect(tenant.directory.now.users.get(ALICE.email)).toEqual({ ...ALICE, password: 'Paper-Kite-2' })
    expect((await signIn(service, request('Paper-Kite-2'))).ok).toBe(true)
    expect((await signIn(service, request())).ok).toBe(false)
  })

  test('that is disabled after its sign-in gets no further token; one that is locked does', async () => {
    for (const [change, code] of [
      [{ disabled: true }, 'AADSTS50057'],
      [{ locked: true }, undefined],
    ] as const) {
      const { service, tenant, answer } = await signedIn({})
      if (!answer.ok || answer.value.kind !== 'signedIn') throw new Error('no sign-in')
      const office = officeOf(tenant, { since: 0, serialNumber: '', hardwareHash: () => '' })
      administer(office, { kind: 'account', value: { user: ALICE.email, ...change } })
      const scope = 'urn:ms-drs:enterpriseregistration.windows.net/.default'
      const refreshed = await refreshTokens(service, { ...answer.value.signedIn.session, scope })
      expect(refreshed.ok ? undefined : refreshed.trouble.code).toBe(code)
    }
  })
})

test('a Temporary Access Pass is good once, without a second proof and whatever the password', async () => {
  const facts = { temporaryAccessPass: 'Ab-12', mustChangePassword: true, authenticator: 'none' }
  const { service } = connected({ multifactor: true }, undefined, { users: [{ ...ALICE, ...facts }] })
  const withPass = (pass: string) => signIn(service, { ...request(pass), isAccessPass: true })
  const wrong = await withPass('Ab-13')
  expect(wrong.ok ? '' : wrong.trouble.code).toBe('AADSTS130503')
  const good = await withPass('Ab-12')
  expect(good.ok && good.value.kind).toBe('signedIn')
  const again = await withPass('Ab-12')
  expect(again.ok ? '' : again.trouble.code).toBe('AADSTS130503')
})

test.each([
  ['Paper-Kite-2', true],
  ['paperkite2', false],
  ['Paperkite2', true],
  ['Pk-2', false],
  ['correct-horse', false],
])('the password %s is strong: %s', (password, strong) => {
  expect(isStrong(password, ALICE)).toBe(strong)
})

describe('Conditional Access', () => {
  const policy = (facts: object) => ({
    conditionalAccess: [
      { id: 'p', name: 'P', users: 'all', excluded: [], resources: ['join', 'enrollment'], grant: 'block', ...facts },
    ],
  })
  test.each<[string, object, string]>([
    ['blocks', {}, 'AADSTS53003'],
    ['asks for a device that complies', { grant: 'compliantDevice' }, 'AADSTS53000'],
    ['asks for a second proof', { grant: 'multifactor' }, 'proof'],
    ['is for others', { users: ['ben@contoso.example'] }, 'signedIn'],
    ['names the person', { users: ['Alice@Contoso.example'] }, 'AADSTS53003'],
    ['leaves the person out', { excluded: [ALICE.email] }, 'signedIn'],
    ['is for the enrolment alone', { resources: ['enrollment'] }, 'signedIn'],
  ])('that %s', async (_, facts, end) => {
    expect((await signedIn({}, policy(facts))).end).toBe(end)
  })

  test.each<[string, object]>([
    ['excludes a person', { exclude: ALICE.email }],
    ['is switched off', { state: 'off' }],
  ])('that %s lets the person in', async (_, change) => {
    const { service, tenant, end } = await signedIn({}, policy({}))
    const office = officeOf(tenant, { since: 0, serialNumber: '', hardwareHash: () => '' })
    administer(office, { kind: 'conditionalAccess', value: { policy: 'p', ...change } })
    const again = await signIn(service, request())
    expect([end, again.ok && again.value.kind]).toEqual(['AADSTS53003', 'signedIn'])
  })

  test('is for the enrolment too: a token for it is refused', async () => {
    const { service, answer } = await signedIn({}, policy({ resources: ['enrollment'], grant: 'compliantDevice' }))
    if (!answer.ok || answer.value.kind !== 'signedIn') throw new Error('no sign-in')
    const scope = `${service.endpoints.managementResource}.default`
    const refreshed = await refreshTokens(service, { ...answer.value.signedIn.session, scope })
    expect(refreshed.ok ? '' : refreshed.trouble.code).toBe('AADSTS53000')
  })

  test('there is nothing to change of a policy that is not there', () => {
    const { tenant } = connected()
    const office = officeOf(tenant, { since: 0, serialNumber: '', hardwareHash: () => '' })
    const result = administer(office, { kind: 'conditionalAccess', value: { policy: 'x', state: 'off' } })
    expect(result.ok ? '' : result.trouble.text).toBe('there is no Conditional Access policy x')
  })
})
