import { createHash } from 'node:crypto'
import type { HttpResponse } from '../../domain/http.ts'
import type { Handler } from '../handler.ts'
import { formOf, json, reply } from '../responses.ts'
import type { Tenant } from '../tenant.ts'
import { issueTokens, resourceIn } from './issue-tokens.ts'

/** RFC 8628, 3.4. */
export const DEVICE_CODE_GRANT = 'urn:ietf:params:oauth:grant-type:device_code'

/** Seconds that a code is good for, and between two questions for it, as Entra has them. */
const LIFETIME_S = 900
const INTERVAL_S = 5
const BYTES_MAX = 16 * 1024
/** Clocks tick in whole seconds somewhere, and a network is not even. */
const EARLY_MS = 1_000
/** Letters that are hard to mistake, and spell nothing (RFC 8628, 6.1). */
const LETTERS = 'BCDFGHJKLMNPQRSTVWXZ'

/** Device authorization endpoint (RFC 8628, 3.1 and 3.2); version 1 asks for a resource instead of a scope. */
export const handleDeviceCode: Handler = (request, tenant) => {
  const form = formOf(request)
  const clientId = form.get('client_id') ?? ''
  if (clientId === '') return refuse('invalid_request', 900144, 'the request must contain client_id')
  // Everyone may ask, and what is asked is kept until it expires.
  if (request.body.length > BYTES_MAX) return refuse('invalid_request', 90015, 'the request is too long')
  const now = tenant.now()
  for (const [code, { expiresAt }] of tenant.state.entra.deviceCodes)
    if (now >= expiresAt) tenant.state.entra.deviceCodes.delete(code)
  const deviceCode = tenant.ids.short()
  const userCode = userCodeOf(deviceCode)
  const { origin, pathname } = new URL(request.url)
  const page = `${origin}/devicelogin`
  const scope = form.get('scope') ?? `${form.get('resource') ?? ''}/.default`
  tenant.state.entra.deviceCodes.set(deviceCode, {
    userCode,
    clientId,
    scope,
    expiresAt: now + LIFETIME_S * 1000,
    askedAt: now,
  })
  return json(200, {
    user_code: userCode,
    device_code: deviceCode,
    [pathname.includes('/v2.0/') ? 'verification_uri' : 'verification_url']: page,
    expires_in: LIFETIME_S,
    interval: INTERVAL_S,
    message: `To sign in, use a web browser to open the page ${page} and enter the code ${userCode} to authenticate.`,
  })
}

/** Where a person enters the code. */
export const handleDevicePage: Handler = () => pageOf(FORM)

/** The code, and who is willing: or who is not. */
export const handleDeviceForm: Handler = (request, tenant) => {
  const form = formOf(request)
  const entered = (form.get('otc') ?? '').toUpperCase().replace(/[^A-Z]/g, '')
  const pending = [...tenant.state.entra.deviceCodes.values()].find(
    ({ userCode }) => userCode.replace('-', '') === entered,
  )
  if (!pending || tenant.now() >= pending.expiresAt || pending.answer) {
    return pageOf(`<p>That code is not right, or it has expired.</p>${FORM}`)
  }
  if (form.get('answer') === 'decline') {
    tenant.changes.note()
    pending.answer = 'declined'
    return pageOf('<p>You have declined. You can close this window.</p>')
  }
  const found = tenant.findUser(form.get('login') ?? '')
  if (found?.user.password !== form.get('passwd')) {
    return pageOf(`<p>Your account or password is incorrect.</p>${FORM}`)
  }
  tenant.changes.note()
  pending.answer = found!
  return pageOf('<p>You have signed in. You can close this window.</p>')
}

/** The token endpoint's part (RFC 8628, 3.4 and 3.5), with Entra’s name for a refusal. */
export function redeemDeviceCode(tenant: Tenant, form: URLSearchParams): HttpResponse {
  const code = form.get('device_code') ?? ''
  const pending = tenant.state.entra.deviceCodes.get(code)
  if (!pending || pending.clientId !== form.get('client_id')) {
    return refuse('bad_verification_code', 501491, 'the device code is unknown, or another application’s')
  }
  const now = tenant.now()
  const { answer, askedAt, clientId, scope } = pending
  if (now >= pending.expiresAt) {
    tenant.state.entra.deviceCodes.delete(code)
    return refuse('expired_token', 70020, 'the code has expired: ask for another one')
  }
  tenant.changes.note()
  pending.askedAt = now
  if (!answer) {
    const isEarly = now - askedAt < INTERVAL_S * 1000 - EARLY_MS
    if (isEarly) return refuse('slow_down', 70016, `asked again within ${INTERVAL_S} seconds`)
    return refuse('authorization_pending', 70016, 'no person has signed in with the code yet')
  }
  tenant.state.entra.deviceCodes.delete(code)
  if (answer === 'declined') return refuse('authorization_declined', 70018, 'the person declined')
  return json(200, issueTokens(tenant, { ...answer, clientId, resource: resourceIn(scope) }))
}

/** Eight letters that do not tell the device code. */
function userCodeOf(deviceCode: string): string {
  const letters = [...createHash('sha256').update(deviceCode).digest().subarray(0, 8)].map(
    (byte) => LETTERS[byte % LETTERS.length],
  )
  return `${letters.slice(0, 4).join('')}-${letters.slice(4).join('')}`
}

const FORM =
  '<form method="post" action="/common/oauth2/deviceauth"><p>Enter the code that your app shows</p>' +
  '<p><input name="otc" placeholder="Code"></p><p><input name="login" placeholder="Email"></p>' +
  '<p><input type="password" name="passwd"></p><button name="answer" value="accept">Sign in</button>' +
  '<button name="answer" value="decline">Cancel</button></form>'

/** All texts are our own: the page shows nothing that a request brought. */
const pageOf = (body: string): HttpResponse =>
  reply(
    200,
    'text/html; charset=utf-8',
    `<!DOCTYPE html><html><head><title>Sign in to your account</title></head><body>${body}</body></html>`,
  )

const refuse = (error: string, number: number, text: string): HttpResponse =>
  json(400, { error, error_description: `AADSTS${number}: ${text}` })
