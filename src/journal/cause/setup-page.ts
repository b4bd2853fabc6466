import { AGENT_PROVIDER } from '../../domain/esp.ts'
import type { CategoryProgress, StepProgress } from '../../domain/screen.ts'
import type { Cause } from './cause.ts'
import { openCertificate } from './certificates.ts'
import { spoiltDownload } from './exchange.ts'
import type { ShownScreen, Story } from './story.ts'
import { type AskedExchange, accountIn } from './story.ts'
import {
  appNamed,
  definedApp,
  failureOf,
  type Tracked,
  type TrackedApp,
  type TrackedProvider,
  trackedIn,
} from './tracked.ts'

/** What the Enrollment Status Page failed by, or waits for. */
export type SetupTrouble = Pick<Cause, 'sentence'> &
  Partial<Pick<Cause, 'step' | 'app' | 'provider' | 'csp' | 'followed'>> & {
    tracked: Tracked
    /** Something failed; else something was waited for, and it may be a session that did not come. */
    isOver: boolean
    /** The download of the app, where it went wrong. */
    download?: AskedExchange
    /** The code that says most about it. */
    explains?: string
    /** The app or the provider itself. */
    what?: TrackedApp | TrackedProvider
    /** What is behind it: where its fact is found. */
    behind: 'app' | 'provider' | 'list' | 'limit' | 'release' | 'step' | 'certificate'
    /** Name of its profile. */
    certificate?: string
    /** It is the setup of a person, not of the device. */
    isAccount?: true
  }

const OPEN = ['inProgress', 'notStarted', 'failed']

const brief = ({ label, status }: StepProgress): string => `${label} (${status.replace(/^\((.*)\)$/, '$1')})`

/** @param story up to the page's failure, or to the end of a run that is stuck */
export function setupTrouble(story: Story, { screen }: ShownScreen, hasFailed: boolean): SetupTrouble {
  const tracked = trackedIn(story)
  const categories = screen.progress?.categories ?? []
  // The account's page shows a device setup that failed before.
  const category =
    categories.findLast(({ state }) => state === (hasFailed ? 'failed' : 'inProgress')) ?? categories.at(-1)
  if (!category)
    return {
      sentence: `the page "${screen.english ?? screen.title}" has no categories`,
      tracked,
      isOver: false,
      behind: 'step',
    }
  const failedStep = category.steps.find(({ state }) => state === 'failed')
  const open = failedStep ?? category.steps.find(({ state }) => OPEN.includes(state))
  const step = open && { category: category.label, label: open.label, status: open.status }
  const found = failedStep
    ? failedIn(story, tracked, category, failedStep)
    : waitingIn(story, tracked, category, open, hasFailed)
  const isAccount = category.id === 'accountSetup' ? { isAccount: true as const } : {}
  return { ...found, tracked, isOver: failedStep !== undefined, ...(step ? { step } : {}), ...isAccount }
}

export type Found = Omit<SetupTrouble, 'tracked' | 'step' | 'isOver' | 'isAccount'>

/** A step that failed by something else than the limit of the page. */
function failedIn(story: Story, tracked: Tracked, category: CategoryProgress, step: StepProgress): Found {
  if (category.id === 'devicePreparation') return failedProvider(story, tracked, step)
  return (
    failedApp(story, tracked, category.id === 'accountSetup') ?? {
      sentence: `${category.label} failed at ${brief(step)}`,
      behind: 'step',
    }
  )
}

/** The app of the device, or of the person at it, that failed first. */
export function failedApp(story: Story, tracked: Tracked, isUser: boolean): Found | undefined {
  const failed = tracked.apps
    .filter((app) => app.state === 'failed' && app.isUser === isUser)
    .sort((a, b) => a.write.index - b.write.index)[0]
  if (!failed) return undefined
  const name = appNamed(story, failed)
  const { text, exitCode, code: said } = failureOf(story, failed)
  const tries = failed.attempts > 1 ? ` in ${failed.attempts} attempts` : ''
  const code = failed.code && !text?.includes(failed.code) ? ` (${failed.code})` : ''
  const explained = failed.code ?? said
  const download = spoiltDownload(story, failed.id)
  const waiting = tracked.apps.filter(
    (app) => app.isUser === isUser && app.state !== 'failed' && app.state !== 'installed',
  )
  return {
    sentence: `the ${KINDS[failed.kind]} "${name}" failed${tries}${text ? `: ${text}` : ''}${code}${downloadText(download)}`,
    ...(download ? { download } : {}),
    behind: 'app',
    what: failed,
    app: { name, kind: failed.kind, ...(exitCode === undefined ? {} : { exitCode }) },
    csp: { uri: failed.write.uri, value: failed.write.value, at: failed.write.at },
    ...(explained === undefined ? {} : { explains: explained }),
    followed: waiting.map((app) => `"${appNamed(story, app)}" was not installed`),
  }
}

const KINDS = {
  msi: 'app (MSI)',
  msix: 'app (MSIX)',
  office: 'app (Office)',
  win32: 'Win32 app',
  store: 'Microsoft Store app',
  script: 'PowerShell script',
} as const

const PROVIDER_LIMIT = '15'

