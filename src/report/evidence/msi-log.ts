import type { AppFact } from '../../domain/journal.ts'
import type { At, DiskFacts } from './facts.ts'
import { keyPart } from './registry-file.ts'

/** Logs of msiexec, one for each attempt: the lines that a reader searches for. All other lines of Windows Installer are not simulated. */
export function msiLogs({ apps, timeOf }: DiskFacts): { name: string; text: string }[] {
  const logs: { name: string; text: string }[] = []
  apps.forEach((app, index) => {
    if (app.type !== 'msi' || app.state !== 'installing') return
    const end = apps
      .slice(index + 1)
      .find(
        (one) => one.type === 'msi' && one.id === app.id && one.attempt === app.attempt && one.exitCode !== undefined,
      )
    logs.push({ name: `${keyPart(app.id)}-${app.attempt}.log`, text: logOf(app, end, timeOf) })
  })
  return logs
}

function logOf(app: At<AppFact>, end: At<AppFact> | undefined, timeOf: DiskFacts['timeOf']): string {
  const { name = app.id, version = '' } = app
  const began = [
    `=== Verbose logging started: ${timeOf(app.at)}  Build type: SHIP UNICODE  Calling process: C:\\Windows\\system32\\msiexec.exe ===`,
    `Property(S): ProductCode = ${app.id}`,
    `Property(S): ProductName = ${name}`,
    `Property(S): ProductVersion = ${version}`,
  ]
  // The power went, or the run ended, while msiexec was at work.
  if (end?.exitCode === undefined) return [...began, ''].join('\r\n')
  const { exitCode, text } = end
  const result = end.state === 'installed' ? 'Installation completed successfully.' : 'Installation failed.'
  return [
    ...began,
    `MSI (s): Product: ${name} -- ${result}`,
    ...(end.state === 'failed' && text !== undefined ? [`MSI (s): Note: ${text}`] : []),
    `MSI (s): Windows Installer installed the product. Product Name: ${name}. Product Version: ${version}. Installation success or error status: ${exitCode}.`,
    `MainEngineThread is returning ${exitCode}`,
    `=== Verbose logging stopped: ${timeOf(end.at)} ===`,
    '',
  ].join('\r\n')
}
