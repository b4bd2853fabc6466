export const SYNCML_12 = 'SYNCML:SYNCML1.2'
export const METINF = 'syncml:metinf'
/** Declared on the body by a device with SyncApplicationVersion 3 or later. */
export const MSFT = 'http://schemas.microsoft.com/MobileDevice/MDM'
export const SYNCML_CONTENT_TYPE = 'application/vnd.syncml.dm+xml'
