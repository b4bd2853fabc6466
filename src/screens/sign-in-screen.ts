import type { OobeContext } from '../../machines/oobe/oobe-context.ts'
import type { Texts } from '../texts/en.ts'
import { type Draft, detail, line } from './parts.ts'

export const signInScreenScreen = (
  { disk, profile }: OobeContext,
  _state: unknown,
  { signInScreen: said }: Texts,
): Draft => ({
  title: said.title,
  body: [
    line(said.ready({ device: disk.deviceName }), 'success'),
    detail(profile?.tenantDomain ? said.anyUser({ organization: profile.tenantDomain }) : said.anyUserUnknown),
  ],
  controls: [],
  why: [
    { fact: 'CloudAssignedOobeConfig bits 32 and 64 (self-deploying)', effect: 'the run ends at the sign-in screen' },
  ],
})
