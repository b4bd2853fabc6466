import { isApproved } from '../domain/approved-apps.ts'
import type { TenantDefinition } from '../domain/tenant.ts'
import { CODE, isRequestCode } from '../domain/windows-codes.ts'
import { appsOf, exitCodeOf, type ImportedApp, isAgent } from './apps.ts'
import { type End, isPrepared } from './ending.ts'
import type { Guess, Plain } from './guess.ts'
import { firstSync, type Incident, reachedUser } from './incident.ts'
import { scrubbed } from './scrub.ts'

export interface DraftedApps {
  /** `apps` of the tenant; undefined where no file says any, or they are those of the school. */
  apps: Plain[] | undefined
  /** Apps of the incident, the management extension left out. */
  found: readonly ImportedApp[]
  /** The management extension is among the apps of the incident. */
  hasAgent: boolean
  guesses: Guess[]
}

type KnownApp = TenantDefinition['apps'][number]

/** What the device was to get. Ids are synthetic, names lose what names the school. */
export function draftedApps(incident: Incident, end: End, school: TenantDefinition, edition: string): DraftedApps {
  const all = appsOf(incident)
  const found = all.filter((app) => !isAgent(app))
  const hasAgent = all.some(isAgent) || found.some(({ kind }) => kind === 'win32')
  // A failure before the status page shows no app: which there were is not known, and does not count.
  if (!incident.isManaged || isPrepared(incident)) return { apps: undefined, found: [], hasAgent, guesses: [] }
  const guesses: Guess[] = []
  const written = found.map((app, index) => writtenApp(app, index, { incident, end, school, edition, guesses }))
  const usual = reachedUser(incident) ? school.apps : school.apps.filter(({ scope }) => scope === 'device')
  const isAsSchool =
    written.length === usual.length &&
    written.every(
      ({ app, known }) =>
        known !== undefined && Object.keys(app).every((key) => key in known && KNOWN_KEYS.includes(key)),
    )
  if (isAsSchool) return { apps: undefined, found, hasAgent, guesses: [] }
  return { apps: written.map(({ app }) => app), found, hasAgent, guesses }
}

/** What an app of the school itself has. */
const KNOWN_KEYS = ['id', 'name', 'publisher', 'version', 'scope', 'sizeMb', 'installSeconds']

interface Around {
  incident: Incident
  end: End
  school: TenantDefinition
  edition: string
  guesses: Guess[]
}

function writtenApp(app: ImportedApp, index: number, around: Around): { app: Plain; known: KnownApp | undefined } {
  const known = around.school.apps.find(
    (one) =>
      one.name === app.name &&
      one.version === (app.version ?? one.version) &&
      one.kind === app.kind &&
      one.scope === app.scope,
  )
  const base = known
    ? {
        id: known.id,
        name: known.name,
        publisher: known.publisher,
        version: known.version,
        sizeMb: known.sizeMb,
        installSeconds: known.installSeconds,
      }
    : freshApp(app, index, around)
  return {
    known,
    app: {
      ...base,
      ...(app.scope === 'user' ? { scope: 'user' } : {}),
      ...(app.kind === 'msi' ? {} : { kind: app.kind }),
      ...behaviourOf(app, around),
    },
  }
}

/** Synthetic, and of a form that no product code of a shipped app has. */
const idOf = (index: number): string => `00000000-0000-4000-8000-${String(index + 1).padStart(12, '0')}`

/** On the list of Windows 11 SE, for an app that was installed there under a name that is not. */
const ALLOWED_NAMES = ['Safe Exam Browser', 'PaperCut', 'Zoom', 'Scratch', 'WordQ', 'Skoolnext', 'Snapplify', 'Winbird']

function freshApp(app: ImportedApp, index: number, { incident, edition, guesses }: Around): Plain {
  const said = app.name === undefined ? undefined : scrubbed(app.name, incident)
  const isForbidden = app.code === CODE.appNotAllowedOnSe
  const plain = said ?? `App ${index + 1}`
  const needsList = edition === 'SE' && !isForbidden && !isApproved({ name: plain })
  const name = needsList
    ? ALLOWED_NAMES[index % ALLOWED_NAMES.length]!
    : isForbidden && isApproved({ name: plain })
      ? `App ${index + 1}`
      : plain
  if (name !== said) {
    const why = needsList
      ? `${said ?? 'an app without a name'}: a name that Windows 11 SE allows`
      : 'no file has its name'
    guesses.push({ path: 'tenant.with.apps', text: `app ${index + 1} is "${name}" (${why})` })
  }
  const seconds = app.seconds === undefined || app.seconds > 80_000 ? undefined : app.seconds
  return {
    id: idOf(index),
    name,
    publisher: app.publisher === undefined ? 'Contoso' : scrubbed(app.publisher, incident),
    // A version of the list, where the name is of the list.
    version: needsList ? '99.0' : (app.version ?? '99.0'),
    ...(seconds === undefined ? {} : { installSeconds: seconds }),
  }
}

/** What makes it fail, or stay open, as it did. */
function behaviourOf(app: ImportedApp, { incident, end, guesses }: Around): Plain {
  const isEnd = end.kind === 'failed' && end.page !== 'enrollment'
  if (app.hasRecovered) {
    guesses.push({
      path: 'tenant.with.apps',
      text: 'an app failed and was installed by a later try: the first exit code is 1603 where no file has it',
    })
    return { exitCode: [exitCodeOf({ ...app, code: undefined }) ?? 1603, 0] }
  }
  if (app.state === 'failed') return failureOf(app, guesses)
  if (app.state === 'skipped') return { isSkipped: true }
  if (isEnd && app.state === 'installing') {
    const minutes = Number(firstSync(incident, 'TimeOutUntilSyncFailure') ?? 60)
    guesses.push({ path: 'tenant.with.apps', text: 'an app was open at the end: it takes longer than the page allows' })
    return { installSeconds: Math.min((minutes || 60) * 60 * 2, 800_000), timeoutMinutes: 1440 }
  }
  return {}
}

function failureOf(app: ImportedApp, guesses: Guess[]): Plain {
  const { code } = app
  if (code === CODE.appNotAllowedOnSe) return {}
  if (code === CODE.appNotDetected) return { isDetected: false }
  if (code === CODE.timedOut && app.kind === 'msi') return { installSeconds: 7200, timeoutMinutes: 30 }
  const exitCode = exitCodeOf(app)
  if (exitCode !== undefined) return { exitCode }
  // A download that failed is an event of the network, and no fact of the app.
  if (isDownloadCode(code) || (app.kind === 'win32' && app.exitCode === undefined)) return {}
  guesses.push({ path: 'tenant.with.apps', text: 'no file has the exit code of an app that failed: 1603' })
  return { exitCode: 1603 }
}

export const isDownloadCode = (code: string | undefined): boolean =>
  code !== undefined && (isRequestCode(code) || code === CODE.hashMismatch)
