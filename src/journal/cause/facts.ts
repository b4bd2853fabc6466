import { ofTry } from '../../domain/by-try.ts'
import { AGENT_PROVIDER } from '../../domain/esp.ts'
import type { PageId } from '../../domain/pages.ts'
import { isSuccess } from '../../domain/return-codes.ts'
import type { UserDefinition } from '../../domain/tenant.ts'
import { CODE } from '../../domain/windows-codes.ts'
import type { FactBehind } from './cause.ts'
import { profileFact } from './certificates.ts'
import { deviceFact } from './device-facts.ts'
import { type Incident, pageOf } from './incident.ts'
import { blockedHost, networkTrouble } from './network-facts.ts'
import { answerOf, personFact } from './person-facts.ts'
import { placeIn } from './places.ts'
import { accountTrouble, keyTrouble, policyTrouble } from './refusal-facts.ts'
import { resetNotAllowed, sharedTextFact } from './reset-and-domain.ts'
import { sessionCausesOf } from './sessions.ts'
import type { SetupTrouble } from './setup-page.ts'
import { type AskedExchange, accountIn, type KnownSpec, type Story } from './story.ts'
import { accountWaits, otherTenant, profileTrouble, refusedPolicy } from './tenant-facts.ts'
import { definedApp, type TrackedApp } from './tracked.ts'

type Found = Pick<FactBehind, 'fact' | 'text'>

/** The fact of device, tenant, network, person or clock that a trouble goes back to, with its file and line. */
export function factBehind(
  story: Story,
  incident: Incident,
  exchange: AskedExchange | undefined,
  setup: SetupTrouble | undefined,
): FactBehind | undefined {
  const { spec } = story
  const text = wordsOf(story, incident)
  const found =
    blockedHost(spec, exchange, text) ??
    networkTrouble(story, text) ??
    deviceFact(story, incident, text) ??
    personFact(story, incident) ??
    // A real service has a tenant that this file does not describe.
    (spec.service ? undefined : ((setup ? ofSetup(story, setup) : undefined) ?? ofTenant(story, incident)))
  if (!found) return undefined
  const place = placeIn(spec, found.fact)
  return { ...found, ...(place ? { place } : {}) }
}

const codeOf = (incident: Incident): string => ('code' in incident ? (incident.code ?? '').toLowerCase() : '')

/** What was said of the trouble. */
function wordsOf({ entries }: Story, incident: Incident): string {
  switch (incident.kind) {
    case 'page':
      return incident.text
    case 'noProfile':
      return incident.note
    case 'unanswered':
      return incident.outcome.text
    case 'unmanaged':
      return sessionCausesOf(entries)[0]?.text ?? ''
    default:
      return ''
  }
}

/** Of apps, providers and the status page. */
function ofSetup(story: Story, setup: SetupTrouble): Found | undefined {
  const { tenant } = story.spec
  const { behind, what, provider, certificate } = setup
  const account = setup.isAccount ? accountFact(story.spec, accountIn(story)) : undefined
  const waits = account && !setup.isOver ? accountWaits(story, account.path, account.user) : undefined
  if (waits) return waits
  if (behind === 'step') return refusedPolicy(story)
  if (behind === 'certificate') return profileFact(tenant.certificateProfiles, certificate ?? '')
  if (behind === 'app') return ofScript(tenant, what as TrackedApp) ?? ofApp(tenant, what as TrackedApp)
  if (behind === 'provider' || behind === 'list') {
    const { policyProviders = [] } = tenant.management ?? {}
    const index = policyProviders.findIndex(({ name }) => name === provider)
    if (index >= 0) {
      const { installationState, policiesCreated } = policyProviders[index]!
      const text =
        behind === 'provider'
          ? `"${provider}" has the InstallationState ${installationState}`
          : `"${provider}" has policiesCreated ${policiesCreated}`
      return { fact: `tenant.management.policyProviders.${index}`, text }
    }
    return behind === 'list' && provider === AGENT_PROVIDER && tenant.management?.hasAgent === false
      ? { fact: 'tenant.management.hasAgent', text: 'the tenant has hasAgent false' }
      : undefined
  }
  if (behind === 'release') {
    const { releases } = tenant.management ?? {}
    return (
      releases && {
        fact: 'tenant.management.releases',
        text: `the server releases ${releases.join(', ') || 'no setup'}`,
      }
    )
  }
  return undefined
}

