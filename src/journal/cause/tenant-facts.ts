import type { DeploymentProfileDefinition, UserDefinition } from '../../domain/tenant.ts'
import { CODE } from '../../domain/windows-codes.ts'
import type { FactBehind } from './cause.ts'
import { policyTrouble } from './refusal-facts.ts'
import type { KnownSpec, Story } from './story.ts'

type Found = Pick<FactBehind, 'fact' | 'text'>

/** What of the deployment profile keeps a device from its enrolment. */
export function profileTrouble(story: Story, code: string, text: string): Found | undefined {
  if (code === CODE.enrollmentServer && text.includes('pre-provisioning')) {
    return ofProfile(story, 'preprovisioningAllowed', (profile) => String(profile.preprovisioningAllowed))
  }
  if (code !== CODE.deviceNotSupported || !text.includes('without a user before')) return undefined
  return (
    ofProfile(
      story,
      'mode',
      ({ mode }) => mode,
      ({ mode }) => mode === 'selfDeploying',
    ) ?? ofProfile(story, 'preprovisioningAllowed', (profile) => String(profile.preprovisioningAllowed))
  )
}

function ofProfile(
  { spec: { tenant }, exchanges }: Story,
  name: keyof DeploymentProfileDefinition,
  value: (profile: DeploymentProfileDefinition) => string,
  isMeant: (profile: DeploymentProfileDefinition) => boolean = () => true,
): Found | undefined {
  const { deploymentProfiles = [] } = tenant
  const lookup = exchanges.findLast(
    ({ request, response }) => request.operation === 'Autopilot lookup' && response?.status === 200,
  )
  const body = lookup?.response?.body
  const index = deploymentProfiles.findIndex(
    (profile) =>
      typeof body === 'string' &&
      body.includes(`"Comment_File":${JSON.stringify(`Profile ${profile.name}`)}`) &&
      isMeant(profile),
  )
  if (index < 0) return undefined
  const profile = deploymentProfiles[index]!
  return {
    fact: `tenant.deploymentProfiles.${index}.${name}`,
    text: `the profile "${profile.name}" has ${name} ${value(profile)}`,
  }
}

/** Why the device is another tenant's: a file on its disk, or its registration. */
export function otherTenant({ device, tenant }: KnownSpec): Found | undefined {
  const elsewhere = tenant.devicesElsewhere?.indexOf(device.id ?? '') ?? -1
  if (elsewhere >= 0) {
    return { fact: `tenant.devicesElsewhere.${elsewhere}`, text: `another tenant has registered ${device.id}` }
  }
  const file = device.disk?.files?.findIndex(({ path }) => /AutopilotConfigurationFile\.json$/i.test(path)) ?? -1
  return file < 0
    ? undefined
    : { fact: `device.disk.files.${file}`, text: 'the disk has the profile file of another tenant' }
}

/** The policy of the tenant that the device refused, while the page waits for all of them. */
export function refusedPolicy({ spec, entries }: Story): Found | undefined {
  const refused = entries.flatMap((entry) =>
    entry.kind === 'csp' && entry.by === 'server' && entry.command !== 'Get' && entry.status >= 400 ? [entry] : [],
  )
  for (const { uri, status } of refused) {
    const index = spec.tenant.policies?.findIndex(({ policy }) => uri.endsWith(`/${policy}`)) ?? -1
    if (index >= 0) {
      const { policy } = spec.tenant.policies![index]!
      return {
        fact: `tenant.policies.${index}`,
        text: `the device refuses the value of the policy ${policy} with ${status}`,
      }
    }
  }
  return undefined
}

/** Why a person's part of the setup waits: the server has nothing for them, or the device gets no token for them. */
export function accountWaits(story: Story, path: string, user: UserDefinition): Found | undefined {
  const { spec, logs, stimuli } = story
  const { email, licensed } = user
  if (!licensed) return { fact: `${path}.licensed`, text: `${email} has no licence` }
  const isResealed = stimuli.some(({ stimulus }) => stimulus.kind === 'press' && stimulus.control === 'reseal')
  if (isResealed && spec.device.behaviour?.tokensNeedRestAfterReseal) {
    return { fact: 'device.behaviour.tokensNeedRestAfterReseal', text: 'the device has tokensNeedRestAfterReseal true' }
  }
  const refused = logs.findLast(({ event }) => event === 'tokenRefused')?.text ?? ''
  return policyTrouble(story, email, /AADSTS(\d{5})/.exec(refused)?.[1] ?? '')
}
