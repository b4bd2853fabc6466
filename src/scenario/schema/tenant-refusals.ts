import { whatIsWrongWithNameTemplate } from '../../domain/device-names.ts'
import { AGENT_PROVIDER } from '../../domain/esp.ts'
import { whatIsWrongWithLanguage } from '../../domain/locales.ts'
import { whatIsWrongWithProfileName } from '../../domain/profile-names.ts'
import { TENANT_LIMITS } from '../../domain/tenant-limits.ts'
import type { Key } from '../schema-issues.ts'
import type { Mistake } from './mistake.ts'
import { type Assigned, repeated } from './tenant-references.ts'

/** What of a tenant's file the service has rules for. */
export interface RuledTenant {
  branding: { signInPageText?: string | undefined; usernameHint?: string | undefined }
  deploymentProfiles: (Assigned & { name: string; language: string; deviceNameTemplate: string })[]
  statusPages: (Assigned & { customErrorMessage: string })[]
  devicePreparationPolicies: (Assigned & { customErrorMessage: string })[]
  scripts: Assigned[]
  apps: Assigned[]
  management: { hasAgent: boolean; policyProviders: { name: string }[] }
}

/** What the service would refuse, if a script asked for what a file says. */
export function refusalsOf(tenant: RuledTenant): Mistake[] {
  const { branding, deploymentProfiles, statusPages, devicePreparationPolicies, apps, scripts, management } = tenant
  const list = { deploymentProfiles, statusPages, devicePreparationPolicies, apps, scripts }
  return [
    ...tooLong(branding.signInPageText, TENANT_LIMITS.signInPageText, ['branding', 'signInPageText']),
    ...tooLong(branding.usernameHint, TENANT_LIMITS.usernameHint, ['branding', 'usernameHint']),
    ...tooMany('deploymentProfiles', deploymentProfiles, TENANT_LIMITS.deploymentProfiles),
    ...tooMany('statusPages', statusPages, TENANT_LIMITS.statusPages),
    ...deploymentProfiles.flatMap(({ name, language, deviceNameTemplate }, index) => [
      ...wrong(whatIsWrongWithProfileName(name), ['deploymentProfiles', index, 'name']),
      ...wrong(language === '' ? undefined : whatIsWrongWithLanguage(language), [
        'deploymentProfiles',
        index,
        'language',
      ]),
      ...wrong(whatIsWrongWithNameTemplate(deviceNameTemplate), ['deploymentProfiles', index, 'deviceNameTemplate']),
    ]),
    ...secondDefaults(deploymentProfiles),
    ...secondProviders(management),
    // That of device preparation has no published limit: the one of status pages, an assumption.
    ...Object.entries({ statusPages, devicePreparationPolicies }).flatMap(([name, entries]) =>
      entries.flatMap(({ customErrorMessage }, index) =>
        tooLong(customErrorMessage, TENANT_LIMITS.customErrorMessage, [name, index, 'customErrorMessage']),
      ),
    ),
    ...Object.entries(list).flatMap(([name, entries]) =>
      entries.flatMap(({ assignedTo, excluded }, entry) => [
        ...repeated(assignedTo, (index) => [name, entry, 'assignedTo', index]),
        ...repeated(excluded, (index) => [name, entry, 'excluded', index]),
      ]),
    ),
  ]
}

/** A node of the page is one of its kind, whatever its letters; the management extension has one too. */
function secondProviders({ hasAgent, policyProviders }: RuledTenant['management']): Mistake[] {
  const names = [...(hasAgent ? [AGENT_PROVIDER] : []), ...policyProviders.map(({ name }) => name)]
  const before = names.length - policyProviders.length
  return policyProviders.flatMap(({ name }, index) => {
    const first = names.findIndex((one) => one.toLowerCase() === name.toLowerCase())
    if (first === index + before) return []
    const message =
      first < before ? `"${name}" is the management extension: say hasAgent: false, too` : `"${name}" is here twice`
    return [{ path: ['management', 'policyProviders', index, 'name'] as Path, message }]
  })
}

type Path = [Key, ...Key[]]

const wrong = (message: string | undefined, path: Path): Mistake[] => (message === undefined ? [] : [{ path, message }])

const tooLong = (text: string | undefined, most: number, path: Path): Mistake[] =>
  text !== undefined && text.length > most ? [{ path, message: `must have at most ${most} characters` }] : []

const tooMany = (name: string, entries: readonly unknown[], most: number): Mistake[] =>
  entries.length > most ? [{ path: [name], message: `must have at most ${most} entries` }] : []

/** The service has one deployment profile for all devices, and refuses another. */
function secondDefaults(profiles: readonly Assigned[]): Mistake[] {
  const [first, ...others] = profiles.flatMap(({ id, assignedTo }, profile) =>
    assignedTo.includes('allDevices') ? [{ id, profile, index: assignedTo.indexOf('allDevices') }] : [],
  )
  return others.map(({ profile, index }) => ({
    path: ['deploymentProfiles', profile, 'assignedTo', index],
    message: `the profile "${first!.id}" is assigned to all devices already, and one profile can be`,
  }))
}