function ofScript({ scripts = [] }: KnownSpec['tenant'], { id, kind, state }: TrackedApp): Found | undefined {
  const index = kind === 'script' ? scripts.findIndex((one) => one.id === id) : -1
  if (index < 0) return undefined
  const { exitCode, runSeconds } = scripts[index]!
  return state === 'failed'
    ? { fact: `tenant.scripts.${index}.exitCode`, text: `the script has exitCode ${exitCode}` }
    : { fact: `tenant.scripts.${index}.runSeconds`, text: `the script takes ${runSeconds} s` }
}

function ofApp({ apps }: KnownSpec['tenant'], tracked: TrackedApp): Found | undefined {
  const defined = definedApp(apps, tracked)
  if (!defined) return undefined
  const { app, index } = defined
  const { state } = tracked
  const attempt = Math.max(1, tracked.attempts)
  const exitCode = ofTry(app.exitCode, attempt)
  const installSeconds = ofTry(app.installSeconds, attempt)
  const fact = (name: keyof typeof app, text: string): Found => ({ fact: `tenant.apps.${index}.${name}`, text })
  if (app.isSkipped) return fact('isSkipped', 'the app has isSkipped true: its requirements are not met')
  if (state === 'failed' && !isSuccess(exitCode)) {
    return fact('exitCode', `the app has exitCode ${exitCode}`)
  }
  if (state === 'failed' && !ofTry(app.isDetected, attempt)) return fact('isDetected', 'the app has isDetected false')
  if (app.kind === 'msi' && app.timeoutMinutes > 0 && installSeconds > app.timeoutMinutes * 60) {
    return fact(
      'timeoutMinutes',
      `its installation takes ${installSeconds} s, and may take ${app.timeoutMinutes} minutes`,
    )
  }
  const { dependsOn = [], supersedes = [] } = app
  const nameOf = (id: string): string => apps?.find((one) => one.id === id)?.name ?? id
  if (state === 'failed' && dependsOn.length > 0) {
    return fact('dependsOn', `the app depends on ${dependsOn.map((one) => `"${nameOf(one.app)}"`).join(' and ')}`)
  }
  if (state === 'failed' && supersedes.length > 0) {
    return fact('supersedes', `the app supersedes ${supersedes.map((one) => `"${nameOf(one.app)}"`).join(' and ')}`)
  }
  if (state === 'working') return fact('installSeconds', `its installation takes ${installSeconds} s`)
  return { fact: `tenant.apps.${index}`, text: `the tenant has the app "${app.name}"` }
}

/** Where an account is, by its e-mail address. */
function accountFact(spec: KnownSpec, email: string | undefined): { path: string; user: UserDefinition } | undefined {
  const { users = [], otherAccounts = [], personalAccounts = [] } = spec.tenant
  for (const [list, all] of Object.entries({ users, otherAccounts, personalAccounts })) {
    const index = all.findIndex((one) => one.email.toLowerCase() === email?.toLowerCase())
    if (index >= 0) return { path: `tenant.${list}.${index}`, user: all[index]! }
  }
  return undefined
}

