import { CODE } from './windows-codes.ts'

/** What helps against trouble with a connection, by its WinINet code. */
export const CONNECTION_HINTS: Readonly<Record<string, string>> = {
  [CODE.certificateAuthorityUnknown]: 'Its certificate is from an authority that is not trusted: --trust FILE names it',
  [CODE.certificateNameInvalid]: 'Its certificate is for another name',
  [CODE.certificateDateInvalid]: 'Its certificate has expired, or is not valid yet',
  [CODE.cannotConnect]: 'Is it running, and at this port?',
  [CODE.connectionAborted]: 'Does it speak this protocol at this port? https:// for TLS, http:// without',
  [CODE.nameNotResolved]:
    'The name does not resolve: is it right, and is it in DNS or in the hosts file of this machine?',
  [CODE.tlsFailed]: 'Does it speak TLS 1.2 or newer at this port?',
}
