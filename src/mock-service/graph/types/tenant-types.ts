import type { EntityType } from './entity-type.ts'

/** Types of what every tenant has, as Graph's reference lists them (November 2026 [D]). */
export const TENANT_TYPES: readonly EntityType[] = [
  {
    name: 'windowsSetting',
    sets: ['me/settings/windows'],
    text: 'id payloadType settingType windowsDeviceId',
    navigation: 'instances',
  },
  {
    name: 'windowsSettingInstance',
    sets: ['me/settings/windows/instances'],
    text: 'id payload',
    dateTime: 'createdDateTime expirationDateTime lastModifiedDateTime',
  },
  {
    name: 'domain',
    sets: ['domains'],
    text: 'id authenticationType availabilityStatus model',
    texts: 'supportedServices',
    boolean: 'isAdminManaged isDefault isInitial isRoot isVerified',
    number: 'passwordNotificationWindowInDays passwordValidityPeriodInDays',
    complex: 'state',
    navigation:
      'domainNameReferences federationConfiguration rootDomain serviceConfigurationRecords verificationDnsRecords',
  },
  {
    name: 'subscribedSku',
    sets: ['subscribedSkus'],
    text: 'id accountId accountName appliesTo capabilityStatus skuPartNumber',
    texts: 'subscriptionIds',
    number: 'consumedUnits',
    guid: 'skuId',
    complex: 'prepaidUnits servicePlans',
  },
  {
    name: 'directoryRole',
    sets: ['directoryRoles'],
    text: 'id description displayName roleTemplateId',
    dateTime: 'deletedDateTime',
    navigation: 'members scopedMembers',
  },
  {
    name: 'application',
    sets: ['applications'],
    text: 'id appId applicationTemplateId description displayName groupMembershipClaims publisherDomain signInAudience uniqueName',
    texts: 'identifierUris tags',
    boolean: 'isDeviceOnlyAuthSupported isFallbackPublicClient',
    dateTime: 'createdDateTime deletedDateTime',
    complex: `addIns api appRoles certification info keyCredentials optionalClaims parentalControlSettings passwordCredentials publicClient
      requiredResourceAccess spa web`,
    navigation: 'owners federatedIdentityCredentials extensionProperties',
  },
  {
    name: 'servicePrincipal',
    sets: ['servicePrincipals'],
    text: `id appDescription appDisplayName appId applicationTemplateId description displayName homepage loginUrl logoutUrl notes
      preferredSingleSignOnMode servicePrincipalType signInAudience`,
    texts: 'alternativeNames notificationEmailAddresses replyUrls servicePrincipalNames tags',
    boolean: 'accountEnabled appRoleAssignmentRequired',
    guid: 'appOwnerOrganizationId',
    dateTime: 'deletedDateTime',
    complex:
      'addIns appRoles info keyCredentials oauth2PermissionScopes passwordCredentials resourceSpecificApplicationPermissions',
    navigation: 'appRoleAssignedTo appRoleAssignments memberOf oauth2PermissionGrants ownedObjects owners',
  },
  {
    name: 'namedLocation',
    sets: ['identity/conditionalAccess/namedLocations'],
    text: 'id displayName countryLookupMethod',
    texts: 'countriesAndRegions',
    boolean: 'isTrusted includeUnknownCountriesAndRegions',
    dateTime: 'createdDateTime modifiedDateTime',
    complex: 'ipRanges',
    derived: 'countryLookupMethod countriesAndRegions isTrusted includeUnknownCountriesAndRegions ipRanges',
  },
  {
    name: 'mobilityManagementPolicy',
    sets: ['policies/mobileDeviceManagementPolicies'],
    text: 'id complianceUrl description discoveryUrl displayName termsOfUseUrl',
    boolean: 'isValid isMdmEnrollmentDuringRegistrationDisabled',
    complex: 'appliesTo',
    navigation: 'includedGroups',
  },
]
