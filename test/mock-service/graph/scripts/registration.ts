import type { Script } from './script.ts'

const IMPORTED = '/beta/deviceManagement/importedWindowsAutopilotDeviceIdentities'
const DEVICES = '/beta/deviceManagement/windowsAutopilotDeviceIdentities'
const SCOPES =
  'openid profile User.Read Group.ReadWrite.All Device.ReadWrite.All DeviceManagementManagedDevices.ReadWrite.All DeviceManagementServiceConfig.ReadWrite.All GroupMember.ReadWrite.All'

/** The uploader that runs on a device, with its switches for assignment and groups. */
export const uploader: Script = {
  does: 'registers the device that it runs on, waits for its profile and adds it to a group',
  scopes: SCOPES,
  isRegistered: false,
  steps: [
    { method: 'GET', path: '/beta/organization', status: 200, reads: ['value.0.id', 'value.0.displayName'] },
    {
      method: 'GET',
      path: `${DEVICES}?$filter=contains(serialNumber,'SIM-SLSE-000001')`,
      status: 200,
      expects: { 'value.length': 0 },
    },
    {
      method: 'POST',
      path: IMPORTED,
      body: `{
    "@odata.type": "#microsoft.graph.importedWindowsAutopilotDeviceIdentity",
    "groupTag":"Classroom",
    "serialNumber":"SIM-SLSE-000001",
    "productKey":"",
    "hardwareIdentifier":"{hash}",
    "assignedUserPrincipalName":"",
    "state":{
        "@odata.type":"microsoft.graph.importedWindowsAutopilotDeviceIdentityState",
        "deviceImportStatus":"pending",
        "deviceRegistrationId":"",
        "deviceErrorCode":0,
        "deviceErrorName":""
    }
}`,
      status: 201,
      keeps: { import: 'id' },
    },
    { method: 'GET', path: `${IMPORTED}/{import}`, status: 200, expects: { 'state.deviceImportStatus': 'unknown' } },
    {
      method: 'GET',
      path: `${IMPORTED}/{import}`,
      after: 5,
      status: 200,
      expects: { 'state.deviceImportStatus': 'complete', 'state.deviceErrorCode': 0 },
      reads: ['state.deviceErrorName', 'serialNumber'],
      keeps: { device: 'state.deviceRegistrationId' },
    },
    { method: 'DELETE', path: `${IMPORTED}/{import}`, status: 204 },
    { method: 'POST', path: '/beta/deviceManagement/windowsAutopilotSettings/sync', status: 204 },
    {
      method: 'GET',
      path: `${DEVICES}/{device}`,
      status: 200,
      reads: ['id', 'azureActiveDirectoryDeviceId'],
      keeps: { entra: 'azureActiveDirectoryDeviceId' },
    },
    {
      method: 'GET',
      path: `${DEVICES}/{device}?$expand=deploymentProfile,intendedDeploymentProfile`,
      after: 20,
      status: 200,
      expects: {
        deploymentProfileAssignmentStatus: 'assignedInSync',
        'deploymentProfile.displayName': 'Classroom laptops',
      },
      reads: ['intendedDeploymentProfile.id'],
    },
    {
      method: 'POST',
      path: '/v1.0/groups',
      body: { displayName: 'Lab', mailEnabled: false, mailNickname: 'lab', securityEnabled: true },
      status: 201,
      keeps: { group: 'id' },
    },
    { method: 'GET', path: "/beta/groups?$filter=displayName eq 'Lab'", status: 200, reads: ['value.0.id'] },
    {
      method: 'GET',
      path: "/beta/devices?$filter=deviceId eq '{entra}'",
      status: 200,
      keeps: { object: 'value.0.id' },
    },
    {
      method: 'POST',
      path: '/beta/groups/{group}/members/$ref',
      body: { '@odata.id': 'https://graph.microsoft.com/v1.0/directoryObjects/{object}' },
      status: 204,
    },
    { method: 'GET', path: '/beta/groups/{group}/members', status: 200, reads: ['value.0.id'] },
  ],
}

