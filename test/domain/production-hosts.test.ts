import { describe, expect, test } from 'vitest'
import { ENTRA_RESOURCES } from '../../src/domain/entra-resources.ts'
import { formatAddress, parseNetwork } from '../../src/domain/ip-address.ts'
import { PRODUCTION_ADDRESSES } from '../../src/domain/production-addresses.ts'
import { PRODUCTION_DOMAINS, productionDomain } from '../../src/domain/production-hosts.ts'
import { refusalOf } from '../../src/ports/target-guard.ts'

const fullWidth = (text: string): string =>
  text.replace(/[a-z0-9-]/g, (letter) => String.fromCharCode(letter.charCodeAt(0) + 0xfee0)).replaceAll('.', '。')

/** Every way to write one name that leads to the same host. */
const spellings = (domain: string): string[] => [
  domain,
  `a.${domain}`,
  `deep.below.${domain}`,
  domain.toUpperCase(),
  `${domain}.`,
  `${domain}..`,
  `a.${domain.toUpperCase()}...`,
  fullWidth(domain),
  `${fullWidth(domain)}。`,
  domain.replaceAll('.', '%2E'),
  `${domain}%2e`,
  `micro\u00adchip.${domain}`,
]

describe.each(PRODUCTION_DOMAINS)('$domain ($cloud)', ({ domain, purpose, source }) => {
  test('is refused in every spelling, as a host and in a URL', () => {
    const passed = spellings(domain).flatMap((host) => {
      const inUrl = new URL(`https://${host}/x`).hostname
      return [host, inUrl].filter((each) => refusalOf(each)?.code !== 'ERR_TARGET_PRODUCTION')
    })
    expect(passed).toEqual([])
  })

  test('refuses no name that only looks like it', () => {
    const near = [`not${domain}`, `${domain}.example`, `${domain}.test`, `x-${domain}`, `${domain}-x.example`]
    expect(near.filter((host) => productionDomain(host)?.domain === domain)).toEqual([])
  })

  test('tells what it is for, and which document names it', () => {
    expect(domain).toMatch(/^[a-z0-9-]+(\.[a-z0-9-]+)+$/)
    expect([purpose, source]).toEqual([expect.stringMatching(/\w{3}/), expect.stringMatching(/\w{3}/)])
  })
})

test('no domain is there twice, or below another one', () => {
  const domains = PRODUCTION_DOMAINS.map(({ domain }) => domain)
  expect(domains.filter((domain, index) => domains.indexOf(domain) !== index)).toEqual([])
  const below = domains.filter((domain) => domains.some((other) => domain.endsWith(`.${other}`)))
  expect(below).toEqual([])
})

test('near misses pass', () => {
  const near = `notmicrosoft.com microsoft.com.example microsoft.com.evil.example microsoft.example com microsoft us.example login.microsoftonline.test
    xn--microsoft-.com microsoft-com.example mydesk.azurewebsites.net live.example myintel.com amd.com.evil.example`
  expect(near.split(/\s+/).filter(productionDomain)).toEqual([])
})

