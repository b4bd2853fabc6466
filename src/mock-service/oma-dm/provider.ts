/** Provider id of the management account, as Intune names its own. */
export const PROVIDER_ID = 'MS DM Server'
