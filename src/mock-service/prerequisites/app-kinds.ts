import type { AppKind } from '../../domain/tenant-apps.ts'
import { CODE } from '../../domain/windows-codes.ts'
import { type Check, notKnown, quoted, ready } from './prerequisite.ts'

/** MSI apps of the management channel and Win32 apps at once: now and then one fails (oobe-autopilot-esp.md, 4.7 [D], 4.9 [F]). */
export const appKinds: Check = ({ tenant }) => {
  const required = [...tenant.directory.now.apps.values()].filter(({ assignedTo }) => assignedTo.length > 0)
  const named = (kind: AppKind) => required.filter((app) => app.kind === kind).map(({ name }) => name)
  const [msi, win32] = [named('msi'), named('win32')]
  if (msi.length === 0 || win32.length === 0)
    return ready('appKinds', 'MSI and Win32 apps are not required side by side')
  return notKnown(
    'appKinds',
    `whether the MSI apps (${quoted(msi)}) and the Win32 apps (${quoted(win32)}) install at the same time: then one of them fails with ${CODE.anotherInstallation}`,
    'deploy them as one kind',
  )
}