/** Hosts of the published lists, as a device, its user or its administrator meets them. */
const DOCUMENTED: Record<string, string> = {
  'Windows Autopilot requirements': `
    ztd.dds.microsoft.com cs.dds.microsoft.com login.live.com account.live.com emdl.ws.microsoft.com
    ctldl.windowsupdate.com fe2.update.microsoft.com tsfe.trafficshaping.dsp.mp.microsoft.com adl.windows.com
    time.windows.com www.msftconnecttest.com ipv6.msftconnecttest.com sin.notify.windows.com client.wns.windows.com
    licensing.mp.microsoft.com activation.sls.microsoft.com lgmsapeweu.blob.core.windows.net clientconfig.passport.net
    windowsphone.com c.s-microsoft.com ekop.intel.com ekcert.spserv.microsoft.com ftpm.amd.com
    intc-keyid-17a00575d05e58e3881210bb98b1045bb4c30639.microsoftaik.azure.net`,
  'TPM makers': `
    pki.infineon.com ekcert.intel.com upgrades.intel.com tsci.intel.com trustedservices.intel.com www.nuvoton.com
    tpm.nuvoton.com sw-center.st.com secure.globalsign.com pki.nationz.com.cn www.microsoft.com`,
  'Delivery Optimization': `
    kv801.prod.do.dsp.mp.microsoft.com geo.prod.do.dsp.mp.microsoft.com tlu.dl.delivery.mp.microsoft.com
    swda01-mscdn.manage.microsoft.com naprodimedatapri.azureedge.net officecdn.microsoft.com.edgesuite.net
    fg.tlu.dl.delivery.mp.microsoft.com.c.footprint.net cp801.delivery.dsp.mp.microsoft.com.nsatc.net`,
  'a sign-in page': `
    login.microsoftonline.com login.windows.net login.microsoft.com sts.windows.net device.login.microsoftonline.com
    enterpriseregistration.windows.net login.microsoftonline-p.com secure.aadcdn.microsoftonline-p.com
    aadcdn.msauth.net aadcdn.msftauth.net logincdn.msauth.net aadcdn.msauthimages.net aadcdn.msftauthimages.net
    autologon.microsoftazuread-sso.com account.activedirectory.windowsazure.com policykeyservice.dc.ad.msft.net
    contoso.onmicrosoft.com nexus.microsoftonline-p.com clientconfig.microsoftonline-p.net auth.gfx.ms
    contoso.b2clogin.com contoso.ciamlogin.com login.live.com`,
  'US Government': `
    login.microsoftonline.us enterpriseregistration.microsoftonline.us enterpriseregistration.windows.us
    graph.microsoft.us dod-graph.microsoft.us manage.microsoft.us portal.manage.microsoft.us portal.azure.us
    portal.office365.us directory.microsoftazure.us graph.microsoftazure.us login.usgovcloudapi.net
    management.core.usgovcloudapi.net contoso.onmicrosoft.us contoso.sharepoint-mil.us portal.apps.mil
    aadcdn.msauthimages.us gcc-high.activity.windows.us autologon.microsoft.us manage.windowsazure.us
    login.microsoftonline.microsoft.scloud login.microsoftonline.eaglex.ic.gov`,
  China: `
    login.partner.microsoftonline.cn enterpriseregistration.partner.microsoftonline.cn login.chinacloudapi.cn
    graph.chinacloudapi.cn microsoftgraph.chinacloudapi.cn manage.microsoft.cn portal.manage.microsoftonline.cn
    endpoint.microsoftonline.cn microsoft.cn azure.cn portal.azure.cn secure.partner.microsoftonline-p.net.cn
    aadcdn.msauth.cn aadcdn.msftauth.cn contoso.onmschina.cn contoso.sharepoint.cn partner.outlook.cn
    portal.partner.microsoftonline.cdnsvc.com manage.windowsazure.cn contoso.partner.onmschina.cn`,
  'Germany and others': `
    login.microsoftonline.de device.login.microsoftonline.de graph.microsoft.de graph.cloudapi.de portal.office.de
    contoso.onmicrosoft.de secure.aadcdn.microsoftonline-p.de portal.microsoftazure.de contoso.sharepoint.de
    login.sovcloud-identity.fr login.sovcloud-identity.de login.sovcloud-identity.sg`,
}

test.each(Object.entries(DOCUMENTED))('each host that is documented for %s is refused', (_, hosts) => {
  const passed = hosts
    .trim()
    .split(/\s+/)
    .filter((host) => !productionDomain(host))
  expect(passed).toEqual([])
})

describe.each(PRODUCTION_ADDRESSES)('addresses of $service', ({ networks, source }) => {
  test('are networks, each once, from a document', () => {
    expect(new Set(networks).size).toBe(networks.length)
    expect(source).toMatch(/^Microsoft Learn, /)
    expect(networks.map((network) => parseNetwork(network).bits).every((bits) => bits >= 16)).toBe(true)
  })

  test('are refused from the first to the last one', () => {
    const passed = networks.flatMap((text) => {
      const { address, bits } = parseNetwork(text)
      const last = address.map((byte, index) => byte | (0xff >> Math.min(8, Math.max(0, bits - index * 8))))
      return [address, last].map(formatAddress).filter((each) => refusalOf(each)?.code !== 'ERR_TARGET_PRODUCTION')
    })
    expect(passed).toEqual([])
  })
})

test('what tokens are for is a name: as a target its host stays refused', () => {
  const uris = Object.values(ENTRA_RESOURCES).map(({ uri }) => uri)
  const hosts = uris.filter((uri) => uri.startsWith('https:')).map((uri) => new URL(uri).hostname)
  expect(hosts).toHaveLength(3)
  expect(hosts.filter((host) => refusalOf(host)?.code !== 'ERR_TARGET_PRODUCTION')).toEqual([])
})
