import type { Branding } from '../domain/autopilot.ts'
import { loadBranding as brandingOf } from '../service/entra/look-up-account.ts'
import { working } from './bindings.ts'

/** The school's name and colours, for the pages that have them. */
export const loadBranding = working<Branding | null, string>(({ service }, domain, signal) =>
  brandingOf(service, domain, signal),
)