function ofTenant(story: Story, incident: Incident): Found | undefined {
  const { spec } = story
  const { enrollment } = spec.tenant
  const account = accountFact(spec, accountIn(story))
  const page = workingPage(story, incident)
  const code = codeOf(incident)
  if (incident.kind === 'noProfile') return noProfile(spec, incident.note)
  const shared = incident.kind === 'page' ? sharedTextFact(spec, page, incident.text) : undefined
  if (shared) return shared
  if (incident.kind === 'unanswered') return resetNotAllowed(story, incident.outcome.text)
  const ofPage = incident.kind === 'page' ? profileTrouble(story, code, incident.text) : undefined
  if (ofPage) return ofPage
  if (page === 'hybridJoin' && spec.tenant.hybridJoin?.syncMinutes === null) {
    return { fact: 'tenant.hybridJoin.syncMinutes', text: 'the organizational unit is not synchronized' }
  }
  if (page === 'enrollment') {
    if (code === CODE.enrollmentUserLicense && account && !account.user.licensed) {
      return { fact: `${account.path}.licensed`, text: `${account.user.email} has no licence` }
    }
    if (code === CODE.deviceNotSupported && enrollment?.windows === 'block') {
      return { fact: 'tenant.enrollment.windows', text: 'the tenant has enrollment.windows block' }
    }
    if (code === CODE.deviceNotSupported && enrollment?.personal === 'block') {
      return { fact: 'tenant.enrollment.personal', text: 'the tenant has enrollment.personal block' }
    }
    return incident.kind === 'page' ? policyTrouble(story, account?.user.email, incident.text.slice(0, 11)) : undefined
  }
  if (page === 'deviceJoin') {
    const { deviceLimit } = enrollment ?? {}
    if (code === CODE.joinDeviceLimit && deviceLimit !== undefined) {
      return { fact: 'tenant.enrollment.deviceLimit', text: `the tenant has enrollment.deviceLimit ${deviceLimit}` }
    }
    return enrollment?.join === 'none'
      ? { fact: 'tenant.enrollment.join', text: 'the tenant has enrollment.join none' }
      : undefined
  }
  const ofKey = page === 'signIn' ? keyTrouble(spec, code) : undefined
  if (ofKey) return ofKey
  if (page === undefined || !OF_AN_ACCOUNT.includes(page) || !account) return undefined
  const { path, user } = account
  if (path.startsWith('tenant.otherAccounts')) return { fact: path, text: `${user.email} belongs to another tenant` }
  if (path.startsWith('tenant.personalAccounts')) return { fact: path, text: `${user.email} is a personal account` }
  const refused =
    (code === 'tenantmatched=0' ? otherTenant(spec) : undefined) ??
    accountTrouble(path, user, code) ??
    policyTrouble(story, user.email, code)
  if (refused) return refused
  if (
    incident.kind === 'page' &&
    incident.code !== undefined &&
    user.authenticator &&
    user.authenticator !== 'approves'
  ) {
    return { fact: `${path}.authenticator`, text: `${user.email} has authenticator ${user.authenticator}` }
  }
  const typed = answerOf(story, 'password')
  return incident.kind === 'page' && incident.code === undefined && typed !== undefined
    ? { fact: typed, text: 'the person typed another password than the account has' }
    : undefined
}

const OF_AN_ACCOUNT: readonly PageId[] = ['signIn', 'welcome', 'nextSignIn', 'hello']

/** The technician's page reports what a page before it failed by. */
function workingPage({ screens }: Story, incident: Incident): PageId | undefined {
  const page = pageOf(incident)
  return page === 'technicianStatus' ? screens.findLast(({ screen }) => screen.page !== page)?.screen.page : page
}

function noProfile({ tenant, device, before }: KnownSpec, note: string): Found | undefined {
  if (before) return undefined
  const index = tenant.devices?.findIndex((one) => one.device === device.id) ?? -1
  if (index < 0) return { fact: 'tenant.devices', text: `the tenant has not registered ${device.id}` }
  if (!/\b(809|815)\b/.test(note)) return undefined
  const { groupTag, registeredBefore } = tenant.devices![index]!
  const tag = groupTag === '' ? 'no group tag' : `the group tag "${groupTag}"`
  const text = `${device.id} was registered ${registeredBefore} before, with ${tag}`
  return { fact: `tenant.devices.${index}`, text }
}
