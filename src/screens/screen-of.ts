import type { PageId } from '../domain/pages.ts'
import type { Screen } from '../domain/screen.ts'
import { shownBy, type View } from '../domain/view.ts'
import { privacyScreen, signInScreen, welcomeScreen } from './account-screens.ts'
import {
  autopilotProfileScreen,
  criticalUpdatesScreen,
  deviceNameScreen,
  deviceUsageScreen,
  licenseTermsScreen,
  namingScreen,
  qualityUpdatesScreen,
} from './device-screens.ts'
import { desktopScreen, firstLogonScreen, nextSignInScreen, signInScreenScreen } from './end-screens.ts'
import { connectivityScreen, networkScreen } from './network-screens.ts'
import type { Draft } from './parts.ts'
import { keyboardScreen, languageScreen, powerOnScreen, regionScreen, secondKeyboardScreen } from './start-screens.ts'
import {
  deviceJoinScreen,
  enrollmentScreen,
  enrollmentStatusFailureScreen,
  enrollmentStatusScreen,
  tpmAttestationScreen,
} from './status-screens.ts'

/** What a page draws from: the context of the statechart that owns it, the state it is in, and the whole view. */
// biome-ignore lint/suspicious/noExplicitAny: each entry narrows to the context and the states of its own statechart
type Builder = (context: any, state: any, view: View) => Draft

const BUILDERS: Record<PageId, Builder> = {
  powerOn: powerOnScreen,
  language: languageScreen,
  region: regionScreen,
  keyboard: keyboardScreen,
  secondKeyboard: secondKeyboardScreen,
  network: networkScreen,
  connectivity: connectivityScreen,
  criticalUpdates: criticalUpdatesScreen,
  autopilotProfile: autopilotProfileScreen,
  naming: namingScreen,
  licenseTerms: licenseTermsScreen,
  deviceName: deviceNameScreen,
  deviceUsage: deviceUsageScreen,
  signIn: signInScreen,
  tpmAttestation: tpmAttestationScreen,
  deviceJoin: deviceJoinScreen,
  enrollment: enrollmentScreen,
  enrollmentStatus: (_context, _state, view) => enrollmentStatusScreen(statusContext(view), view),
  enrollmentStatusFailure: (_context, _state, view) => enrollmentStatusFailureScreen(statusContext(view), view),
  qualityUpdates: qualityUpdatesScreen,
  welcome: welcomeScreen,
  privacy: privacyScreen,
  firstLogon: firstLogonScreen,
  nextSignIn: nextSignInScreen,
  desktop: desktopScreen,
  signInScreen: signInScreenScreen,
}

/** The page belongs to its category's statechart while one runs; the whole is the Enrollment Status Page's. */
function statusContext(view: View): Parameters<typeof enrollmentStatusScreen>[0] {
  const found = view.find(({ machine }) => machine === 'enrollmentStatus')
  if (!found) throw new Error('an Enrollment Status Page without its statechart')
  return found.context as Parameters<typeof enrollmentStatusScreen>[0]
}

/** The only way from state to what is seen. Null between two pages. */
export function screenOf(view: View): Screen | null {
  const shown = shownBy(view)
  if (shown?.page === undefined) return null
  const draft = BUILDERS[shown.page](shown.context, shown.states[0] ?? '', view)
  return { page: shown.page, why: [], ...draft }
}
