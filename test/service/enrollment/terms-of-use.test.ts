import { expect, test } from 'vitest'
import { Secret } from '../../../src/domain/secret.ts'
import { acceptTerms, openTerms } from '../../../src/service/enrollment/terms-of-use.ts'
import { type Reply, scripted } from '../scripted-service.ts'

const url = 'https://mdm.contoso.example/terms?tenant=1'
const token = new Secret('aa.bb.cc')
const BACK = 'ms-aadj-redir://auth/mdm'
const form =
  '<p>Be kind.</p><form method=post action=/answer><input type=hidden name=c value=1><button name=d value=no>Decline</button><button name=d value=accept>Yes</button></form>'

const open = async (...replies: Reply[]) => {
  const { service, asked } = scripted(...replies)
  return { service, asked, opened: await openTerms(service, { url, token }) }
}

test('the page is asked for as the OOBE web host does it [point 11]', async () => {
  const { asked, opened } = await open({ body: form })
  const { searchParams } = new URL(asked[0]!.url)
  expect(Object.fromEntries(searchParams)).toEqual({
    tenant: '1',
    redirect_uri: BACK,
    'client-request-id': expect.stringMatching(/^[0-9a-f-]{36}$/),
    'api-version': '1.0',
    mode: 'azureadjoin',
  })
  expect(asked[0]!.headers).toEqual({ authorization: 'Bearer aa.bb.cc', 'cxh-host': 'FRX' })
  expect(opened).toMatchObject({ value: { lines: ['Be kind.'] } })
})

const answered = async (location: string) => {
  const { service, asked, opened } = await open({ body: form }, { status: 302, headers: { location } })
  if (!opened.ok) throw new Error(opened.trouble.text)
  const accepted = await acceptTerms(service, opened.value)
  return { accepted, body: new TextDecoder().decode(asked[1]!.body) }
}

test('accepting presses the button that accepts, and brings the blob back [point 11]', async () => {
  const { accepted, body } = await answered(`${BACK}?IsAccepted=true&OpaqueBlob=a%2Bb%3D`)
  expect([accepted, body]).toEqual([{ ok: true, value: 'a+b=' }, 'c=1&d=accept'])
})

test.each([
  [`${BACK}?error=access_denied&error_description=no`, 'ERR_TERMS_OF_USE_ACCESS_DENIED'],
  [`${BACK}?error=invalid_request`, 'ERR_TERMS_OF_USE_INVALID_REQUEST'],
  [`${BACK}?error=unauthorized_client`, 'ERR_TERMS_OF_USE_UNAUTHORIZED'],
  [`${BACK}?error=server_error`, 'ERR_TERMS_OF_USE_SERVER'],
  [`${BACK}?IsAccepted=false`, 'ERR_TERMS_OF_USE_NOT_ACCEPTED'],
  ['https://evil.example/?IsAccepted=true&OpaqueBlob=x', 'ERR_TERMS_OF_USE_MALFORMED'],
])('an answer that goes to %s is %s [point 11]', async (location, code) => {
  expect((await answered(location)).accepted).toMatchObject({ ok: false, trouble: { code } })
  expect((await open({ status: 302, headers: { location } })).opened).toMatchObject({ ok: false })
})

test('a form for another origin gets no answer [point 11]', async () => {
  const { service, opened } = await open({ body: form.replace('/answer', 'https://evil.example/') })
  if (!opened.ok) throw new Error(opened.trouble.text)
  expect(await acceptTerms(service, opened.value)).toMatchObject({ trouble: { code: 'ERR_TERMS_OF_USE_MALFORMED' } })
})
