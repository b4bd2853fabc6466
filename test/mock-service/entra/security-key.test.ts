import { expect, test } from 'vitest'
import { Secret } from '../../../src/domain/secret.ts'
import { derivedKeys } from '../../../src/ports/rsa-keys.ts'
import { type Assertion, type AssertionRequest, signAssertion } from '../../../src/protocols/webauthn/assertion.ts'
import { credentialIdOf, keySeedOf, userHandleOf } from '../../../src/protocols/webauthn/synthetic-key.ts'
import { signIn } from '../../../src/service/entra/sign-in.ts'
import { connected } from '../../service/scripted-service.ts'

const KEY = 'YK-0417'
const ALICE = {
  email: 'alice@contoso.example',
  password: 'correct-horse',
  name: 'Alice Park',
  licensed: true,
  isGlobalAdministrator: false,
  authenticator: 'none',
  securityKeys: [KEY],
}

const signed = (asked: AssertionRequest, account = ALICE.email): Assertion =>
  signAssertion(asked, {
    id: credentialIdOf(KEY),
    userHandle: userHandleOf(account),
    key: derivedKeys.rsa2048(...keySeedOf(KEY)),
  })

interface World {
  user?: object
  tenant?: object
  key?: (asked: AssertionRequest) => Assertion
}

/** How a sign-in with the key ends: the account, or the code and text of the refusal. */
async function end({ user = {}, tenant = {}, key = signed }: World) {
  const { service } = connected({ multifactor: true }, undefined, { users: [{ ...ALICE, ...user }], ...tenant })
  const request = {
    email: '',
    password: new Secret(''),
    usage: 'workOrSchool',
    purpose: 'join',
    securityKey: key,
  } as const
  const answer = await signIn(service, request)
  if (!answer.ok) return answer.trouble.code
  return answer.value.kind === 'signedIn' ? answer.value.signedIn.account.upn : answer.value.kind
}

test('a registered key signs in without a password, and is a second proof', async () => {
  expect(await end({})).toBe(ALICE.email)
})

test.each<[string, World, string]>([
  ['a key that is not registered', { user: { securityKeys: [] } }, 'AADSTS135010'],
  ['a key of another account', { key: (asked) => signed(asked, 'ben@contoso.example') }, 'AADSTS135010'],
  ['a policy without security keys', { tenant: { securityKeys: 'disabled' } }, 'AADSTS135016'],
  ['a disabled account', { user: { disabled: true } }, 'AADSTS50057'],
  ['a locked account', { user: { locked: true } }, 'AADSTS50053'],
])('%s is refused', async (_, world, code) => {
  expect(await end(world)).toBe(code)
})

test.each<[string, (asked: AssertionRequest) => Assertion]>([
  ['of another page', ({ origin }) => signed({ challenge: 'another', origin })],
  ['of another origin', ({ challenge }) => signed({ challenge, origin: 'https://login.example' })],
  [
    'with a bit of the signature turned',
    (asked) => {
      const assertion = signed(asked)
      const bytes = Buffer.from(assertion.signature, 'base64url')
      bytes[0]! ^= 1
      return { ...assertion, signature: bytes.toString('base64url') }
    },
  ],
])('an assertion %s is refused as a request that does not fit', async (_, key) => {
  expect(await end({ key })).toBe('ERR_HTTP_400')
})

test('an old password that has expired stops no key', async () => {
  expect(await end({ user: { passwordExpired: 'cloud' } })).toBe(ALICE.email)
})
