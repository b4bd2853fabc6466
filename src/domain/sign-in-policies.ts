import { policyNode } from './policy-nodes.ts'

/** What a source says of a node that keeps Windows from signing the person in when account setup begins. */
interface SignInNode {
  /** Below `./Device/Vendor/MSFT/`; all that is below it, where it ends in a slash. */
  node: string
  tag: 'D'
  source: string
}

const CONFLICTS = 'Microsoft: Windows Autopilot, policy conflicts (oobe-autopilot-esp.md, 4.7)'

/**
 * Nodes that break the automatic sign-in: the person enters the password once more. Microsoft's page has names of settings, and their nodes are
 * inferred. AutoAdminLogon is a value of the registry, which a script sets: no node has it. A tenant extends the table:
 * `breaksSignIn: true` beside a policy.
 */
export const SIGN_IN_NODES: readonly SignInNode[] = [
  { node: 'Policy/Config/DeviceLock/', tag: 'D', source: CONFLICTS },
  { node: 'Policy/Config/Authentication/PreferredAadTenantDomainName', tag: 'D', source: CONFLICTS },
]

/** The node that breaks the sign-in, of those that are there. @param ofTenant `Area/Name` of policies */
export function signInBreaker(uris: readonly string[], ofTenant: readonly string[] = []): string | undefined {
  const nodes = [...SIGN_IN_NODES.map(({ node }) => node), ...ofTenant.map(policyNode)]
  return uris.find((uri) =>
    nodes.some((node) =>
      node.endsWith('/') ? uri.includes(`/Vendor/MSFT/${node}`) : uri.endsWith(`/Vendor/MSFT/${node}`),
    ),
  )
}
