import { plainHost } from './host-name.ts'

/** A domain whose hosts are never contacted: itself, and all below it. */
export interface ProductionDomain {
  domain: string
  /** Who runs it: a cloud of Microsoft, or the makers of TPMs. */
  cloud: Cloud
  /** What a device, or its user, does there. */
  purpose: string
  /** The public document that names it. */
  source: string
}

type Cloud =
  | 'global'
  | 'US Government'
  | 'China (21Vianet)'
  | 'Germany (closed in 2021)'
  | 'other sovereign'
  | 'TPM makers'

const M365 = 'Microsoft Learn, Microsoft 365 URLs and IP address ranges'
const GOVERNMENT = `${M365}: US Government GCC High and DoD`
const CHINA = 'Microsoft Learn, URLs and IP address ranges for Office 365 operated by 21Vianet'
const GERMANY = 'Microsoft Learn, Office 365 Germany endpoints'
const INTUNE = 'Microsoft Learn, Network endpoints for Microsoft Intune'
const AUTOPILOT = 'Microsoft Learn, Windows Autopilot requirements: networking'
const CLOUDS = 'Microsoft Learn, National clouds'
const WINDOWS = 'Microsoft Learn, Manage connection endpoints for Windows 11 Enterprise'
const WINDOWS_10 = 'Microsoft Learn, Connection endpoints for Windows 10, versions 1709 to 1809'
const AZURE = 'Microsoft Learn, Reference list of Azure domains'
const PORTAL = 'Microsoft Learn, Allow the Azure portal URLs on your firewall or proxy server'
const MSAL = 'Microsoft Authentication Library and Azure SDKs: clouds that they know'

