import { policyNode } from './policy-nodes.ts'

/** What a source says of a node whose change restarts a device during device setup. */
interface RestartNode {
  /** Below `./Device/Vendor/MSFT/`; all that is below it, where it ends in a slash. */
  node: string
  tag: 'D' | 'F'
  source: string
}

const CONFLICTS = 'Microsoft: Windows Autopilot, policy conflicts'

/**
 * Nodes whose change restarts the device at the end of device setup, once for all of them (oobe-autopilot-esp.md, 4.7 [F]: event 2800
 * for each). The list that Windows uses is not published, and Microsoft's page has names of settings: their nodes are inferred. A tenant extends it: `restarts: true` beside a policy.
 */
export const RESTART_NODES: readonly RestartNode[] = [
  { node: 'Policy/Config/DeviceGuard/EnableVirtualizationBasedSecurity', tag: 'D', source: CONFLICTS },
  { node: 'Policy/Config/DeviceGuard/LsaCfgFlags', tag: 'F', source: 'oobe-autopilot-esp.md, 4.7' },
  { node: 'Policy/Config/DmaGuard/DeviceEnumerationPolicy', tag: 'F', source: 'oobe-autopilot-esp.md, 4.7' },
  {
    node: 'Policy/Config/VirtualizationBasedTechnology/HypervisorEnforcedCodeIntegrity',
    tag: 'F',
    source: 'oobe-autopilot-esp.md, 4.7',
  },
  {
    node: 'Policy/Config/LocalPoliciesSecurityOptions/UserAccountControl_BehaviorOfTheElevationPromptForAdministrators',
    tag: 'D',
    source: CONFLICTS,
  },
  {
    node: 'Policy/Config/LocalPoliciesSecurityOptions/UserAccountControl_RunAllAdministratorsInAdminApprovalMode',
    tag: 'D',
    source: CONFLICTS,
  },
  { node: 'AppLocker/', tag: 'D', source: `${CONFLICTS}: also when a policy is deleted, which is not simulated` },
  {
    node: 'Policy/Config/Update/ManagePreviewBuilds',
    tag: 'D',
    source: "Microsoft's answer in a support thread: an update ring that sets it restarts at the end of device setup",
  },
]

/** Whether a node is one of the table, or one of the tenant's own: `Area/Name` of a policy. */
export const restartRule = (ofTenant: readonly string[] = []): ((uri: string) => boolean) => {
  const ends = RESTART_NODES.filter(({ node }) => !node.endsWith('/')).map(({ node }) => `/${node}`)
  const folders = RESTART_NODES.filter(({ node }) => node.endsWith('/')).map(({ node }) => `/Vendor/MSFT/${node}`)
  const all = [...ends, ...ofTenant.map((policy) => `/${policyNode(policy)}`)]
  return (uri) => all.some((end) => uri.endsWith(end)) || folders.some((folder) => uri.includes(folder))
}
