import type { PageId } from '../domain/pages.ts'
import type { Screen } from '../domain/screen.ts'

/** A page that asks for nothing stays at least so long, in real milliseconds: long enough to be read. */
const LEAST_MS = 700

/** Pages that a person is to see: those of the seven steps, and those on which there is more to read. */
const LEAST_OF: Partial<Readonly<Record<PageId, number>>> = {
  powerOn: 1_500,
  connectivity: 900,
  autopilotProfile: 1_300,
  criticalUpdates: 1_000,
  naming: 2_500,
  deviceJoin: 1_000,
  enrollment: 1_000,
  enrollmentStatus: 2_500,
  qualityUpdates: 1_500,
  welcome: 1_200,
  firstLogon: 2_000,
}

/** Of a step within its page. */
const LEAST_OF_STEP: Readonly<Record<string, number>> = {
  'signIn/loadingBranding': 300,
  'signIn/lookingUpAccount': 300,
  'welcome/greeting': 2_500,
}

/** While the screen is dark: the device restarts. */
export const DARK_MS = 900

/** How long a page is on the screen at least, in real milliseconds, whatever the speed; one that asks for something leaves when it is answered. */
export const leastTimeOf = ({ page, step }: Pick<Screen, 'page' | 'step'>): number =>
  LEAST_OF_STEP[`${page}/${step}`] ?? LEAST_OF[page] ?? LEAST_MS
