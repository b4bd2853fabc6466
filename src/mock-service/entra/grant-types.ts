/** Grants of the token endpoint that the metadata list. */
export const GRANT = {
  code: 'authorization_code',
  refreshToken: 'refresh_token',
  application: 'client_credentials',
  password: 'password',
  /** RFC 8628, 3.4. */
  deviceCode: 'urn:ietf:params:oauth:grant-type:device_code',
} as const

/** Entra takes the short name of version 1 at both endpoints (mdm-protocols.md, 4.1 [O]). */
export const DEVICE_CODE_GRANTS: readonly string[] = [GRANT.deviceCode, 'device_code']
