import { expect, test } from 'vitest'
import { decodeAssignedAccess, isAssignedAccess } from '../../../src/protocols/assigned-access/configuration.ts'

const ID = '{9a2a490f-10f6-4764-974a-43b19e722c23}'
const NAMESPACES = 'xmlns="http://schemas.microsoft.com/AssignedAccess/2017/config" xmlns:v4="urn:4"'
const AUTOMATIC = `<Config><AutoLogonAccount/><DefaultProfile Id="${ID}"/></Config>`
const NAMED = `<Config><Account>ben</Account><DefaultProfile Id="${ID.toUpperCase()}"/></Config>`

const written = (content: string, configs = AUTOMATIC) =>
  `<AssignedAccessConfiguration ${NAMESPACES}><Profiles><Profile Id="${ID}">${content}</Profile></Profiles>` +
  `<Configs>${configs}</Configs></AssignedAccessConfiguration>`

const APP = '<KioskModeApp AppUserModelId="Contoso.App_1!App"/>'
const listed = (count: number) =>
  `<AllAppsList><AllowedApps>${'<App AppUserModelId="a"/>'.repeat(count)}</AllowedApps></AllAppsList>`

test.each([
  [APP, 'Contoso.App_1!App'],
  ['<KioskModeApp v4:ClassicAppPath="C:\\edge.exe"/>', 'C:\\edge.exe'],
  [listed(1), 'a restricted desktop with one app'],
  [listed(3), 'a restricted desktop with 3 apps'],
])('%s is what the account shows', (content, shows) => {
  expect(decodeAssignedAccess(written(content))).toEqual({ autoLogon: { shows }, others: 0 })
})

test('accounts that sign in themselves are no automatic sign-in', () => {
  expect(decodeAssignedAccess(written(APP, NAMED))).toEqual({ autoLogon: undefined, others: 1 })
  expect(decodeAssignedAccess(written(APP, NAMED + AUTOMATIC))).toMatchObject({ autoLogon: {}, others: 1 })
  expect(decodeAssignedAccess(written(APP, ''))).toEqual({ autoLogon: undefined, others: 0 })
})

test.each([
  ['', 'an empty text'],
  ['<AssignedAccessConfiguration>', 'XML that does not end'],
  ['<x/>', 'another root'],
  [written(APP, AUTOMATIC.replace('9a2a', '0000')), 'a profile that is not there'],
  [written(APP, '<Config><AutoLogonAccount/></Config>'), 'no profile'],
  [written(APP, AUTOMATIC + AUTOMATIC), 'two automatic sign-ins'],
  [written('<KioskModeApp/>'), 'an app without a name'],
  [written(''), 'a profile without an app'],
  [written(listed(0)), 'an empty list of apps'],
  ['{"a":1}', 'JSON'],
])('%s is refused: %s', (text) => {
  expect(isAssignedAccess(text)).toBe(false)
})