/** Cloud, purpose, source, and the domains that the source names for it. */
const TABLE: readonly (readonly [cloud: Cloud, purpose: string, source: string, domains: string])[] = [
  // The global cloud.
  ['global', 'Intune, Autopilot, Graph, Windows Update, Delivery Optimization, attestation', INTUNE, 'microsoft.com'],
  ['global', 'Entra registration, push notifications, time, storage', INTUNE, 'windows.net windows.com'],
  ['global', 'Windows Update', AUTOPILOT, 'windowsupdate.com'],
  ['global', 'network connection status', AUTOPILOT, 'msftconnecttest.com'],
  ['global', 'network connection status before Windows 10', WINDOWS_10, 'msftncsi.com'],
  ['global', 'Autopilot: push notifications', INTUNE, 'passport.net windowsphone.com s-microsoft.com'],
  ['global', 'TPM attestation (microsoftaik.azure.net)', AUTOPILOT, 'azure.net'],
  ['global', 'Intune: content', INTUNE, 'azureedge.net'],
  ['global', 'Intune: feature deployment', INTUNE, 'skype.com'],
  ['global', 'Entra sign-in, Azure portal', CLOUDS, 'microsoftonline.com azure.com'],
  [
    'global',
    'Entra sign-in, and what its pages load',
    M365,
    `
    microsoftonline-p.com microsoftonline-p.net msauth.net msauthimages.net msftauth.net msftauthimages.net msecnd.net
    msidentity.com msftidentity.com phonefactor.net msft.net gfx.ms windowsazure.com`,
  ],
  ['global', 'seamless single sign-on', M365, 'microsoftazuread-sso.com'],
  ['global', 'domains of tenants', M365, 'onmicrosoft.com'],
  [
    'global',
    'sign-in of customers',
    'Microsoft Learn, Azure AD B2C: b2clogin.com; External ID: ciamlogin.com',
    'b2clogin.com ciamlogin.com',
  ],
  ['global', 'Microsoft accounts', INTUNE, 'live.com'],
  ['global', 'Microsoft accounts, location', WINDOWS, 'live.net'],
  [
    'global',
    'Microsoft 365',
    M365,
    `
    office.com office.net office365.com outlook.com sharepoint.com sharepointonline.com onedrive.com onenote.com onenote.net
    svc.ms sfx.ms msocdn.com aadrm.com azurerms.com lync.com skypeforbusiness.com sfbassets.com skypeassets.com mstea.ms
    microsoftstream.com o365weve.com oaspapps.com onestore.ms staffhub.ms cloudappsecurity.com visualstudio.com
    virtualearth.net aspnetcdn.com acompli.com acompli.net outlookmobile.com getmicrosoftkey.com yammer.com
    yammerusercontent.com assets-yammer.com sway.com sway-cdn.com sway-extensions.com microsoftusercontent.com
    azure-apim.net powerapps.com powerautomate.com cortana.ai bing.com bing.net aka.ms`,
  ],
  ['global', 'Microsoft 365: the top-level domain', M365, 'cloud.microsoft static.microsoft usercontent.microsoft'],
  ['global', 'Microsoft 365: content at other networks', M365, 'microsoft.com.edgesuite.net spoprod-a.akamaihd.net'],
  [
    'global',
    'Windows: tiles, news, store, games',
    WINDOWS,
    `
    msn.com msedge.net xboxlive.com xboxservices.com img-prod-cms-rt-microsoft-com.akamaized.net
    img-s-msn-com.akamaized.net`,
  ],
  ['global', 'Windows: content', WINDOWS_10, 'a-msedge.net c-msedge.net e-msedge.net m1-msedge.net s-msedge.net'],
  ['global', 'Windows Update at other networks', WINDOWS_10, 'microsoft.com.nsatc.net microsoft.com.c.footprint.net'],
  ['global', 'Azure: front ends of services', AZURE, 'trafficmanager.net azurefd.net cloudapp.net'],
  ['global', 'sign-in before production', MSAL, 'windows-ppe.net microsoft-ppe.com'],

  // The clouds of the US Government.
  ['US Government', 'Entra sign-in, Graph', CLOUDS, 'microsoftonline.us microsoft.us azure.us'],
  [
    'US Government',
    'Entra directory',
    'Microsoft Learn, US government endpoints for Microsoft Intune',
    'microsoftazure.us',
  ],
  ['US Government', 'Azure', PORTAL, 'usgovcloudapi.net usgovtrafficmanager.net windowsazure.us loganalytics.us'],
  [
    'US Government',
    'Azure: machines',
    'Microsoft Learn, Compare Azure Government and global Azure',
    'usgovcloudapp.net',
  ],
  ['US Government', 'activity of users', GOVERNMENT, 'windows.us'],
  ['US Government', 'what sign-in pages load', GOVERNMENT, 'msauthimages.us msftauthimages.us'],
  ['US Government', 'domains of tenants', GOVERNMENT, 'onmicrosoft.us'],
  [
    'US Government',
    'Microsoft 365',
    GOVERNMENT,
    `
    office365.us office365-net.us sharepoint.us sharepoint-mil.us onedrive.us msocdn.us aadrm.us microsoftstream.us
    skypeforbusiness.us`,
  ],
  [
    'US Government',
    'Microsoft 365: the top-level domain',
    GOVERNMENT,
    `
    usgovcloud.microsoft usgovcloud-static.microsoft usgovcloud-usercontent.microsoft`,
  ],
  ['US Government', 'Microsoft 365 of the DoD', GOVERNMENT, 'apps.mil dps.mil'],
  ['US Government', 'sign-in and Azure of the secret clouds', MSAL, 'microsoft.scloud azure.scloud eaglex.ic.gov'],

  // The cloud that 21Vianet runs in China.
  ['China (21Vianet)', 'Entra sign-in and registration, Intune portal', CLOUDS, 'microsoftonline.cn azure.cn'],
  [
    'China (21Vianet)',
    'Intune',
    'Microsoft Learn, China endpoints for Microsoft Intune',
    'microsoft.cn chinacloudapi.us',
  ],
  [
    'China (21Vianet)',
    'Graph, sign-in, Azure',
    CHINA,
    `
    chinacloudapi.cn chinacloudapp.cn chinacloudsites.cn chinacloud-mobile.cn azure-mobile.cn windowsazure.cn`,
  ],
  ['China (21Vianet)', 'Azure: front ends of services', PORTAL, 'trafficmanager.cn'],
  ['China (21Vianet)', 'what sign-in pages load', CHINA, 'msauth.cn msauthimages.cn msftauth.cn msftauthimages.cn'],
  [
    'China (21Vianet)',
    'sign-in: names beside microsoftonline.cn',
    CHINA,
    `
    microsoftonline-i.cn microsoftonline-i.net.cn microsoftonline-m.cn microsoftonline-m.net.cn microsoftonline-m-i.cn
    microsoftonline-m-i.net.cn microsoftonline-p.cn microsoftonline-p.net.cn microsoftonline-p-i.cn
    microsoftonline-p-i.net.cn microsoftonline.net.cn microsoftonline.cdnsvc.com`,
  ],
  ['China (21Vianet)', 'domains of tenants', CHINA, 'onmschina.cn'],
  [
    'China (21Vianet)',
    'Microsoft 365',
    CHINA,
    `
    office365.cn office365-net.cn officewebapps.cn outlook.cn sharepoint.cn lync.cn`,
  ],

  // The cloud of Deutsche Telekom, whose names Microsoft still holds.
  [
    'Germany (closed in 2021)',
    'Entra sign-in, Graph, Azure',
    GERMANY,
    `
    microsoftonline.de microsoftonline-p.de microsoft.de cloudapi.de microsoftazure.de azuretrafficmanager.de`,
  ],
  ['Germany (closed in 2021)', 'what sign-in pages load', GERMANY, 'msauthimages.de msftauthimages.de msocdn.de'],
  ['Germany (closed in 2021)', 'domains of tenants', GERMANY, 'onmicrosoft.de'],
  [
    'Germany (closed in 2021)',
    'Microsoft 365',
    GERMANY,
    `
    office.de office365-net.de outlook.de sharepoint.de skype.de`,
  ],
  [
    'Germany (closed in 2021)',
    'the same at other networks',
    GERMANY,
    `
    de.msods.nsatc.net windows.de.nsatc.net office.de.akadns.net`,
  ],

  // Bleu (France), Delos (Germany), GovSG (Singapore).
  ['other sovereign', 'Entra sign-in', MSAL, 'sovcloud-identity.fr sovcloud-identity.de sovcloud-identity.sg'],

  // Makers of TPMs, with the certificates of their endorsement keys and of their authorities.
  ['TPM makers', 'Intel: ekop.intel.com', AUTOPILOT, 'intel.com'],
  ['TPM makers', 'AMD: ftpm.amd.com', AUTOPILOT, 'amd.com'],
  ['TPM makers', 'Infineon: pki.infineon.com', 'issuer address in OPTIGA TPM endorsement certificates', 'infineon.com'],
  ['TPM makers', 'Nuvoton: www.nuvoton.com/security', 'Nuvoton, TPM EK Certificate Chain', 'nuvoton.com'],
  ['TPM makers', 'STMicroelectronics: sw-center.st.com', 'STMicroelectronics, technical note TN1330', 'st.com'],
  [
    'TPM makers',
    'STMicroelectronics, by GlobalSign',
    'STMicroelectronics, technical note TN1330',
    'secure.globalsign.com',
  ],
  ['TPM makers', 'Nationz: pki.nationz.com.cn', 'issuer address in Nationz endorsement certificates', 'nationz.com.cn'],
]

export const PRODUCTION_DOMAINS: readonly ProductionDomain[] = TABLE.flatMap(([cloud, purpose, source, domains]) =>
  domains
    .trim()
    .split(/\s+/)
    .map((domain) => ({ domain, cloud, purpose, source })),
)

const BY_DOMAIN = new Map(PRODUCTION_DOMAINS.map((row) => [row.domain, row]))

/** The row that a host falls under, in whatever spelling it comes; undefined where it may be contacted. */
export function productionDomain(host: string): ProductionDomain | undefined {
  const labels = plainHost(host).split('.')
  for (let first = 0; first < labels.length - 1; first++) {
    const row = BY_DOMAIN.get(labels.slice(first).join('.'))
    if (row) return row
  }
  return undefined
}
