import type { AppKind } from '../../domain/tenant-apps.ts'
import type { JsonObject } from '../../protocols/json.ts'
import type { App } from '../directory/state.ts'
import { type BodyType, checkBody, type MemberType, typeOf } from './body-types.ts'
import { badRequest } from './call.ts'

/** Of `mobileApp` [D]. What the service sets itself is taken, and has no effect. */
const COMMON = {
  id: 'Edm.String',
  displayName: 'Edm.String',
  description: 'Edm.String',
  publisher: 'Edm.String',
  largeIcon: [{ name: 'mimeContent', members: { type: 'Edm.String', value: 'Edm.String' } }],
  createdDateTime: 'Edm.DateTimeOffset',
  lastModifiedDateTime: 'Edm.DateTimeOffset',
  isFeatured: 'Edm.Boolean',
  privacyInformationUrl: 'Edm.String',
  informationUrl: 'Edm.String',
  owner: 'Edm.String',
  developer: 'Edm.String',
  notes: 'Edm.String',
  uploadState: 'Edm.Int32',
  publishingState: { enumeration: 'mobileAppPublishingState', values: ['notPublished', 'processing', 'published'] },
  isAssigned: 'Edm.Boolean',
  roleScopeTagIds: { listOf: 'Edm.String' },
  dependentAppCount: 'Edm.Int32',
  supersedingAppCount: 'Edm.Int32',
  supersededAppCount: 'Edm.Int32',
  committedContentVersion: 'Edm.String',
  fileName: 'Edm.String',
  size: 'Edm.Int64',
} satisfies Record<string, MemberType>

const relations = ['assignments', 'categories', 'relationships', 'contentVersions']

const MSI: BodyType = {
  name: 'windowsMobileMSI',
  members: {
    ...COMMON,
    commandLine: 'Edm.String',
    productCode: 'Edm.String',
    productVersion: 'Edm.String',
    ignoreVersionDetection: 'Edm.Boolean',
    identityVersion: 'Edm.String',
    useDeviceContext: 'Edm.Boolean',
  },
  relations,
}

/** What an app of a tenant's file is in Graph. */
export const APP_TYPES: Record<AppKind, string> = {
  msi: MSI.name,
  win32: 'win32LobApp',
  msix: 'windowsUniversalAppX',
  store: 'winGetApp',
  office: 'officeSuiteApp',
}

/** Types that Intune has for Windows, and that cannot be made here: they need an upload, a store or a download. */
const OTHERS: readonly BodyType[] = [
  APP_TYPES.win32,
  APP_TYPES.msix,
  'windowsAppX',
  'win32CatalogApp',
  APP_TYPES.store,
  APP_TYPES.office,
  'windowsMicrosoftEdgeApp',
  'microsoftStoreForBusinessApp',
  'windowsStoreApp',
  'webApp',
  'windowsWebApp',
].map((name) => ({ name, members: COMMON }))

/** Texts and switches that are kept and shown: nothing here installs otherwise for them. */
const SHOWN_TEXTS = [
  'description',
  'privacyInformationUrl',
  'informationUrl',
  'owner',
  'developer',
  'notes',
  'fileName',
]
const SHOWN_OF_MSI = ['commandLine', 'productCode', 'identityVersion']
const SHOWN_SWITCHES = ['isFeatured', 'ignoreVersionDetection']

export type AppFacts = Pick<App, 'name' | 'publisher' | 'version' | 'scope' | 'sizeMb' | 'shown'>

/** What a body says of a new app. @throws GraphError 400 */
export function appFacts(json: JsonObject): AppFacts {
  const type = typeOf(json.members, [MSI, ...OTHERS]) ?? MSI
  if (type !== MSI) {
    throw badRequest(`Apps of the type ${type.name} are not made here: write them into the tenant's file.`)
  }
  checkBody(json, MSI)
  const name = json.optionalString('displayName') ?? ''
  if (name.trim() === '') throw badRequest('displayName is missing')
  const version = json.optionalString('productVersion') ?? '1.0.0'
  if (!/^\d+(\.\d+){0,3}$/.test(version)) throw badRequest('productVersion looks like 1.2.3')
  const size = json.optionalNumber('size') ?? 20_000_000
  if (size < 0) throw badRequest('size is a number of bytes')
  if (json.optionalObject('largeIcon')) throw badRequest('largeIcon is not kept here: leave it out')
  const tag = json.optionalStrings('roleScopeTagIds')?.find((id) => id !== '0')
  if (tag !== undefined) throw badRequest(`there is no role scope tag "${tag}": this tenant has the default tag alone`)
  const texts = [...SHOWN_TEXTS, ...SHOWN_OF_MSI].flatMap((member) => {
    const value = json.optionalString(member)
    return value === undefined ? [] : [[member, value] as const]
  })
  const switches = SHOWN_SWITCHES.map((member) => [member, json.optionalBoolean(member) ?? false] as const)
  return {
    name,
    publisher: json.optionalString('publisher') ?? '',
    version,
    scope: json.optionalBoolean('useDeviceContext') === false ? 'user' : 'device',
    sizeMb: size / 1_000_000,
    shown: Object.fromEntries([...texts, ...switches]),
  }
}

/** What Graph was told of an app and shows again, and what it shows where it was told nothing. */
export const appTexts = ({ shown, kind }: App): Record<string, unknown> => ({
  ...Object.fromEntries(SHOWN_TEXTS.map((name) => [name, shown?.[name] ?? null])),
  isFeatured: shown?.isFeatured ?? false,
  ...(kind === 'msi'
    ? {
        ...Object.fromEntries(SHOWN_OF_MSI.map((name) => [name, shown?.[name] ?? null])),
        ignoreVersionDetection: shown?.ignoreVersionDetection ?? false,
      }
    : {}),
})
