import { describe, expect, test } from 'vitest'
import { directly, TENANT } from './serve.ts'

const APPS = '/beta/deviceAppManagement/mobileApps'
const BRANDING = `/v1.0/organization/${TENANT}/branding`
const MSI = '#microsoft.graph.windowsMobileMSI'

describe('an app', () => {
  const FACTS = {
    displayName: 'Reader',
    description: 'Reads',
    publisher: 'Contoso',
    isFeatured: true,
    informationUrl: 'https://contoso.example/reader',
    privacyInformationUrl: 'https://contoso.example/privacy',
    owner: 'Library',
    developer: 'Contoso',
    notes: 'n',
    fileName: 'reader.msi',
    size: 1_000_000,
    commandLine: '/qn',
    productCode: '{3B8A5C1E-0F42-4D6B-8E97-A1C2D3E4F5FF}',
    productVersion: '1.2.3',
    ignoreVersionDetection: true,
    identityVersion: '1.2.3',
    useDeviceContext: false,
  }

  test('is shown with all that it was made with', () => {
    const { ask, tenant } = directly()
    const { status, json } = ask('POST', APPS, { '@odata.type': MSI, ...FACTS })
    expect([status, json]).toMatchObject([201, { '@odata.type': MSI, ...FACTS, publishingState: 'published' }])
    expect(ask('GET', `${APPS}/${json.id}`).json).toMatchObject(FACTS)
    // In the person's context, so in the account's part of the setup.
    expect(tenant.directory.now.apps.get(json.id)).toMatchObject({ scope: 'user', version: '1.2.3', sizeMb: 1 })
  })

  test.each([
    ['msi', 'windowsMobileMSI', { productVersion: '3.5.0.544', productCode: '{3B8A5C1E-0F42-4D6B-8E97-A1C2D3E4F501}' }],
    ['win32', 'win32LobApp', { displayVersion: '3.5.0.544', installExperience: { runAsAccount: 'system' } }],
    ['msix', 'windowsUniversalAppX', { identityVersion: '3.5.0.544' }],
  ])('of a file, of the kind %s, is a %s', (kind, type, facts) => {
    const id = '3b8a5c1e-0f42-4d6b-8e97-a1c2d3e4f501'
    const app = { id, name: 'Safe Exam Browser', publisher: 'SEB Consortium', version: '3.5.0.544', kind }
    const { ask } = directly({ apps: [app], statusPages: [] })
    expect(ask('GET', `${APPS}/${id}`).json).toMatchObject({ '@odata.type': `#microsoft.graph.${type}`, ...facts })
  })

  test.each<[string, object, string]>([
    [
      'a name that it does not have',
      { installCommandLine: 'x' },
      "The property 'installCommandLine' does not exist on type 'microsoft.management.services.api.windowsMobileMSI'. Make sure to only use property names that are defined by the type.",
    ],
    [
      'another type',
      { '@odata.type': '#microsoft.graph.win32LobApp' },
      "Apps of the type win32LobApp are not made here: write them into the tenant's file.",
    ],
    ['a size that is no number', { size: 'big' }, "Cannot convert the literal 'big' to the expected type 'Edm.Int64'."],
    ['a negative size', { size: -1 }, 'size is a number of bytes'],
    ['a picture', { largeIcon: { type: 'image/png', value: 'AA==' } }, 'largeIcon is not kept here: leave it out'],
    ['no name', { displayName: '' }, 'displayName is missing'],
    ['a version of words', { productVersion: 'new' }, 'productVersion looks like 1.2.3'],
  ])('with %s is refused', (_, body, message) => {
    const { ask } = directly()
    const { status, json } = ask('POST', APPS, { '@odata.type': MSI, ...FACTS, ...body })
    expect([status, json.error.message]).toEqual([400, message])
  })
})

describe('branding', () => {
  test('loses a text by null', () => {
    const { ask, tenant } = directly()
    expect(ask('GET', BRANDING).json.usernameHintText).toBe('you@contoso.example')
    expect(ask('PATCH', BRANDING, { usernameHintText: null, bannerLogo: null }).status).toBe(204)
    expect(ask('GET', BRANDING).json.usernameHintText).toBeNull()
    expect(tenant.directory.now.branding).not.toHaveProperty('usernameHint')
  })

  test.each<[object, string]>([
    [{ signInText: 'x' }, "Invalid property 'signInText'."],
    [{ signInPageText: 5 }, "Invalid value specified for property 'signInPageText'."],
    [{ customCSS: 'body {}' }, 'customCSS is not simulated: no page here draws it'],
    [{ backgroundColor: 'red' }, 'backgroundColor looks like #0f6cbd'],
    [{ usernameHintText: 'x'.repeat(65) }, 'usernameHintText has at most 64 characters'],
  ])('%j is refused, and nothing of it is done', (body, message) => {
    const { ask } = directly()
    const before = ask('GET', BRANDING).json
    const { status, json } = ask('PATCH', BRANDING, {
      ...body,
      ...('signInPageText' in body ? {} : { signInPageText: 'y' }),
    })
    expect([status, json.error.message]).toEqual([400, message])
    expect(ask('GET', BRANDING).json).toEqual(before)
  })
})
