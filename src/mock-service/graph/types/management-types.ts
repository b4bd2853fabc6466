import type { EntityType } from './entity-type.ts'

const DM = 'deviceManagement'

/** Types of Intune's settings and overviews, as Graph's reference lists them (November 2026 [D]). */
export const MANAGEMENT_TYPES: readonly EntityType[] = [
  {
    name: 'deviceManagement',
    sets: [DM],
    text: 'id',
    guid: 'intuneAccountId',
    complex: 'adminConsent intuneBrand settings subscriptionState subscriptions',
    beta: 'adminConsent subscriptions',
  },
  {
    name: 'managedDeviceOverview',
    sets: [`${DM}/managedDeviceOverview`],
    text: 'id',
    number: 'enrolledDeviceCount mdmEnrolledCount dualEnrolledDeviceCount',
    dateTime: 'lastModifiedDateTime',
    complex: 'deviceOperatingSystemSummary deviceExchangeAccessStateSummary managedDeviceModelsAndManufacturers',
    beta: 'lastModifiedDateTime managedDeviceModelsAndManufacturers',
  },
  {
    name: 'roleScopeTag',
    sets: [`${DM}/roleScopeTags`],
    text: 'id displayName description',
    boolean: 'isBuiltIn',
    navigation: 'assignments',
  },
  { name: 'deviceCategory', sets: [`${DM}/deviceCategories`], text: 'id displayName description' },
  {
    name: 'termsAndConditions',
    sets: [`${DM}/termsAndConditions`],
    text: 'id displayName description title bodyText acceptanceStatement',
    number: 'version',
    dateTime: 'createdDateTime lastModifiedDateTime',
    navigation: 'assignments acceptanceStatuses',
  },
  {
    name: 'deviceAndAppManagementAssignmentFilter',
    sets: [`${DM}/assignmentFilters`],
    text: 'id displayName description rule',
    texts: 'roleScopeTags',
    dateTime: 'createdDateTime lastModifiedDateTime',
    complex: 'platform payloads assignmentFilterManagementType',
  },
  {
    name: 'deviceConfiguration',
    sets: [`${DM}/deviceConfigurations`],
    text: 'id displayName description',
    number: 'version',
    dateTime: 'createdDateTime lastModifiedDateTime',
    navigation:
      'assignments deviceStatuses userStatuses deviceStatusOverview userStatusOverview deviceSettingStateSummaries',
  },
  {
    name: 'deviceCompliancePolicy',
    sets: [`${DM}/deviceCompliancePolicies`],
    text: 'id displayName description',
    number: 'version',
    dateTime: 'createdDateTime lastModifiedDateTime',
    navigation: `assignments scheduledActionsForRule deviceStatuses userStatuses deviceStatusOverview userStatusOverview
      deviceSettingStateSummaries`,
  },
  {
    name: 'deviceManagementConfigurationPolicy',
    sets: [`${DM}/configurationPolicies`],
    text: 'id name description creationSource',
    texts: 'roleScopeTagIds',
    boolean: 'isAssigned',
    number: 'settingCount',
    dateTime: 'createdDateTime lastModifiedDateTime',
    complex: 'platforms technologies templateReference priorityMetaData',
    navigation: 'assignments settings',
  },
]
