/**
 * Policies whose change requires a restart, as field reports name them (reference: oobe-autopilot-esp.md, 4.7 [F]: event 2800
 * for each). The list that Windows uses is not published, so this one is a table and no more: assumed.
 */
const RESTART_POLICIES = [
  'Policy/Config/DeviceGuard/EnableVirtualizationBasedSecurity',
  'Policy/Config/DeviceGuard/LsaCfgFlags',
  'Policy/Config/DmaGuard/DeviceEnumerationPolicy',
  'Policy/Config/VirtualizationBasedTechnology/HypervisorEnforcedCodeIntegrity',
]

export const wantsRestart = (uri: string): boolean => RESTART_POLICIES.some((policy) => uri.endsWith(`/${policy}`))
