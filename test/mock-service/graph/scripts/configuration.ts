import type { Script } from './script.ts'

const DM = '/beta/deviceManagement'
const PROFILES = `${DM}/windowsAutopilotDeploymentProfiles`
const PAGES = `${DM}/deviceEnrollmentConfigurations`

/** The module's functions for deployment profiles. */
export const profiles: Script = {
  does: 'makes a deployment profile, assigns it to a group, and removes both',
  scopes: 'DeviceManagementServiceConfig.ReadWrite.All DeviceManagementConfiguration.ReadWrite.All Group.ReadWrite.All',
  isRegistered: false,
  steps: [
    {
      method: 'GET',
      path: PROFILES,
      status: 200,
      reads: ['value.0.id', 'value.0.displayName', 'value.0.outOfBoxExperienceSetting.userType'],
    },
    {
      method: 'POST',
      path: PROFILES,
      body: `{
    "@odata.type": "#microsoft.graph.azureADWindowsAutopilotDeploymentProfile",
    "displayName": "Lab profile",
    "description": "",
    "language": "os-default",
    "extractHardwareHash": false,
    "deviceNameTemplate": "LAB-%RAND:4%",
    "deviceType": "windowsPc",
    "enableWhiteGlove": true,
    "outOfBoxExperienceSettings": {
        "hidePrivacySettings": true,
        "hideEULA": true,
        "userType": "administrator",
        "deviceUsageType": "singleUser",
        "skipKeyboardSelectionPage": true,
        "hideEscapeLink": true
    }
}`,
      status: 201,
      keeps: { profile: 'id' },
    },
    {
      method: 'GET',
      path: `${PROFILES}/{profile}`,
      status: 200,
      expects: { enableWhiteGlove: true, 'outOfBoxExperienceSettings.hideEULA': true },
    },
    {
      method: 'POST',
      path: '/beta/groups',
      body: {
        displayName: 'All Autopilot devices',
        mailEnabled: false,
        mailNickname: 'autopilot',
        securityEnabled: true,
        groupTypes: ['DynamicMembership'],
        membershipRule: '(device.devicePhysicalIDs -any (_ -contains "[ZTDId]"))',
        membershipRuleProcessingState: 'On',
      },
      status: 201,
      keeps: { group: 'id' },
    },
    {
      method: 'POST',
      path: `${PROFILES}/{profile}/assignments`,
      body: `{ "target": { "@odata.type": "#microsoft.graph.groupAssignmentTarget", "groupId": "{group}" } }`,
      status: 201,
      expects: { id: '{profile}_{group}_0' },
    },
    { method: 'GET', path: `${PROFILES}?$expand=assignments`, status: 200, reads: ['value.0.assignments.0.target'] },
    {
      method: 'GET',
      path: `${PROFILES}/{profile}?$expand=assignments`,
      status: 200,
      expects: { 'assignments.0.target.groupId': '{group}' },
    },
    { method: 'GET', path: `${PROFILES}/{profile}/assignments`, status: 200, reads: ['value.0.id'] },
    { method: 'GET', path: `${PROFILES}/{profile}/assignedDevices`, status: 200 },
    // The module makes the id of an assignment itself.
    { method: 'DELETE', path: `${PROFILES}/{profile}/assignments/{profile}_{group}_0`, status: 204 },
    { method: 'DELETE', path: `${PROFILES}/{profile}`, status: 204 },
    { method: 'GET', path: `${PROFILES}/{profile}`, status: 404, expects: { 'error.code': 'ResourceNotFound' } },
  ],
}

/** Functions for the Enrollment Status Page. */
export const statusPages: Script = {
  does: 'makes an Enrollment Status Page and assigns it to all devices',
  scopes: 'DeviceManagementServiceConfig.ReadWrite.All',
  isRegistered: false,
  steps: [
    {
      method: 'GET',
      path: `${PAGES}?$filter=deviceEnrollmentConfigurationType eq 'windows10EnrollmentCompletionPageConfiguration'&$expand=assignments`,
      status: 200,
      reads: ['value.0.displayName', 'value.0.priority', 'value.0.assignments'],
    },
    {
      method: 'POST',
      path: PAGES,
      body: {
        '@odata.type': '#microsoft.graph.windows10EnrollmentCompletionPageConfiguration',
        displayName: 'Lab status page',
        description: '',
        showInstallationProgress: true,
        blockDeviceSetupRetryByUser: false,
        allowDeviceResetOnInstallFailure: true,
        allowLogCollectionOnInstallFailure: true,
        customErrorMessage: 'Call the help desk',
        installProgressTimeoutInMinutes: 60,
        allowDeviceUseOnInstallFailure: true,
      },
      status: 201,
      keeps: { page: 'id' },
    },
    {
      method: 'POST',
      path: `${PAGES}/{page}/assign`,
      body: {
        enrollmentConfigurationAssignments: [
          { target: { '@odata.type': '#microsoft.graph.allDevicesAssignmentTarget' } },
        ],
      },
      status: 200,
    },
    { method: 'POST', path: `${PAGES}/{page}/setPriority`, body: { priority: 1 }, status: 200 },
    { method: 'GET', path: `${PAGES}('{page}')/assignments`, status: 200, reads: ['value.0.target'] },
    { method: 'DELETE', path: `${PAGES}/{page}`, status: 204 },
  ],
}

