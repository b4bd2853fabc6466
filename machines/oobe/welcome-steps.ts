import { known } from '../outcomes.ts'
import { isStandardUser } from './oobe-context.ts'
import { stepsBefore } from './plan.ts'

/** The privacy settings, when account setup begins (1.7 [D]). */
export const privacy = <To extends string>(to: To) =>
  stepsBefore<To>()({
    privacy: {
      page: 'privacy',
      source: '10 S23',
      input: ({ disk, profile }) => ({ isAccepted: disk.privacyAccepted, profile }),
      leads: {
        accepted: { to, writes: ({ settings }) => ({ privacyAccepted: true, privacy: settings }) },
        doesNotApply: { to, writes: { privacyAccepted: true } },
      },
    },
  })

/** Account setup begins: the privacy settings, and then the school-branded welcome, which signs the person in (1.7 [D]). */
export const welcome = <To extends string = 'accountStatus'>(to = 'accountStatus' as To, restorePage?: To) =>
  stepsBefore<To>()({
    ...privacy('welcome'),
    welcome: {
      page: 'welcome',
      source: '10 S22',
      input: (context) => ({
        account: known(context.disk.account, 'an account'),
        tenantDomain: context.profile?.tenantDomain ?? '',
        isStandardUser: isStandardUser(context),
      }),
      leads: {
        signedIn: {
          to,
          ...(restorePage === undefined ? {} : { when: [{ question: 'mayRestore', to: restorePage }] as const }),
          tells: 'user.signedIn',
        },
      },
    },
  })

/** The restore page of Windows Backup for Organizations behind the sign-in (1.11 [D]; its place [U]). */
const windowsRestore = stepsBefore<'accountStatus'>()({
  windowsRestore: {
    page: 'windowsRestore',
    source: '1.11 [D]',
    input: ({ disk }) => ({ isDone: disk.restoreDone === true, isEnrolled: disk.isEnrolled }),
    leads: {
      restored: { to: 'accountStatus', writes: ({ device }) => ({ restoreDone: true, restoredFrom: device }) },
      setUpAsNew: { to: 'accountStatus', writes: { restoreDone: true } },
      doesNotApply: 'accountStatus',
    },
  },
})

/** The welcome, and the restore page where the edition and the account have one. */
export const welcomeAndMaybeRestore = {
  ...welcome<'accountStatus' | 'windowsRestore'>('accountStatus', 'windowsRestore'),
  ...windowsRestore,
}

/** The same for devices that all have one: Windows 11 SE comes to neither device preparation nor association. */
export const welcomeAndRestore = {
  ...welcome<'accountStatus' | 'windowsRestore'>('windowsRestore'),
  ...windowsRestore,
}
