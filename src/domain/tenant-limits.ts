import { PREPARATION_LIMITS } from './device-preparation.ts'

/** What Intune and Entra take at most, from a script as from a file (reference: oobe-autopilot-esp.md, 4.2, 6.4 [D]). */
export const TENANT_LIMITS = {
  deploymentProfiles: 350,
  /** Beside the default. */
  statusPages: 50,
  blockingApps: 100,
  /** Win32 apps that are connected by dependencies, and by supersedence (Microsoft Learn [D]). */
  dependencies: 100,
  supersedence: 10,
  /** Of a device preparation policy (2.8 [D]). */
  allowedApps: PREPARATION_LIMITS.apps,
  allowedScripts: PREPARATION_LIMITS.scripts,
  /** Characters, here and below. */
  profileName: 200,
  profileDescription: 1_500,
  customErrorMessage: 10_000,
  signInPageText: 1_024,
  usernameHint: 64,
  /** Rows and characters of a logo that a terminal draws. Microsoft Entra's is an image of 240 x 240 (6.5 [D]). */
  logoRows: 6,
  logoColumns: 32,
} as const
