import type { Rule } from '../../protocols/membership-rule/rule.ts'
import { devicesIn, directoryDeviceOf, groupsOfRegistration } from '../directory/groups.ts'
import { ruleOf } from '../directory/rules.ts'
import { type Group, type RegisteredDevice, withEntry } from '../directory/state.ts'
import type { Tenant } from '../tenant.ts'
import { type Check, count, judged, quoted, ready } from './prerequisite.ts'

type Comparison = Extract<Rule, { kind: 'comparison' }>

const dynamicGroups = (tenant: Tenant): (Group & { rule: string })[] =>
  [...tenant.directory.now.groups.values()].flatMap((group) =>
    group.rule === undefined ? [] : [{ ...group, rule: group.rule }],
  )

const TAG = '[orderid]:'

/** What rules say that a group tag is, or begins with. */
function tagsIn(rule: Rule): string[] {
  return comparisonsIn(rule).flatMap(({ value }) => {
    const texts = typeof value === 'string' ? [value] : Array.isArray(value) ? (value as readonly string[]) : []
    return texts.filter((text) => text.toLowerCase().startsWith(TAG)).map((text) => text.slice(TAG.length))
  })
}

function comparisonsIn(rule: Rule): Comparison[] {
  switch (rule.kind) {
    case 'and':
    case 'or':
      return [...comparisonsIn(rule.left), ...comparisonsIn(rule.right)]
    case 'not':
    case 'quantified':
      return comparisonsIn(rule.rule)
    case 'comparison':
      return [rule]
    case 'memberOf':
      return []
  }
}

/** A tag that no rule looks at brings a device into no group. Where no rule is about tags it is only a note. */
export const groupTags: Check = ({ tenant }) => {
  const groups = dynamicGroups(tenant)
  const known = [...new Set(groups.flatMap(({ rule }) => tagsIn(ruleOf(rule))))]
  const { moment } = tenant.directory
  const dynamicOf = (at: typeof moment, device: RegisteredDevice) =>
    groupsOfRegistration(at, device)
      .filter(({ rule }) => rule !== undefined)
      .map(({ id }) => id)
      .join(' ')
  const isTaken = (device: RegisteredDevice) => {
    const devices = withEntry(moment.state.devices, device.id, { ...device, groupTag: '' })
    return dynamicOf(moment, device) !== dynamicOf({ ...moment, state: { ...moment.state, devices } }, device)
  }
  const lost = [...tenant.directory.now.devices.values()].filter(
    (device) =>
      device.groupTag !== '' && !isTaken(device) && (known.length > 0 || tenant.profileOf(device).intended === null),
  )
  const byTag = new Map<string, RegisteredDevice[]>()
  for (const device of lost) byTag.set(device.groupTag, [...(byTag.get(device.groupTag) ?? []), device])
  return judged(
    'groupTags',
    [...byTag].map(([tag, devices]) => ({
      text: `no group takes the tag "${tag}" of ${devices.map(({ serialNumber }) => serialNumber).join(', ')}`,
      remedy:
        known.length > 0
          ? `correct the tag (rules have ${quoted(known)}), or make a group for it`
          : `make a group with the rule (device.devicePhysicalIds -any (_ -eq "[OrderID]:${tag}"))`,
    })),
    'each tag of a registered device is in the rule of a group',
  )
}

export const groupRules: Check = ({ tenant }) => {
  const { moment } = tenant.directory
  const groups = dynamicGroups(tenant)
  return judged(
    'groupRules',
    groups
      .filter((group) => devicesIn(moment, group).length === 0)
      .map(({ name }) => ({
        text: `no registered device fulfils the rule of "${name}"`,
        remedy: 'correct the rule or the tags of the devices, or delete the group',
      })),
    groups.length === 0 ? 'the school has no dynamic group' : `${count(groups.length, 'rule')} with a device for each`,
  )
}

/** Attributes that come with the enrolment (cases, reg-3): too late for what the device needs before it. */
const WITH_ENROLMENT: ReadonlySet<string> = new Set([
  ...['deviceCategory', 'deviceManagementAppId', 'deviceManufacturer', 'deviceModel', 'deviceOSVersion'],
  ...['deviceOwnership', 'deviceTrustType', 'enrollmentProfileName', 'isRooted', 'managementType'],
])

function attributesIn(rule: Rule): string[] {
  switch (rule.kind) {
    case 'and':
    case 'or':
      return [...attributesIn(rule.left), ...attributesIn(rule.right)]
    case 'not':
      return attributesIn(rule.rule)
    case 'comparison':
    case 'quantified':
      return [rule.property]
    case 'memberOf':
      return []
  }
}

/** A rule on an attribute that no registered device has holds for none. */
export const ruleAttributes: Check = ({ tenant }) => {
  const { moment } = tenant.directory
  const devices = moment.entra.all().map((device) => directoryDeviceOf(moment, device))
  if (devices.length === 0) return ready('ruleAttributes', 'no device is registered that could have them')
  const isFilled = (attribute: string) =>
    devices.some((device) => {
      const value = device[attribute as keyof typeof device]
      return Array.isArray(value) ? value.length > 0 : value !== undefined && value !== null
    })
  return judged(
    'ruleAttributes',
    dynamicGroups(tenant).flatMap(({ name, rule }) =>
      [...new Set(attributesIn(ruleOf(rule)))]
        .filter((attribute) => !isFilled(attribute))
        .map((attribute) => ({
          text: WITH_ENROLMENT.has(attribute)
            ? `the rule of "${name}" looks at ${attribute}: devices have it after their enrolment, too late for a deployment profile`
            : `the rule of "${name}" looks at ${attribute}: no registered device has it`,
          remedy: 'use devicePhysicalIds, which holds group tag and purchase order from the registration on',
        })),
    ),
    'devices have them from their registration on',
  )
}
