import { expect, test } from 'vitest'
import type { HttpRequest, HttpResponse } from '../../src/domain/http.ts'
import type { JournalFact } from '../../src/domain/journal.ts'
import { Journal, journalText } from '../../src/journal/writer.ts'
import { runScenario } from '../../src/scenario/run-scenario.ts'
import { loadScenarios } from '../../src/scenario/scenario.ts'

const written = (fact: JournalFact): string => {
  const journal = new Journal(() => 0)
  journal.write(fact)
  return JSON.stringify(journal.entries[0])
}

const request = (changes: { url?: string; headers?: Record<string, string>; body?: string }): string =>
  written({
    kind: 'request',
    id: 0,
    method: 'POST',
    url: 'https://login.contoso.test/token',
    bytes: 1,
    operation: 'test',
    headers: {},
    ...changes,
  })

const base64 = (text: string): string => Buffer.from(text).toString('base64')
const JWT = `${Buffer.from('{"alg":"RS256","typ":"JWT"}').toString('base64url')}.c2VjcmV0LWNsYWltcw.hunter2-signature`
const TOKEN = '<wsse:BinarySecurityToken ValueType="urn:ietf:params:oauth:token-type:jwt">'
const PROVISIONING =
  '<wap-provisioningdoc version="1.1"><parm name="NAME" value="kept"/><parm name="AAUTHSECRET" value="hunter2"/>'

const PROFILE = '<WLANProfile><name>a</name><keyMaterial>hunter2</keyMaterial></WLANProfile>'

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
}

/** Documents in a document, each escaped. */
function nested(levels: number, text: string): string {
  return levels === 0 ? text : escaped(`<Data>${nested(levels - 1, text)}</Data>`)
}

