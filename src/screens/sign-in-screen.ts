import type { OobeContext } from '../../machines/oobe/oobe-context.ts'
import { KIOSK_ACCOUNT } from '../domain/kiosk.ts'
import type { Texts } from '../texts/en.ts'
import { complaint, type Draft, detail, line } from './parts.ts'

export const signInScreenScreen = (
  { disk, profile, kiosk }: OobeContext,
  _state: unknown,
  { signInScreen: said }: Texts,
): Draft => ({
  title: said.title,
  body: [
    line(said.ready({ device: disk.deviceName }), 'success'),
    ...(kiosk ? [complaint(said.kioskLost({ account: KIOSK_ACCOUNT }))] : []),
    detail(profile?.tenantDomain ? said.anyUser({ organization: profile.tenantDomain }) : said.anyUserUnknown),
  ],
  controls: [],
  why: [
    { fact: 'CloudAssignedOobeConfig bits 32 and 64 (self-deploying)', effect: 'the run ends at the sign-in screen' },
  ],
})