/** What reports on all that is assigned. */
export const assignments: Script = {
  does: 'lists what is assigned to a group, with counts of its members',
  scopes:
    'User.Read.All Group.Read.All Device.Read.All DeviceManagementApps.Read.All DeviceManagementServiceConfig.Read.All DeviceManagementManagedDevices.Read.All',
  isRegistered: true,
  steps: [
    {
      method: 'GET',
      path: "/v1.0/groups?$filter=startswith(displayName,'Classroom')&$select=id,displayName,groupTypes",
      status: 200,
      keeps: { group: 'value.0.id' },
    },
    {
      method: 'GET',
      path: '/v1.0/groups/{group}/members/$count',
      headers: { consistencylevel: 'eventual' },
      status: 200,
    },
    { method: 'GET', path: '/v1.0/groups/{group}/transitiveMembers?$select=id,displayName', status: 200 },
    {
      method: 'GET',
      path: "/v1.0/users?$filter=userPrincipalName eq 'alice@contoso.example'&$select=id",
      status: 200,
      keeps: { user: 'value.0.id' },
    },
    { method: 'GET', path: '/v1.0/users/{user}/transitiveMemberOf?$select=id,displayName', status: 200 },
    { method: 'GET', path: `${PROFILES}?$expand=assignments`, status: 200, reads: ['value.0.assignments.0.target'] },
    { method: 'GET', path: `${PAGES}?$expand=assignments`, status: 200, reads: ['value.0.assignments'] },
    {
      method: 'GET',
      path: '/beta/deviceAppManagement/mobileApps?$expand=assignments&$top=100',
      status: 200,
      reads: ['value.0.assignments'],
    },
    {
      method: 'POST',
      path: '/v1.0/$batch',
      body: {
        requests: [
          { id: 'a', method: 'GET', url: '/groups/{group}?$select=displayName' },
          { id: 'b', method: 'GET', url: '/deviceManagement/managedDevices?$select=id,deviceName' },
        ],
      },
      status: 200,
      expects: { 'responses.0.status': 200, 'responses.1.status': 200 },
    },
    {
      method: 'DELETE',
      path: '/v1.0/groups/{group}',
      status: 403,
      expects: { 'error.code': 'Authorization_RequestDenied' },
    },
  ],
}

/** Reports on deployments, and what takes a device out of everything. */
export const reports: Script = {
  does: 'reports on deployments and takes a device out of service',
  scopes:
    'DeviceManagementManagedDevices.ReadWrite.All DeviceManagementServiceConfig.ReadWrite.All Device.ReadWrite.All',
  isRegistered: true,
  steps: [
    { method: 'GET', path: `${DM}/autopilotEvents`, status: 200 },
    {
      method: 'GET',
      path: `${DM}/autopilotEvents?$orderby=deploymentStartDateTime desc`,
      status: 200,
    },
    {
      method: 'GET',
      path: `${DM}/managedDevices?$filter=deviceName eq 'LAB-01'&$select=id,serialNumber,azureADDeviceId`,
      status: 200,
      expects: { 'value.length': 0 },
    },
    {
      method: 'GET',
      path: "/v1.0/devices?$filter=startsWith(displayName,'SIM')&$select=id,deviceId,physicalIds",
      status: 200,
      reads: ['value.0.physicalIds'],
    },
    {
      method: 'GET',
      path: "/v1.0/devices?$filter=physicalIds/any(p:startswith(p,'[OrderID]'))&$count=true",
      headers: { consistencylevel: 'eventual' },
      status: 200,
    },
    {
      method: 'GET',
      path: `${DM}/windowsAutopilotDeviceIdentities?$top=25&$filter=contains(serialNumber,'SIM')&$skip=0`,
      status: 200,
      keeps: { device: 'value.0.id' },
    },
    { method: 'DELETE', path: `${DM}/windowsAutopilotDeviceIdentities/{device}`, status: 204 },
  ],
}
