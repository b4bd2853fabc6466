import { createHash } from 'node:crypto'
import type { HttpResponse } from '../../domain/http.ts'
import type { Handler } from '../handler.ts'
import { formOf, json, reply } from '../responses.ts'
import type { Tenant } from '../tenant.ts'
import { directoryOf, mayEnter, unknownAuthority } from './authority.ts'
import { duplicateIn } from './authorization-request.ts'
import { clientOf } from './clients.ts'
import { grantedScopes } from './consent.ts'
import { issueTokens } from './issue-tokens.ts'
import type { DeviceCode } from './pending-device-code.ts'
import { missing, Refusal, refuse } from './refusal.ts'
import { wantedOf } from './scopes.ts'
import type { SignedInUser } from './signed-in-user.ts'
import { clientIn, formOfAnswer, type TokenAnswer, type TokenRequest } from './token-request.ts'

/** Seconds that a code is good for, and between two questions for it, as Entra has them. */
const LIFETIME_S = 900
const INTERVAL_S = 5
/** What `slow_down` adds (RFC 8628, 3.5). */
const SLOWER_BY_S = 5
const BYTES_MAX = 16 * 1024
/** Clocks tick in whole seconds somewhere, and a network is not even. */
const EARLY_MS = 1_000
/** Letters that are hard to mistake, and spell nothing (RFC 8628, 6.1). */
const LETTERS = 'BCDFGHJKLMNPQRSTVWXZ'

/** Device authorization endpoint (RFC 8628, 3.1 and 3.2); version 1 asks for a resource instead of a scope. */
export const handleDeviceCode: Handler = (request, tenant) => {
  const form = formOf(request)
  const { origin, pathname } = new URL(request.url)
  const [, authority = ''] = pathname.split('/')
  const clientId = form.get('client_id') ?? ''
  const version = pathname.includes('/v2.0/') ? 2 : 1
  const [scope, resource] = [form.get('scope') ?? '', form.get('resource') ?? undefined]
  const refusal = whyNot(tenant, { form, authority, clientId, isLong: request.body.length > BYTES_MAX })
  if (refusal) return refuse(request, tenant, refusal)
  if (version === 2 && scope.trim() === '') return refuse(request, tenant, missing('scope'))
  const wanted = wantedOf(tenant, { scope, resource, version })
  if (wanted instanceof Refusal) return refuse(request, tenant, wanted)
  const now = tenant.now()
  // For a while a code that has expired has another refusal than one that never was.
  for (const [code, { expiresAt }] of tenant.state.entra.deviceCodes)
    if (now >= expiresAt + LIFETIME_S * 1000) tenant.state.entra.deviceCodes.delete(code)
  const deviceCode = tenant.ids.short()
  const userCode = userCodeOf(deviceCode)
  const page = `${origin}/devicelogin`
  const expiresAt = now + LIFETIME_S * 1000
  const pending: DeviceCode = { userCode, clientId, scope, resource, authority, expiresAt, askedAt: now }
  tenant.state.entra.deviceCodes.set(deviceCode, pending)
  return json(200, {
    user_code: userCode,
    device_code: deviceCode,
    [version === 2 ? 'verification_uri' : 'verification_url']: page,
    // Version 1 writes its numbers as texts.
    expires_in: version === 2 ? LIFETIME_S : String(LIFETIME_S),
    interval: version === 2 ? INTERVAL_S : String(INTERVAL_S),
    message: `To sign in, use a web browser to open the page ${page} and enter the code ${userCode} to authenticate.`,
  })
}

