import type { BodyType } from './body-types.ts'

/** Scripts send a state, which the service sets itself. */
const STATE: BodyType = {
  name: 'importedWindowsAutopilotDeviceIdentityState',
  members: {
    deviceImportStatus: 'Edm.String',
    deviceRegistrationId: 'Edm.String',
    deviceErrorCode: 'Edm.Int32',
    deviceErrorName: 'Edm.String',
  },
}

/** A row of an import (reference: device-identity.md, 2.2 [D]). */
export const IMPORTED: BodyType = {
  name: 'importedWindowsAutopilotDeviceIdentity',
  members: {
    id: 'Edm.String',
    groupTag: 'Edm.String',
    serialNumber: 'Edm.String',
    productKey: 'Edm.String',
    importId: 'Edm.String',
    hardwareIdentifier: 'Edm.String',
    assignedUserPrincipalName: 'Edm.String',
    state: [STATE],
  },
}
