import { ofTry } from '../domain/by-try.ts'
import { ANOTHER_INSTALLATION, isSuccess } from '../domain/return-codes.ts'
import { CODE, signedOf, signedOfSystemError } from '../domain/windows-codes.ts'
import type { AppPackage } from '../protocols/app-package/app-package.ts'
import type { Bindings } from './bindings.ts'

/** How one run of an installer ended. */
export interface InstallerResult {
  exitCode: number
  /** 0, or an HRESULT as a signed number. Both kinds of a restart are a success. */
  hresult: number
}

/** ERROR_DISK_FULL: what installers return is assumed. */
const DISK_FULL = 112

/**
 * Runs an installer once. Each run counts as a try of its app, also one that the power interrupts.
 *
 * @param limitSeconds what an installation is that takes longer is an assumption: ERROR_TIMEOUT
 */
export async function runInstaller(
  { device, timeline }: Pick<Bindings, 'device' | 'timeline'>,
  app: AppPackage,
  signal: AbortSignal,
  limitSeconds = Number.POSITIVE_INFINITY,
): Promise<InstallerResult> {
  const { installer, storage } = device
  if (installer.isBusy) return resultOf(ANOTHER_INSTALLATION, true)
  const attempt = installer.begin(app.identity)
  const seconds = ofTry(app.installSeconds, attempt) * storage.slowness
  try {
    await timeline.sleep(Math.min(seconds, limitSeconds) * 1_000, signal)
  } finally {
    installer.end()
  }
  const exitCode = ofTry(app.exitCode, attempt)
  if (seconds > limitSeconds) return { exitCode, hresult: signedOf(CODE.timedOut) }
  if (storage.isFull) return resultOf(DISK_FULL, true)
  return resultOf(exitCode, ofTry(app.isDetected, attempt))
}

function resultOf(exitCode: number, isDetected: boolean): InstallerResult {
  if (!isSuccess(exitCode)) return { exitCode, hresult: signedOfSystemError(exitCode) }
  return { exitCode, hresult: isDetected ? 0 : signedOf(CODE.appNotDetected) }
}

/** A remediation: its first script looks, and where it finds an issue (exit code 1) the second one mends it. */
export async function remediate(
  run: Pick<Bindings, 'device' | 'timeline'>,
  app: AppPackage,
  signal: AbortSignal,
): Promise<InstallerResult> {
  const found = await runInstaller(run, app, signal)
  if (found.exitCode !== ISSUE_FOUND) return found
  return resultOf(app.remediationExitCode ?? 0, true)
}

/** Microsoft Learn, Remediations: the exit code of a detection script that has found something to mend [D]. */
const ISSUE_FOUND = 1
