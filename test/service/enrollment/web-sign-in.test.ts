import { expect, test } from 'vitest'
import { Secret } from '../../../src/domain/secret.ts'
import { signInOnWeb } from '../../../src/service/enrollment/web-sign-in.ts'
import { Cookies } from '../../../src/service/entra/cookies.ts'
import { type Reply, scripted, textOf } from '../scripted-service.ts'

const URL_OF_PAGE = 'https://mdm.contoso.test/auth/login?flow=enroll'
const account = { url: URL_OF_PAGE, username: 'alice@contoso.example', password: new Secret('correct-horse') }
const FORM =
  '<form method=post action="/auth/login"><input type=hidden name=csrf value="t1"><input type=email name=email><input type=password name=password></form>'
const DONE =
  '<form method="post" action="ms-app://windows.immersivecontrolpanel"><input type="hidden" name="wresult" value="opaque"></form>'

const setting = (cookie: string): Reply => ({ body: FORM, headers: { 'set-cookie': cookie } })

test('a page whose form counts only with its cookie [point 9]', async () => {
  const { service, asked } = scripted(
    setting(
      'theme=dark; Path=/; Expires=Wed, 21 Oct 2026 07:28:00 GMT, csrf=t1; Path=/auth; HttpOnly; SameSite=Strict',
    ),
    { body: DONE },
  )
  const result = await signInOnWeb(service, account)
  expect(result.ok && result.value.reveal()).toBe('opaque')
  expect(asked[0]!.headers.cookie).toBeUndefined()
  expect(asked[1]!.headers.cookie).toBe('theme=dark; csrf=t1')
  expect(textOf(asked[1]!)).toContain('csrf=t1')
})

test('a page that refuses the password with a status, and asks again [point 9]', async () => {
  const { service } = scripted({ body: FORM }, { status: 401, body: FORM })
  expect(await signInOnWeb(service, account)).toMatchObject({ trouble: { code: 'ERR_WEB_SIGN_IN_PASSWORD' } })
})

test('a page that refuses everything [point 9]', async () => {
  const { service } = scripted({ body: FORM }, { status: 403, body: '<p>no</p>' })
  expect(await signInOnWeb(service, account)).toMatchObject({ trouble: { code: 'ERR_HTTP_403' } })
})

test('cookies go to their path alone, and go away with their age', () => {
  const cookies = new Cookies()
  cookies.take('a=1, b=2; Path=/auth, c=3; Path=/authority', 'https://mdm.contoso.test/auth/login')
  cookies.take('nothing at all', 'https://mdm.contoso.test/')
  expect(cookies.headerFor('https://mdm.contoso.test/auth/next')).toEqual({ cookie: 'a=1; b=2' })
  expect(cookies.headerFor('https://mdm.contoso.test/auth')).toEqual({ cookie: 'a=1; b=2' })
  expect(cookies.headerFor('https://mdm.contoso.test/')).toEqual({})
  cookies.take('b=; Path=/auth; Max-Age=0', 'https://mdm.contoso.test/')
  expect(cookies.headerFor('https://mdm.contoso.test/auth/next')).toEqual({ cookie: 'a=1' })
})