test.each<[string, Parameters<typeof request>[0]]>([
  ['a bearer token', { headers: { authorization: 'Bearer hunter2' } }],
  ['basic credentials', { headers: { authorization: 'Basic hunter2' } }],
  ['a session cookie', { headers: { 'set-cookie': 'ESTSAUTH=hunter2; Secure; HttpOnly' } }],
  ['a header that is called a token', { headers: { 'x-ms-refreshtokencredential': 'hunter2' } }],
  ['a code in the address', { url: 'https://idp.test/cb?state=1&code=hunter2' }],
  ['a code where a redirection leads', { headers: { location: 'ms-aadj-redir://auth/drs?code=hunter2&state=1' } }],
  ['a password in a form', { body: 'login=alice&passwd=hunter2&type=11' }],
  ['the first field of a form', { body: 'code=hunter2&grant_type=authorization_code' }],
  ['a refresh token in JSON', { body: '{"token_type":"Bearer","refresh_token" : "hunter2","expires_in":1}' }],
  ['a field of JSON with quotes and a bracket in it', { body: '{"password":"a\\"<hunter2>b","x":1}' }],
  ['JSON in a string of JSON', { body: '{"inner":"{\\"client_secret\\":\\"hunter2\\"}"}' }],
  ['JSON that was cut off', { body: '{"access_token":"hunter2' }],
  ['a form that posts itself', { body: '<form><input type="hidden" name="wresult" value="hunter2"/></form>' }],
  ['a form with its value first', { body: "<input value='hunter2' name='code'>" }],
  ['a JWT', { body: `before ${JWT} after` }],
  ['a JWT that was cut off', { body: '{"x":"eyJhbGciOiJSUzI1NiJ9hunter2' }],
  ['a JWT in base64', { body: `${TOKEN}${base64(JWT)}</wsse:BinarySecurityToken>` }],
  ['an opaque token', { body: `${TOKEN}${base64('hunter2')}</wsse:BinarySecurityToken>` }],
  ['an opaque token as it is', { body: `${TOKEN}\n hunter2:x \n</wsse:BinarySecurityToken>` }],
  ['a password of WS-Security', { body: '<o:Password o:Type="PasswordText">hunter2</o:Password>' }],
  ['a password in CDATA', { body: '<Password><![CDATA[<hunter2>]]></Password>' }],
  ['a credential of OMA DM', { body: '<Cred><Meta><Type>syncml:auth-basic</Type></Meta><Data>hunter2</Data></Cred>' }],
  [
    'a nonce for credentials',
    { body: '<Chal><Meta><m:NextNonce xmlns:m="syncml:metinf">hunter2</m:NextNonce></Meta>' },
  ],
  ['a passphrase in an escaped Wi-Fi profile', { body: '<Data>&lt;keyMaterial&gt;hunter2&lt;/keyMaterial&gt;</Data>' }],
  ['the end of one that came in chunks', { body: '<Data>ter hunter2&lt;/keyMaterial&gt;&lt;/sharedKey&gt;</Data>' }],
  ['the beginning of one', { body: '<Data>&lt;keyMaterial&gt;hunter2</Data>' }],
  ['the data of a secret node', { body: item('./Vendor/MSFT/Accounts/Users/Alice/Password', 'hunter2') }],
  [
    'data that comes before its address',
    { body: '<Item><Data>hunter2</Data><LocURI>./x/PreSharedKey</LocURI></Item>' },
  ],
  [
    'a secret of a provisioning document',
    { body: `<BinarySecurityToken>${base64(PROVISIONING)}</BinarySecurityToken>` },
  ],
  [
    'one in lines',
    { body: `<BinarySecurityToken>${base64(PROVISIONING).replace(/.{40}/g, '$&&#xD;\n')}</BinarySecurityToken>` },
  ],
  ['a Wi-Fi profile in CDATA', { body: `<Data><![CDATA[${PROFILE}]]></Data>` }],
  ['a provisioning document in CDATA', { body: `<Data><![CDATA[${PROVISIONING}]]></Data>` }],
  ['CDATA that was cut off', { body: `<Data><![CDATA[${PROFILE}` }],
  ['an escaped password with attributes', { body: '<Data>&lt;Password Type=&quot;x&quot;&gt;hunter2</Data>' }],
  ['an escaped parameter', { body: '<Data>&lt;parm name="AAUTHSECRET" value="hunter2"/&gt;</Data>' }],
  ['one with escaped quotes', { body: `<Data>${escaped(PROVISIONING)}</Data>` }],
  ['brackets by their number', { body: '<Data>&#60;keyMaterial&#62;hunter2</Data>' }],
  ['brackets by their hexadecimal number', { body: '<Data>&#x3C;keyMaterial&#x3e;hunter2</Data>' }],
  [
    'a passphrase with an ampersand',
    { body: '<Data>&lt;keyMaterial&gt;Tom&amp;amp;hunter2&lt;/keyMaterial&gt;</Data>' },
  ],
  ['what is escaped twice', { body: `<Data>${escaped(escaped(PROFILE))}</Data>` }],
  ['what is escaped more often than any program does', { body: `<Data>${nested(12, PROFILE)}</Data>` }],
  ['a profile in an attribute', { body: `<parm name="PROFILE" value="${escaped(PROFILE)}"/>` }],
  ['JSON in an attribute', { body: `<div data-config="${escaped('{"password":"hunter2"}')}"></div>` }],
  ['an escaped profile and no document around it', { body: escaped(PROFILE) }],
  ['a form without quotes', { body: '<input type=hidden name=code value=hunter2>' }],
  ['a nested encoded query', { url: 'https://idp.test/?to=https%3A%2F%2Fa.test%2F%3Fcode%3Dhunter2%26state%3D1' }],
  ['one that is encoded twice', { url: 'https://idp.test/?to=a%253Fx%253D1%2526code%253Da%25252526hunter2' }],
  ['the password of an answer file', { body: `<AdministratorPassword><Value>hunter2</Value><PlainText>true` }],
  [
    'the password of its account',
    { body: '<Password>\n<Value>hunter2</Value>\n<PlainText>true</PlainText></Password>' },
  ],
  ['a product key', { body: item('./Vendor/MSFT/WindowsLicensing/ChangeProductKey', 'hunter2') }],
  ['a product key that is tried', { body: item('./Vendor/MSFT/WindowsLicensing/CheckApplicability', 'hunter2') }],
  [
    'a challenge among the results of a list',
    {
      body: `<Results><Item><Source><LocURI>./x/ServerURL</LocURI></Source><Data>a</Data></Item><Item><Source><LocURI>./x/Challenge</LocURI></Source><Meta><Format>chr</Format></Meta><Data>hunter2</Data></Item></Results>`,
    },
  ],
  ['an address in CDATA', { body: item('<![CDATA[./x/Password]]>', 'hunter2') }],
  ['a processing instruction in a password', { body: '<Password><?x y?>hunter2</Password>' }],
  ['a private key', { body: '-----BEGIN RSA PRIVATE KEY-----\nhunter2\n-----END RSA PRIVATE KEY-----' }],
])('%s is masked [point 64]', (_, message) => {
  const plain = JSON.stringify(message)
  expect([plain, decoded(plain)].join()).toContain('hunter2')
  const line = request(message)
  expect(line).not.toContain('hunter2')
  expect(decoded(line)).not.toContain('hunter2')
  expect(line).not.toContain(base64('hunter2'))
  expect(decoded(line)).toContain('•••')
})

