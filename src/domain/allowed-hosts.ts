/** A host that a firewall or filter has to let a device reach in its first boot. */
export interface AllowedHost {
  host: string
  /** TCP, but for those that begin with `UDP`. */
  ports: string
  /** What a device does there. */
  step: string
}

const WEB = '80, 443'
const TLS = '443'

/** Step, ports, hosts: oobe-autopilot-esp.md, 5.1 [D]; `aadcdn` is of no known source [U]. */
const TABLE: readonly (readonly [step: string, ports: string, hosts: string])[] = [
  ['connection test', '80', '*.msftconnecttest.com'],
  ['time', 'UDP 123', 'time.windows.com'],
  ['device identity', TLS, 'login.live.com account.live.com'],
  ['deployment profile', TLS, 'ztd.dds.microsoft.com cs.dds.microsoft.com'],
  ['sign-in', WEB, 'login.microsoftonline.com graph.windows.net'],
  ['join', WEB, 'enterpriseregistration.windows.net certauth.enterpriseregistration.windows.net'],
  [
    'enrolment and management',
    WEB,
    'manage.microsoft.com *.manage.microsoft.com EnterpriseEnrollment.manage.microsoft.com *.dm.microsoft.com',
  ],
  ['terms of use', TLS, 'portal.manage.microsoft.com'],
  ['discovery', TLS, 'go.microsoft.com config.edge.skype.com ecs.office.com'],
  [
    'Win32 apps',
    WEB,
    [...['swda01', 'swda02', 'swdb01', 'swdb02', 'swdc01', 'swdc02'], ...['swdd01', 'swdd02', 'swdin01', 'swdin02']]
      .map((name) => `${name}-mscdn.manage.microsoft.com`)
      .join(' '),
  ],
  ['Delivery Optimization', WEB, '*.do.dsp.mp.microsoft.com *.dl.delivery.mp.microsoft.com'],
  ['push notifications', TLS, '*.notify.windows.com *.wns.windows.com'],
  ['TPM attestation', TLS, '*.microsoftaik.azure.net ekop.intel.com ekcert.spserv.microsoft.com ftpm.amd.com'],
  ['diagnostics in the portal', TLS, 'lgmsapeweu.blob.core.windows.net'],
]

export const ALLOWED_HOSTS: readonly AllowedHost[] = TABLE.flatMap(([step, ports, hosts]) =>
  hosts.split(' ').map((host) => ({ host, ports, step })),
)

/** What the table cannot name, because Microsoft lists it elsewhere or because it is of the school. */
export const ALLOWED_BESIDE: readonly string[] = [
  'DNS and DHCP of the school (ports 53 and 67)',
  'Windows Update and the Microsoft Store: the hosts of their own lists (ports 80 and 443)',
  'the servers of certificate authorities with revocation lists (port 80)',
  'other devices of the school, for Delivery Optimization (TCP 7680, UDP 3544)',
]
