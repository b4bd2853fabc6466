import { CHANNEL } from '../../domain/events.ts'
import { type AppFact, type AppType, isOfExtension } from '../../domain/journal.ts'
import type { At, DiskFacts } from './facts.ts'

/** Severity in the CMTrace format. */
const TYPES = { information: 1, warning: 2, error: 3 } as const

interface LogLine {
  at: number
  type: (typeof TYPES)[keyof typeof TYPES]
  component: string
  text: string
}

/** One line as CMTrace and the log viewers of the trade read it. A line break would be another record. */
export function cmTraceLine({ at, type, component, text }: LogLine, timeOf: DiskFacts['timeOf']): string {
  const [date = '', clock = ''] = timeOf(at).split('T')
  const [year, month, day] = date.split('-').map(Number)
  const message = text.replace(/[\r\n]+/g, ' ').replaceAll(']LOG]', ']LOG_')
  return `<![LOG[${message}]LOG]!><time="${clock.replace('Z', '0000')}" date="${month}-${day}-${year}" component="${component}" context="" type="${type}" thread="1" file="">\r\n`
}

/** `IntuneManagementExtension.log`: check-ins, phases of the status page, and each app and script by attempt. Its words are ours. */
export function extensionLog({ events, apps, written, timeOf }: DiskFacts): string {
  const component = 'IntuneManagementExtension'
  const lines: LogLine[] = []
  for (const { channel, level, text, at } of events) {
    if (channel === CHANNEL.extension) lines.push({ at, type: TYPES[level], component, text: `[Win32App] ${text}` })
  }
  for (const app of apps) {
    if (isOfExtension(app.type))
      lines.push({ at: app.at, type: 1, component, text: `[${TAGS[app.type]}] ${stepText(app)}` })
  }
  for (const { uri, value, at } of written) {
    const text = phaseText(uri, value)
    if (text !== undefined) lines.push({ at, type: 1, component, text })
  }
  return linesText(lines, timeOf)
}

/** `AgentExecutor.log`: the installers and scripts that the extension ran, and their exit codes. */
export function executorLog({ apps, timeOf }: DiskFacts): string {
  const lines = apps.flatMap((app): LogLine[] => {
    if (!isOfExtension(app.type)) return []
    const line = { at: app.at, type: 1, component: 'AgentExecutor' } as const
    if (app.state === 'installing')
      return [
        {
          ...line,
          text: `cmd line for running ${app.type === 'win32' || app.type === 'store' ? 'the installer of ' : ''}${named(app)}`,
        },
      ]
    if (app.exitCode === undefined) return []
    return [{ ...line, type: app.exitCode === 0 ? 1 : 3, text: `lpExitCode ${app.exitCode} of ${named(app)}` }]
  })
  return linesText(lines, timeOf)
}

/** By time; of one moment, in the order in which they were found. */
const linesText = (lines: LogLine[], timeOf: DiskFacts['timeOf']): string =>
  lines
    .toSorted((a, b) => a.at - b.at)
    .map((line) => cmTraceLine(line, timeOf))
    .join('')

/** What the lines of a kind begin with: of Win32 apps and scripts as records have it [F], of others assumed. */
const TAGS: Readonly<Record<AppType, string>> = {
  msi: '',
  msix: '',
  office: '',
  win32: 'Win32App',
  store: 'WinGetApp',
  script: 'PowerShell',
  remediation: 'Remediation',
}

const named = ({ name, id }: AppFact): string => (name === undefined ? id : `${name} (${id})`)

function stepText(app: At<AppFact>): string {
  const { state, attempt, exitCode, code, url, text } = app
  const details = [
    ...(exitCode === undefined ? [] : [`exit code ${exitCode}`]),
    ...(code === undefined ? [] : [code]),
    ...(text === undefined ? [] : [text]),
    ...(url === undefined ? [] : [url]),
  ]
  return `${named(app)}, attempt ${attempt}: ${state}${details.length > 0 ? `, ${details.join(', ')}` : ''}`
}

const STATES: Readonly<Record<string, string>> = {
  '1': 'NotInstalled',
  '2': 'InProgress',
  '3': 'Installed',
  '4': 'Error',
}
const TRACKED =
  /^\.\/(Device|User)\/.*\/EnrollmentStatusTracking\/Setup\/Apps\/Tracking\/[^/]+\/([^/]+)\/InstallationState$/
const LISTED =
  /^\.\/(Device|User)\/.*\/EnrollmentStatusTracking\/Setup\/Apps\/PolicyProviders\/[^/]+\/TrackingPoliciesCreated$/

/** What the extension reports to the status page (8.3 [F]: EspPhase, registered, from InProgress to Installed). */
function phaseText(uri: string, value: string): string | undefined {
  const phase = uri.startsWith('./User') ? 'AccountSetup' : 'DeviceSetup'
  const app = TRACKED.exec(uri)
  if (app) return `[Win32App][EspManager] EspPhase: ${phase}. App ${app[2]} is ${STATES[value] ?? value}.`
  if (LISTED.test(uri)) return `[Win32App][EspManager] EspPhase: ${phase}. The list of apps is registered: ${value}.`
  return undefined
}
