import { isStandardUser, type OobeContext, personAt } from '../../machines/oobe/oobe-context.ts'
import type { Texts } from '../texts/en.ts'
import { button, type Draft, detail, line, primary } from './parts.ts'

export function desktopScreen(context: OobeContext, state: string, { desktop }: Texts): Draft {
  const { disk } = context
  const isStandard = isStandardUser(context)
  return {
    title: desktop.title,
    body: [
      line(desktop.signedIn({ name: personAt(context), device: disk.deviceName }), 'success'),
      line(isStandard ? desktop.standardUser : desktop.administrator),
      detail(disk.isEnrolled ? desktop.enrolled : desktop.notEnrolled),
      ...(state.endsWith('waiting') ? [detail(desktop.toCome)] : []),
      ...(disk.restoredFrom === undefined || disk.laterUsers > 0
        ? []
        : [detail(desktop.restored({ device: disk.restoredFrom }))]),
      ...(disk.backsUpToOneDrive ? [detail(desktop.backsUp)] : []),
    ],
    controls: state.endsWith('atDesktop')
      ? [button('signOut', desktop.signOut, 'user.signOut'), primary('finish', desktop.finish, 'user.finish')]
      : [],
    why: [
      {
        fact:
          disk.laterUsers > 0
            ? 'not the person who joined the device'
            : disk.isStandardByPreparation
              ? 'account type Standard of the device preparation policy'
              : isStandard
                ? 'CloudAssignedOobeConfig bit 2 (OobeUserNotLocalAdmin)'
                : 'no profile that says Standard',
        effect: isStandard ? 'standard user' : 'local administrator',
      },
    ],
  }
}
