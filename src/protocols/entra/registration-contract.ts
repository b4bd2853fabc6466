import { decodeAnswer, object, optional, text } from '../json-answer.ts'

/** What the discovery of a device registration service says, as far as a join needs it ([MS-DVRD] 3.1.5.1.1). */
export interface RegistrationContract {
  joinEndpoint: string
  /** What the token of a join is for. */
  joinResourceId: string
  authCodeEndpoint: string
  tokenEndpoint: string
  /** Where keys of Windows Hello go; undefined where the service takes none. */
  keyEndpoint?: string | undefined
}

/** The contract as JSON: `Accept: application/json`, API version 1.2. */
export const encodeRegistrationContract = ({
  joinEndpoint,
  joinResourceId,
  authCodeEndpoint,
  tokenEndpoint,
  keyEndpoint,
}: RegistrationContract): Record<string, unknown> => ({
  DeviceRegistrationService: {
    RegistrationEndpoint: joinEndpoint.replace(/\/device\/?$/, '/DeviceEnrollmentWebService.svc'),
    RegistrationResourceId: joinResourceId,
    ServiceVersion: '1.0',
  },
  AuthenticationService: { OAuth2: { AuthCodeEndpoint: authCodeEndpoint, TokenEndpoint: tokenEndpoint } },
  DeviceJoinService: { JoinEndpoint: joinEndpoint, JoinResourceId: joinResourceId, ServiceVersion: '2.0' },
  ...(keyEndpoint === undefined
    ? {}
    : {
        KeyProvisioningService: {
          KeyProvisionEndpoint: keyEndpoint,
          KeyProvisionResourceId: joinResourceId,
          ServiceVersion: '1.0',
        },
      }),
})

const CONTRACT = object({
  DeviceJoinService: object({ JoinEndpoint: text, JoinResourceId: text }),
  AuthenticationService: object({ OAuth2: object({ AuthCodeEndpoint: text, TokenEndpoint: text }) }),
  KeyProvisioningService: optional(object({ KeyProvisionEndpoint: text })),
})

/** @throws DecodeError `ERR_REGISTRATION_CONTRACT` */
export function decodeRegistrationContract(body: Uint8Array): RegistrationContract {
  const answer = decodeAnswer(body, CONTRACT, 'ERR_REGISTRATION_CONTRACT')
  const { DeviceJoinService: join, AuthenticationService, KeyProvisioningService: keys } = answer
  const { OAuth2 } = AuthenticationService
  return {
    joinEndpoint: join.JoinEndpoint,
    joinResourceId: join.JoinResourceId,
    authCodeEndpoint: OAuth2.AuthCodeEndpoint,
    tokenEndpoint: OAuth2.TokenEndpoint,
    ...(keys ? { keyEndpoint: keys.KeyProvisionEndpoint } : {}),
  }
}
