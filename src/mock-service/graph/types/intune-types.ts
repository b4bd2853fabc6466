import type { EntityType } from './entity-type.ts'

const DM = 'deviceManagement'

/** Types of Intune, as Graph's reference lists them (November 2026 [D]). A set has the properties of its base type, and of the derived ones that are served. */
export const INTUNE_TYPES: readonly EntityType[] = [
  {
    name: 'importedWindowsAutopilotDeviceIdentity',
    sets: [`${DM}/importedWindowsAutopilotDeviceIdentities`],
    text: 'id groupTag serialNumber productKey importId hardwareIdentifier assignedUserPrincipalName',
    complex: 'state',
  },
  {
    name: 'windowsAutopilotDeviceIdentity',
    sets: [`${DM}/windowsAutopilotDeviceIdentities`],
    text: `id groupTag purchaseOrderIdentifier serialNumber productKey manufacturer model addressableUserName userPrincipalName
      resourceName skuNumber systemFamily azureActiveDirectoryDeviceId azureAdDeviceId managedDeviceId displayName deviceAccountUpn
      deviceAccountPassword deviceFriendlyName`,
    dateTime: 'lastContactedDateTime deploymentProfileAssignedDateTime remediationStateLastModifiedDateTime',
    complex: `enrollmentState deploymentProfileAssignmentStatus deploymentProfileAssignmentDetailedStatus remediationState
      userlessEnrollmentStatus`,
    navigation: 'deploymentProfile intendedDeploymentProfile',
    beta: `azureAdDeviceId deploymentProfileAssignmentStatus deploymentProfileAssignmentDetailedStatus deploymentProfileAssignedDateTime
      remediationState remediationStateLastModifiedDateTime userlessEnrollmentStatus deviceAccountUpn deviceAccountPassword
      deviceFriendlyName deploymentProfile intendedDeploymentProfile`,
  },
  {
    name: 'windowsAutopilotSettings',
    sets: [`${DM}/windowsAutopilotSettings`],
    text: 'id',
    dateTime: 'lastSyncDateTime lastManualSyncTriggerDateTime',
    complex: 'syncStatus',
  },
  {
    name: 'windowsAutopilotDeploymentProfile',
    sets: [
      `${DM}/windowsAutopilotDeploymentProfiles`,
      `${DM}/windowsAutopilotDeviceIdentities/deploymentProfile`,
      `${DM}/windowsAutopilotDeviceIdentities/intendedDeploymentProfile`,
    ],
    text: 'id displayName description language locale deviceNameTemplate managementServiceAppId',
    texts: 'roleScopeTagIds',
    boolean: `extractHardwareHash hardwareHashExtractionEnabled enableWhiteGlove preprovisioningAllowed
      hybridAzureADJoinSkipConnectivityCheck`,
    dateTime: 'createdDateTime lastModifiedDateTime',
    complex: 'deviceType outOfBoxExperienceSetting outOfBoxExperienceSettings enrollmentStatusScreenSettings',
    navigation: 'assignments assignedDevices',
  },
  {
    name: 'windowsAutopilotDeploymentProfileAssignment',
    sets: [`${DM}/windowsAutopilotDeploymentProfiles/assignments`],
    text: 'id sourceId',
    complex: 'target source',
  },
  {
    name: 'deviceEnrollmentConfiguration',
    sets: [`${DM}/deviceEnrollmentConfigurations`],
    text: 'id displayName description customErrorMessage',
    texts: 'roleScopeTagIds selectedMobileAppIds',
    boolean: `showInstallationProgress blockDeviceSetupRetryByUser allowDeviceResetOnInstallFailure allowLogCollectionOnInstallFailure
      allowDeviceUseOnInstallFailure allowNonBlockingAppInstallation trackInstallProgressForAutopilotOnly
      disableUserStatusTrackingAfterFirstUser installQualityUpdates`,
    number: 'priority version limit installProgressTimeoutInMinutes',
    dateTime: 'createdDateTime lastModifiedDateTime',
    complex:
      'deviceEnrollmentConfigurationType platformRestriction androidRestriction iosRestriction windowsRestriction macRestriction',
    navigation: 'assignments',
    derived: `customErrorMessage selectedMobileAppIds showInstallationProgress blockDeviceSetupRetryByUser allowDeviceResetOnInstallFailure
      allowLogCollectionOnInstallFailure allowDeviceUseOnInstallFailure allowNonBlockingAppInstallation
      trackInstallProgressForAutopilotOnly disableUserStatusTrackingAfterFirstUser installQualityUpdates limit
      installProgressTimeoutInMinutes platformRestriction androidRestriction iosRestriction windowsRestriction macRestriction`,
  },
  {
    name: 'enrollmentConfigurationAssignment',
    sets: [`${DM}/deviceEnrollmentConfigurations/assignments`],
    text: 'id sourceId',
    complex: 'target source',
  },
  {
    name: 'managedDevice',
    sets: [`${DM}/managedDevices`, 'users/managedDevices', 'me/managedDevices'],
    text: `id userId deviceName osVersion operatingSystem emailAddress azureADDeviceId azureActiveDirectoryDeviceId easDeviceId
      deviceCategoryDisplayName exchangeLastSuccessfulSyncDateTime remoteAssistanceSessionUrl remoteAssistanceSessionErrorDetails
      userPrincipalName userDisplayName model manufacturer imei meid serialNumber phoneNumber androidSecurityPatchLevel
      subscriberCarrier wiFiMacAddress ethernetMacAddress managedDeviceName activationLockBypassCode notes iccid udid
      enrollmentProfileName enrolledByUserPrincipalName skuFamily joinType hardwareInformation`,
    texts: 'roleScopeTagIds',
    boolean: `easActivated azureADRegistered isSupervised isEncrypted requireUserEnrollmentApproval lostModeState
      autopilotEnrolled bootstrapTokenEscrowed deviceFirmwareConfigurationInterfaceManaged aadRegistered`,
    number: 'totalStorageSpaceInBytes freeStorageSpaceInBytes physicalMemoryInBytes skuNumber',
    dateTime: `enrolledDateTime lastSyncDateTime easActivationDateTime complianceGracePeriodExpirationDateTime
      managementCertificateExpirationDate`,
    complex: `managedDeviceOwnerType ownerType complianceState jailBroken managementAgent deviceEnrollmentType deviceRegistrationState
      managementState exchangeAccessState exchangeAccessStateReason partnerReportedThreatState deviceActionResults
      configurationManagerClientEnabledFeatures deviceHealthAttestationState deviceType chassisType processorArchitecture
      managementFeatures usersLoggedOn`,
    navigation: `users deviceCategory deviceCompliancePolicyStates deviceConfigurationStates detectedApps windowsProtectionState
      logCollectionRequests assignmentFilterEvaluationStatusDetails`,
    beta: `ownerType azureActiveDirectoryDeviceId managementState chassisType deviceType lostModeState usersLoggedOn aadRegistered
      autopilotEnrolled skuFamily skuNumber joinType processorArchitecture managementFeatures hardwareInformation roleScopeTagIds
      bootstrapTokenEscrowed deviceFirmwareConfigurationInterfaceManaged detectedApps assignmentFilterEvaluationStatusDetails`,
  },
  {
    name: 'mobileApp',
    sets: ['deviceAppManagement/mobileApps'],
    text: `id displayName description publisher owner developer notes informationUrl privacyInformationUrl productCode productVersion
      identityVersion fileName committedContentVersion commandLine`,
    texts: 'roleScopeTagIds',
    boolean: 'isFeatured isAssigned ignoreVersionDetection useDeviceContext',
    number: 'size uploadState dependentAppCount supersedingAppCount supersededAppCount',
    dateTime: 'createdDateTime lastModifiedDateTime',
    complex: 'publishingState largeIcon',
    navigation: 'assignments categories relationships',
    derived: `productCode productVersion identityVersion fileName committedContentVersion commandLine ignoreVersionDetection useDeviceContext
      size`,
    beta: `dependentAppCount supersedingAppCount supersededAppCount uploadState isAssigned roleScopeTagIds relationships`,
  },
  {
    name: 'mobileAppAssignment',
    sets: ['deviceAppManagement/mobileApps/assignments'],
    text: 'id sourceId',
    complex: 'intent target settings source',
  },
  {
    name: 'deviceManagementAutopilotEvent',
    sets: [`${DM}/autopilotEvents`],
    text: `id deviceId userId deviceSerialNumber managedDeviceName userPrincipalName windowsAutopilotDeploymentProfileDisplayName
      windows10EnrollmentCompletionPageConfigurationDisplayName windows10EnrollmentCompletionPageConfigurationId osVersion
      enrollmentFailureDetails deploymentDuration deploymentTotalDuration devicePreparationDuration deviceSetupDuration
      accountSetupDuration`,
    number: 'targetedAppCount targetedPolicyCount',
    dateTime: `eventDateTime deviceRegisteredDateTime enrollmentStartDateTime deploymentStartDateTime deploymentEndDateTime`,
    complex: 'enrollmentType enrollmentState deploymentState deviceSetupStatus accountSetupStatus',
    navigation: 'policyStatusDetails',
  },
  {
    name: 'importedDeviceIdentity',
    sets: [`${DM}/importedDeviceIdentities`],
    text: 'id importedDeviceIdentifier description',
    dateTime: 'lastModifiedDateTime createdDateTime lastContactedDateTime',
    complex: 'importedDeviceIdentityType enrollmentState platform',
  },
  {
    name: 'deviceManagementDomainJoinConnector',
    sets: [`${DM}/domainJoinConnectors`],
    text: 'id displayName version',
    dateTime: 'lastConnectionDateTime',
    complex: 'state',
  },
  {
    name: 'deviceConfiguration',
    sets: [`${DM}/deviceConfigurations`],
    text: 'id displayName description activeDirectoryDomainName computerNameStaticPrefix organizationalUnit',
    number: 'version computerNameSuffixRandomCharCount',
  },
]