function whyNot(
  tenant: Tenant,
  asked: { form: URLSearchParams; authority: string; clientId: string; isLong: boolean },
): Refusal | undefined {
  if (directoryOf(tenant, asked.authority) === undefined) return unknownAuthority(asked.authority)
  if (asked.clientId === '') return missing('client_id')
  // Everyone may ask, and what is asked is kept until it expires.
  if (asked.isLong) return new Refusal('invalid_request', 90015, 'Requested query string is too long.')
  return duplicateIn(asked.form)
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
  const isFederated = tenant.definition.signIn === 'federated' && found?.tenantId === tenant.definition.tenantId
  // A federated domain keeps its passwords to itself.
  if (!found || isFederated || found.user.password !== form.get('passwd')) {
    return pageOf(`<p>Your account or password is incorrect.</p>${FORM}`)
  }
  const refusal = whyNotBy(tenant, found, pending)
  if (refusal)
    return pageOf(`<p>AADSTS${refusal.number}: ${PAGE_TEXT[refusal.number] ?? 'You cannot sign in.'}</p>${FORM}`)
  tenant.changes.note()
  pending.answer = found
  return pageOf('<p>You have signed in. You can close this window.</p>')
}

/** Our own texts: the page shows nothing that a request brought. */
const PAGE_TEXT: Record<number, string> = {
  50020: 'This account is of another organization.',
  65001: 'An administrator has to approve the app first.',
}

/** Another person may have more luck: the code stays. */
function whyNotBy(tenant: Tenant, person: SignedInUser, pending: DeviceCode): Refusal | undefined {
  const { authority = 'common', clientId, scope, resource } = pending
  if (!mayEnter(tenant, authority, person.tenantId)) return new Refusal('invalid_grant', 50020, 'another tenant')
  const wanted = wantedOf(tenant, { scope, resource, version: resource === undefined ? 2 : 1 })
  if (wanted instanceof Refusal) return wanted
  if (wanted.resource.name !== 'graph') return undefined
  const scopes = grantedScopes(tenant, clientOf(tenant, clientId), person, wanted)
  return scopes instanceof Refusal ? scopes : undefined
}

/** The token endpoint's part (RFC 8628, 3.4 and 3.5), with Entra’s names for a refusal. Version 1 calls the code `code`. */
export function redeemDeviceCode(asking: TokenRequest): TokenAnswer {
  const { tenant, form, version } = asking
  const client = clientIn(asking)
  if (client instanceof Refusal) return client
  const code = form.get('device_code') ?? form.get('code') ?? ''
  if (code === '') return missing(version === 1 ? 'code' : 'device_code')
  const pending = tenant.state.entra.deviceCodes.get(code)
  if (!pending || pending.clientId !== client.id) {
    return new Refusal(
      'bad_verification_code',
      501491,
      'The device code is unknown, was used, or is another application’s.',
    )
  }
  const now = tenant.now()
  if (now >= pending.expiresAt) {
    const text = "The provided value for the input parameter 'device_code' is not valid. This device code has expired."
    return new Refusal('expired_token', 70020, text)
  }
  const { answer } = pending
  if (!answer) return notYet(tenant, pending, now)
  tenant.state.entra.deviceCodes.delete(code)
  if (answer === 'declined') {
    return new Refusal('authorization_declined', 70018, 'OAuth 2.0 device flow error. User declined the request.')
  }
  const { scope } = pending
  // A client of version 1 names the resource again, and may name another one.
  const resource = version === 1 ? (form.get('resource') ?? pending.resource) : pending.resource
  const wanted = wantedOf(tenant, { scope, resource, version: resource === undefined ? version : 1 })
  if (wanted instanceof Refusal) return wanted
  return issueTokens(tenant, { ...answer, client, scope, resource, wanted, ...formOfAnswer(asking) })
}

/** A first poll may come at once. One that follows another too fast makes the interval longer, for good. */
function notYet(tenant: Tenant, pending: DeviceCode, now: number): Refusal {
  const { polledAt, intervalS = INTERVAL_S } = pending
  tenant.changes.note()
  pending.polledAt = now
  if (polledAt !== undefined && now - polledAt < intervalS * 1000 - EARLY_MS) {
    pending.intervalS = intervalS + SLOWER_BY_S
    return new Refusal('slow_down', 70016, `Polls come too fast: ask again after ${pending.intervalS} seconds.`)
  }
  const text = 'OAuth 2.0 device flow error. Authorization is pending. Continue polling.'
  return new Refusal('authorization_pending', 70016, text)
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
