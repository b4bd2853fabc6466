import { because, either } from './windows-code.ts'

/** Trouble on the way to a server: WinINet's and WinHTTP's errors, 12000 and up, as HRESULTs. */
export const CONNECTION_CODES = {
  connectionTimedOut: either(
    '0x80072ee2',
    {
      where: 'a connection',
      why: 'The server did not answer in time, or its answer did not end in time.',
      source: 'mdm-protocols.md, 4.2',
    },
    {
      where: 'a management session',
      why: 'The server kept the session going for more messages than a device takes part in.',
      source: 'mdm-protocols.md, 2.1 [U]',
    },
  ),
  // Documented: a proxy has to let devices through without a sign-in. That the code is the HRESULT of HTTP 407 is an inference.
  proxySignInNeeded: because(
    '0x80190197',
    'The proxy asks for a sign-in (HTTP 407), and setup has no name and password for it.',
    'oobe-autopilot-esp.md, 5.2 [U]',
  ),
  urlInvalid: because(
    '0x80072ee5',
    'The address is no URL; it often comes from another server.',
    'WinINet error messages, ERROR_INTERNET_INVALID_URL [L]',
  ),
  nameNotResolved: because(
    '0x80072ee7',
    'The name of the server does not resolve: there is no network, or DNS does not know the name.',
    'mdm-protocols.md, 4.2',
  ),
  cannotConnect: because(
    '0x80072efd',
    'Nothing takes the connection: the server is down, or a firewall or proxy blocks the host or the port.',
    'mdm-protocols.md, 4.2',
  ),
  connectionAborted: because(
    '0x80072efe',
    'The connection broke off before the answer was whole: the server, a firewall or the network ended it.',
    'mdm-protocols.md, 4.2',
  ),
  certificateDateInvalid: because(
    '0x80072f05',
    'The certificate of the server has expired or is not valid yet; the clock of the device may be wrong.',
    'WinINet error messages, ERROR_INTERNET_SEC_CERT_DATE_INVALID [L]',
  ),
  certificateNameInvalid: because(
    '0x80072f06',
    'The certificate of the server is for another name.',
    'WinINet error messages, ERROR_INTERNET_SEC_CERT_CN_INVALID [L]',
  ),
  clientCertificateNeeded: because(
    '0x80072f0c',
    'The server asked the device for a certificate, and got none.',
    'WinHTTP error messages, ERROR_WINHTTP_CLIENT_AUTH_CERT_NEEDED [L]',
  ),
  certificateAuthorityUnknown: because(
    '0x80072f0d',
    'The certificate of the server is from an authority that the device does not trust, such as that of an inspecting proxy.',
    'WinINet error messages, ERROR_INTERNET_INVALID_CA [L]',
  ),
  answerUnreadable: because(
    '0x80072f78',
    'What came back is no HTTP that can be read.',
    'WinINet error messages, ERROR_HTTP_INVALID_SERVER_RESPONSE [L]',
  ),
  tlsFailed: because(
    '0x80072f7d',
    'The server and the device agree on no version or cipher of TLS, or there is no TLS at this port.',
    'WinINet error messages, ERROR_INTERNET_SECURITY_CHANNEL_ERROR [L]',
  ),
  certificateInvalid: either(
    '0x80072f8f',
    {
      where: 'a captive portal',
      why: 'The portal answers in the place of the server, with its own certificate.',
      source: 'mdm-protocols.md, 4.2 [U]',
    },
    {
      where: 'a connection',
      why: 'The certificate of the server has a fault for which there is no other code: its signature, its purpose or its chain.',
      source: 'WinHTTP error messages, ERROR_WINHTTP_SECURE_FAILURE [L]',
    },
  ),
} as const