function item(uri: string, data: string): string {
  return `<Replace><Item><Target><LocURI>${uri}</LocURI></Target><Data>${data}</Data></Item></Replace>`
}

/** The text with what is in it in base64. */
const decoded = (text: string): string =>
  text
    .replace(/&#xD;(?:\\n|\n)/g, '')
    .replace(/[A-Za-z0-9+/]{10,}={0,2}/g, (run) => `${run} ${Buffer.from(run, 'base64').toString()}`)

test.each<[string, Parameters<typeof request>[0]]>([
  ['the code of an error', { body: '{"error":{"code":"Request_ResourceNotFound","message":"not there"}}' }],
  [
    'a policy about passwords',
    { body: item('./Device/Vendor/MSFT/Policy/Config/DeviceLock/MinDevicePasswordLength', '8') },
  ],
  ['items beside a secret one', { body: item('./DevInfo/Man', 'Contoso') }],
  ['a certificate request', { body: `${TOKEN}MIICdDCCAVwCAQAwLzEtMCsGA1UEAww=</wsse:BinarySecurityToken>` }],
  ['brackets that are no tags', { body: 'a << b <> c < d' }],
  ['what is no XML', { body: '<Item><Data>1</Data' }],
  ['CDATA without a secret', { body: '<Data><![CDATA[<a b="1">x &amp; y</a>]]></Data>' }],
  ['an unclosed CDATA', { body: '<Data><![CDATA[<a b="1">x' }],
  ['escaped text without a secret', { body: `<Data>&#60;a b='1'&gt;x &amp;amp; &quot;y&quot;&#xD;\n>&lt;/a></Data>` }],
  ['an attribute with entities', { body: '<a b="&quot;x&quot; &lt; y &amp;amp; z"/>' }],
  ['an answer file without a password', { body: '<Setting><Value>kept</Value></Setting>' }],
  ['an encoded query with an empty field', { url: 'https://idp.test/?to=a%3Fcode%3D%26state%3D1' }],
  ['an encoded query without a secret', { url: 'https://idp.test/?to=https%3A%2F%2Fa.test%2F%3Fstate%3D1' }],
  ['a number that is no secret', { body: '{"pinned":123456,"expires_in":3600}' }],
  ['a claim of who it is', { body: 'login=alice%40contoso.example&state=abc' }],
])('%s stays', (_, message) => {
  expect(JSON.parse(request(message))).toMatchObject(message)
})

test('numbers in JSON are masked, and it stays JSON [point 64]', () => {
  const body = { pin: 123456, inner: '{"otc":123456,"x":1}', x: -1.5 }
  const { body: masked } = JSON.parse(request({ body: JSON.stringify(body) })) as { body: string }
  expect(JSON.parse(masked)).toEqual({ pin: '•••', inner: '{"otc":"•••","x":1}', x: -1.5 })
})

test('what is beside a secret of an escaped document is kept as it was escaped', () => {
  const of = (secret: string) =>
    `<Data>&lt;a b=&quot;1&quot;&gt;&#xD;x &amp;amp; y&lt;keyMaterial&gt;${secret}&lt;/keyMaterial&gt;</Data>`
  expect(JSON.parse(request({ body: of('hunter2') }))).toMatchObject({ body: of('•••') })
})

test.each([
  ['escaped brackets', `<a>${'&lt;'.repeat(100_000)}`],
  ['ampersands escaped again and again', `<a>&${'amp;'.repeat(200_000)}lt;`],
  ['many of them', `<a>${'&amp;amp;amp;amp;amp;amp;amp;amp;lt;b>'.repeat(20_000)}`],
  ['CDATA in CDATA', '<![CDATA['.repeat(50_000)],
  ['encoded percent signs', `a=%${'25'.repeat(200_000)}3Fcode%3D`],
  ['many encoded fields', '%253Fcode%253D'.repeat(50_000)],
  ['a long encoded field', `%3Fcode%3D${'a'.repeat(5_000_000)}`],
  ['a long encoded field of signs', `%3Fcode%3D${'%25'.repeat(500_000)}`],
  ['attributes', `<input ${'name = value = '.repeat(50_000)}`],
  ['spaces after a name', `<input name=code value=${' '.repeat(200_000)}`],
  ['quotes', `<a b="&lt;${`'`.repeat(200_000)}>`],
  ['numbers', `{"pin":${'1'.repeat(200_000)}`],
])('%s take linear time to mask', (_, body) => {
  const start = performance.now()
  request({ body })
  expect(performance.now() - start).toBeLessThan(2_000)
})

test('what a command writes to a secret node is masked, whatever the node is declared to be [point 64]', () => {
  const fact = { kind: 'csp', by: 'server', command: 'Replace', status: 200, value: 'hunter2' } as const
  expect(written({ ...fact, uri: './Vendor/MSFT/Unknown/SharedSecret' })).not.toContain('hunter2')
  expect(written({ ...fact, uri: './Vendor/MSFT/Unknown/Name' })).toContain('hunter2')
})

/** Whatever the service hands out or the device proves itself with, collected from the plain messages by their meaning. */
function secretsOf(request: HttpRequest, response: HttpResponse): string[] {
  const text = [request, response].map(({ headers, body }) => JSON.stringify(headers) + Buffer.from(body).toString())
  const [sent, got] = text as [string, string]
  const of = (from: string, pattern: RegExp) => [...from.matchAll(pattern)].map(([, value]) => value!)
  return [
    ...of(got, /"(?:access_token|refresh_token|id_token|session_key_jwe|sFT|FlowToken)":"([^"]+)"/g),
    ...of(got, /[?&]code=([^&"]+)/g),
    ...of(sent, /(?:^|[}&])(?:code|code_verifier|passwd|refresh_token|assertion)=([^&]+)/g),
    ...of(sent, /&request=(eyJ[^&]+)/g),
    ...of(sent, /Bearer ([^"]+)"/g),
    ...of(sent + got, /keyMaterial(?:>|&gt;)([^<&]+)/g),
    ...of(sent + got, /name="AAUTHSECRET" value="([^"]+)"/g),
  ].filter((secret) => secret.length > 5)
}

test.each([
  'surface-wifi-happy-path',
  'self-deploying-ethernet',
  'multifactor-number-match',
  'federated-sign-in',
  'wrong-password',
])('the journal of %s has nothing that lets a reader in [point 64]', async (name) => {
  const secrets = new Set<string>()
  const { journal } = await runScenario(loadScenarios(name)[0]!, {
    seed: 3,
    transport: 'direct',
    wrap: (transport) => async (request, peer, signal) => {
      const response = await transport(request, peer, signal)
      for (const secret of secretsOf(request, response)) secrets.add(secret)
      return response
    },
  })
  expect(secrets.size).toBeGreaterThan(0)
  const text = journalText(journal)
  const everything = decoded(text)
  for (const secret of secrets) {
    expect(everything).not.toContain(secret)
    expect(everything).not.toContain(decodeURIComponent(secret))
    expect(text).not.toContain(base64(secret).replace(/=+$/, ''))
  }
})