/** Its switch that makes room first. */
export const uploaderDelete: Script = {
  does: 'removes what is left of a device before it registers it again',
  scopes: SCOPES,
  isRegistered: true,
  steps: [
    {
      method: 'POST',
      path: '/beta/deviceManagement/importedDeviceIdentities/searchExistingIdentities',
      body: {
        importedDeviceIdentities: [
          { importedDeviceIdentifier: 'SIM-SLSE-000001', importedDeviceIdentityType: 'serialNumber' },
        ],
      },
      status: 200,
    },
    {
      method: 'GET',
      path: "/beta/deviceManagement/managedDevices?$filter=startsWith(serialNumber, 'SIM-SLSE')",
      status: 200,
      expects: { 'value.length': 0 },
    },
    {
      method: 'GET',
      path: `${DEVICES}?$filter=contains(serialNumber,'SIM-SLSE-000001')`,
      status: 200,
      keeps: { device: 'value.0.id', entra: 'value.0.azureActiveDirectoryDeviceId' },
    },
    {
      method: 'GET',
      path: "/v1.0/devices?$filter=deviceId eq '{entra}'",
      status: 200,
      keeps: { object: 'value.0.id' },
    },
    { method: 'DELETE', path: `${DEVICES}/{device}`, status: 204 },
    { method: 'POST', path: '/Beta/deviceManagement/windowsAutopilotSettings/sync', status: 204 },
  ],
}

/** The module's setters, whose bodies are no strict JSON. */
export const tagger: Script = {
  does: 'changes tag, name and user of a registered device',
  scopes: SCOPES,
  isRegistered: true,
  steps: [
    {
      method: 'GET',
      path: `${DEVICES}?$filter=contains(serialNumber,'SLSE')`,
      status: 200,
      keeps: { device: 'value.0.id' },
    },
    { method: 'POST', path: `${DEVICES}/{device}/UpdateDeviceProperties`, body: '{ groupTag: "HYBRID" }', status: 204 },
    { method: 'GET', path: `${DEVICES}/{device}`, status: 200, after: 1, expects: { groupTag: 'HYBRID' } },
    {
      method: 'POST',
      path: `${DEVICES}/{device}/UpdateDeviceProperties`,
      body: '{ displayName: "LAB-01" }',
      status: 204,
    },
    {
      method: 'POST',
      path: `${DEVICES}/{device}/AssignUserToDevice`,
      body: '{"userPrincipalName":"alice@contoso.example","addressableUserName":"Alice"}',
      status: 204,
    },
    {
      method: 'GET',
      path: `${DEVICES}/{device}`,
      status: 200,
      after: 1,
      expects: { userPrincipalName: 'alice@contoso.example', displayName: 'LAB-01' },
    },
    { method: 'POST', path: `${DEVICES}/{device}/UnassignUserFromDevice`, status: 204 },
  ],
}

/** A CSV of serial numbers, deleted by the batch. */
export const cleanup: Script = {
  does: 'deletes many registrations by batches',
  scopes: 'DeviceManagementServiceConfig.ReadWrite.All',
  isRegistered: true,
  steps: [
    {
      method: 'GET',
      path: `${DEVICES}?$top=1`,
      status: 200,
      keeps: { device: 'value.0.id' },
      reads: ['value.0.serialNumber'],
    },
    {
      method: 'POST',
      path: '/beta/$batch',
      body: {
        requests: [
          { id: '1', method: 'DELETE', url: '/deviceManagement/windowsAutopilotDeviceIdentities/{device}' },
          {
            id: '2',
            method: 'DELETE',
            url: '/deviceManagement/windowsAutopilotDeviceIdentities/00000000-0000-0000-0000-000000000000',
          },
        ],
      },
      status: 200,
      expects: { 'responses.0.status': 204, 'responses.1.status': 404 },
      reads: ['responses.1.body.error.code'],
    },
    { method: 'GET', path: DEVICES, status: 200, after: 1, expects: { 'value.length': 0 } },
    { method: 'POST', path: '/beta/deviceManagement/windowsAutopilotSettings/sync', body: '{}', status: 204 },
    {
      method: 'GET',
      path: '/beta/deviceManagement/windowsAutopilotSettings',
      status: 200,
      reads: ['syncStatus', 'lastSyncDateTime'],
    },
  ],
}
