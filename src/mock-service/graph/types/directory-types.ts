import type { EntityType } from './entity-type.ts'

/** Types of the directory, as Graph's reference lists them (November 2026 [D]): those that the mock serves, and objects beside them. */
export const DIRECTORY_TYPES: readonly EntityType[] = [
  {
    name: 'directoryObject',
    sets: ['directoryObjects'],
    text: 'id displayName userPrincipalName mail deviceId description operatingSystem operatingSystemVersion trustType givenName surname jobTitle',
    texts: 'physicalIds groupTypes systemLabels',
    boolean: 'accountEnabled securityEnabled mailEnabled isCompliant isManaged',
    dateTime: 'deletedDateTime createdDateTime registrationDateTime approximateLastSignInDateTime',
  },
  {
    name: 'group',
    sets: ['groups'],
    text: `id displayName description mail mailNickname membershipRule membershipRuleProcessingState classification visibility theme
      preferredLanguage preferredDataLocation onPremisesDomainName onPremisesNetBiosName onPremisesSamAccountName
      onPremisesSecurityIdentifier securityIdentifier uniqueName createdByAppId accessType`,
    texts: 'groupTypes proxyAddresses creationOptions resourceBehaviorOptions resourceProvisioningOptions infoCatalogs',
    boolean: `mailEnabled securityEnabled isAssignableToRole isManagementRestricted onPremisesSyncEnabled isArchived hasMembersWithLicenseErrors
      allowExternalSenders autoSubscribeNewMembers hideFromAddressLists hideFromOutlookClients isSubscribedByMail`,
    number: 'unseenCount',
    dateTime: 'createdDateTime deletedDateTime expirationDateTime renewedDateTime onPremisesLastSyncDateTime',
    complex:
      'assignedLabels assignedLicenses licenseProcessingState onPremisesProvisioningErrors serviceProvisioningErrors',
    navigation:
      'members transitiveMembers memberOf transitiveMemberOf owners createdOnBehalfOf membersWithLicenseErrors',
    beta: 'accessType infoCatalogs isArchived unseenCount',
  },
  {
    name: 'user',
    sets: ['users', 'me'],
    text: `id displayName givenName surname userPrincipalName mail mailNickname jobTitle department officeLocation mobilePhone
      preferredLanguage preferredName city country state streetAddress postalCode companyName employeeId employeeType userType
      usageLocation onPremisesDistinguishedName onPremisesDomainName onPremisesImmutableId onPremisesSamAccountName
      onPremisesSecurityIdentifier onPremisesUserPrincipalName securityIdentifier ageGroup consentProvidedForMinor
      legalAgeGroupClassification creationType externalUserState faxNumber passwordPolicies preferredDataLocation aboutMe mySite`,
    texts:
      'businessPhones otherMails proxyAddresses imAddresses interests pastProjects responsibilities schools skills',
    boolean: 'accountEnabled onPremisesSyncEnabled isResourceAccount isManagementRestricted showInAddressList',
    number: 'deviceEnrollmentLimit',
    dateTime: `createdDateTime deletedDateTime lastPasswordChangeDateTime signInSessionsValidFromDateTime employeeHireDate
      employeeLeaveDateTime externalUserStateChangeDateTime onPremisesLastSyncDateTime birthday hireDate refreshTokensValidFromDateTime`,
    complex: `assignedLicenses assignedPlans provisionedPlans passwordProfile identities employeeOrgData licenseAssignmentStates
      onPremisesExtensionAttributes onPremisesProvisioningErrors serviceProvisioningErrors signInActivity customSecurityAttributes
      authorizationInfo mailboxSettings deviceKeys`,
    navigation: `memberOf transitiveMemberOf manager directReports ownedDevices registeredDevices ownedObjects managedDevices licenseDetails
      windowsInformationProtectionDeviceRegistrations`,
    beta: 'deviceKeys refreshTokensValidFromDateTime windowsInformationProtectionDeviceRegistrations',
  },
  {
    name: 'device',
    sets: ['devices'],
    text: `id deviceId displayName operatingSystem operatingSystemVersion trustType profileType deviceMetadata deviceCategory
      deviceOwnership enrollmentProfileName enrollmentType manufacturer model managementType mdmAppId domainName
      onPremisesSecurityIdentifier kind name status platform`,
    texts: 'physicalIds systemLabels hostnames',
    boolean: 'accountEnabled isCompliant isManaged isRooted isManagementRestricted onPremisesSyncEnabled',
    number: 'deviceVersion',
    dateTime: `approximateLastSignInDateTime complianceExpirationDateTime createdDateTime deletedDateTime registrationDateTime
      onPremisesLastSyncDateTime`,
    complex: 'alternativeSecurityIds extensionAttributes alternativeNames',
    navigation: 'memberOf transitiveMemberOf registeredOwners registeredUsers extensions usageRights commands',
    beta: 'domainName hostnames kind name status platform usageRights commands',
  },
  {
    name: 'organization',
    sets: ['organization'],
    text: `id displayName tenantType city country countryLetterCode postalCode preferredLanguage state street mobileDeviceManagementAuthority
      defaultUsageLocation partnerTenantType`,
    texts: `businessPhones marketingNotificationEmails technicalNotificationMails securityComplianceNotificationMails
      securityComplianceNotificationPhones`,
    boolean: 'onPremisesSyncEnabled isMultipleDataLocationsForServicesEnabled',
    dateTime: 'createdDateTime deletedDateTime onPremisesLastSyncDateTime onPremisesLastPasswordSyncDateTime',
    complex: 'assignedPlans provisionedPlans verifiedDomains privacyProfile directorySizeQuota',
    navigation: 'branding certificateBasedAuthConfiguration extensions',
    beta: 'directorySizeQuota isMultipleDataLocationsForServicesEnabled',
  },
  {
    name: 'organizationalBranding',
    sets: ['branding'],
    text: `id backgroundColor headerBackgroundColor signInPageText usernameHintText customCannotAccessYourAccountText
      customCannotAccessYourAccountUrl customForgotMyPasswordText customPrivacyAndCookiesText customPrivacyAndCookiesUrl
      customResetItNowText customTermsOfUseText customTermsOfUseUrl customAccountResetCredentialsUrl customCSSRelativeUrl
      backgroundImageRelativeUrl bannerLogoRelativeUrl squareLogoRelativeUrl squareLogoDarkRelativeUrl headerLogoRelativeUrl
      faviconRelativeUrl`,
    texts: 'cdnList',
    complex: `backgroundImage bannerLogo squareLogo squareLogoDark headerLogo favicon customCSS loginPageLayoutConfiguration
      loginPageTextVisibilitySettings contentCustomization`,
    navigation: 'localizations',
  },
]