function failedProvider(story: Story, tracked: Tracked, step: StepProgress): Found {
  const { providers } = tracked
  const failed = providers.find(({ state }) => state === '4')
  const late = providers.find(({ state }) => state !== '2' && state !== '3')
  const one = failed ?? late
  if (!one) return { sentence: `Device preparation failed at ${brief(step)}`, behind: 'step' }
  const csp = one.write ? { csp: one.write } : {}
  const sentence = failed
    ? `the policy provider "${one.name}" reported an error: InstallationState 4${one.lastError ? `, LastError ${one.lastError}` : ''}`
    : `the policy provider "${one.name}" was not ready within its limit of ${one.timeout ?? PROVIDER_LIMIT} minutes: InstallationState ${one.state ?? 'is not there'}`
  const installer = failed ? undefined : installerOf(story, tracked, one.name)
  const explained = failed?.lastError ?? installer?.code
  return {
    sentence: sentence + (installer?.text ?? ''),
    ...(installer?.download ? { download: installer.download } : {}),
    behind: 'provider',
    what: one,
    provider: one.name,
    ...csp,
    ...(explained ? { explains: explained } : {}),
  }
}

/** Why the management extension is not there: its own installation, which the management channel orders. */
function installerOf(
  story: Story,
  { apps }: Tracked,
  provider: string,
): { text: string; code?: string; download?: AskedExchange } | undefined {
  if (provider !== AGENT_PROVIDER) return undefined
  const order = apps.find(
    (app) => app.kind === 'msi' && !app.isUser && !definedApp(story.spec.tenant.apps, app) && app.state !== 'installed',
  )
  if (!order) return undefined
  const { code } = order
  const download = spoiltDownload(story, order.id)
  const state = order.state === 'failed' ? `failed${code ? ` (${code})` : ''}` : 'was not over'
  return {
    text: `; its own installation (MSI ${order.id}) ${state}${downloadText(download)}`,
    ...(code === undefined ? {} : { code }),
    ...(download ? { download } : {}),
  }
}

function downloadText(download: AskedExchange | undefined): string {
  if (!download) return ''
  const { request, response } = download
  const end = response ? `ended with ${response.status ?? response.trouble}` : 'had no answer'
  return `; its download (request ${request.id}) ${end}`
}

/** The limit of the page ended it, or nothing will: what it waited for. */
function waitingIn(
  story: Story,
  tracked: Tracked,
  category: CategoryProgress,
  open: StepProgress | undefined,
  hasFailed: boolean,
): Found {
  const isUser = category.id === 'accountSetup'
  const account = isUser ? accountIn(story) : undefined
  const whose = account ? ` of ${account}` : ''
  const { limitMinutes } = tracked
  const head = hasFailed
    ? `the time limit of the page${limitMinutes ? ` (${limitMinutes} minutes)` : ''} ended ${category.label}${whose}, which waited for`
    : `${category.label}${whose} waits without a limit for`
  const waited = awaited(story, tracked, isUser, open)
  const { what, ...rest } = waited
  return { ...rest, sentence: `${head} ${what}`, ...(waited.of ? { what: waited.of } : {}) }
}

export interface Awaited
  extends Pick<Found, 'behind' | 'app' | 'provider' | 'certificate' | 'csp' | 'followed' | 'download'> {
  what: string
  of?: TrackedApp | TrackedProvider
}

function awaited(story: Story, tracked: Tracked, isUser: boolean, open: StepProgress | undefined): Awaited {
  const certificate = open?.id === 'certificates' ? openCertificate(story, isUser) : undefined
  if (certificate) {
    const { name, text, write } = certificate
    return {
      what: `the certificate of the profile "${name}": ${text}; ${brief(open!)}`,
      behind: 'certificate',
      certificate: name,
      csp: write,
    }
  }
  if (open && open.id !== 'apps') return { what: brief(open), behind: 'step' }
  const scope = isUser ? 'user' : 'device'
  const owing = tracked.providers.find(({ listed }) => listed[scope] === false)
  if (owing) {
    return {
      what: `the list of apps of the policy provider "${owing.name}": TrackingPoliciesCreated stayed false`,
      behind: 'list',
      of: owing,
      provider: owing.name,
    }
  }
  const isSidecarDue =
    story.spec.device.behaviour?.waitsForSidecar === true &&
    tracked.providers.some(({ listed }) => listed[scope]) &&
    !tracked.providers.some(({ name, listed }) => name === 'Sidecar' && listed[scope])
  if (isSidecarDue) {
    return {
      what: 'the policy provider "Sidecar", which was never registered: the device waits for it by this name',
      behind: 'list',
      provider: 'Sidecar',
    }
  }
  const apps = tracked.apps.filter((app) => app.isUser === isUser)
  const left = apps.filter(({ state }) => state !== 'installed')
  const first = left.find(({ state }) => state === 'working') ?? left[0]
  if (first) return openApp(story, first, left.length - 1, open)
  return {
    what: `the server, which never wrote ServerHasFinishedProvisioning for the ${isUser ? 'user' : 'device'}${open ? `: ${brief(open)}` : ''}`,
    behind: 'release',
  }
}

export function openApp(story: Story, app: TrackedApp, others: number, open: StepProgress | undefined): Awaited {
  const name = appNamed(story, app)
  const { text } = failureOf(story, app)
  const download = spoiltDownload(story, app.id)
  const more = others > 0 ? ` and ${others} more` : ''
  const state = text ?? (app.state === 'working' ? 'its installation was not over' : 'its installation had not begun')
  return {
    what: `the ${KINDS[app.kind]} "${name}"${more}: ${state}${open ? `; ${brief(open)}` : ''}${downloadText(download)}`,
    ...(download ? { download } : {}),
    behind: 'app',
    of: app,
    app: { name, kind: app.kind },
    csp: { uri: app.write.uri, value: app.write.value, at: app.write.at },
  }
}
