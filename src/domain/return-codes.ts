/** What the exit code of an installer means to the management extension. */
export type ReturnKind = 'success' | 'retry' | 'softReboot' | 'hardReboot' | 'failed'

/**
 * The return codes that a new Win32 app has in Intune's administration [D]. Others are failures. An administrator can change them there, and
 * not here.
 */
const RETURN_CODES: ReadonlyMap<number, ReturnKind> = new Map([
  [0, 'success'],
  [1707, 'success'],
  [3010, 'softReboot'],
  [1641, 'hardReboot'],
  [1618, 'retry'],
])

export const returnKindOf = (exitCode: number): ReturnKind => RETURN_CODES.get(exitCode) ?? 'failed'

/** Another installation is in progress: `ERROR_INSTALL_ALREADY_RUNNING` of Windows Installer [D]. */
export const ANOTHER_INSTALLATION = 1618

/** After the return code "retry": three tries in all, five minutes apart. [U]: as administrators know it; no source was found. */
export const RETRIES = { tries: 3, waitMs: 5 * 60_000 } as const

const DONE: readonly ReturnKind[] = ['success', 'softReboot', 'hardReboot']

/** Whether an installer has done its work, now or after a restart. */
export const isSuccess = (exitCode: number): boolean => DONE.includes(returnKindOf(exitCode))
