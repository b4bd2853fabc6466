import { MANAGEMENT } from './graph-management.mjs'
import { STRICTNESS } from './graph-strictness.mjs'
import { table } from './table.mjs'

/** docs/graph.md: the routes of the admin API, what it takes and refuses, and what registrations can end in. */
export function graphPage({ GRAPH_ROUTES, PAGES, BATCH_MAX, sufficientFor, ENTITY_TYPES }, errors) {
  return `${[
    '<!-- Written by "npm run docs" from src/mock-service/graph/ and src/domain/registration-errors.ts. Do not edit. -->',
    '',
    '# Admin API',
    '',
    "The mock answers administrators' scripts with the paths, names and status codes of Microsoft Graph, for what concerns",
    'Autopilot. `oobe serve` serves it on its port, below `/v1.0` and `/beta`; in a test it is there in process, as the other',
    "services of the mock are. `test/mock-service/graph/graph-client.test.ts` holds it against Microsoft's own client, and",
    '`test/mock-service/graph/scripts/` has the requests of the public scripts, which are played whole.',
    '',
    ...signingIn,
    ...routes(GRAPH_ROUTES, sufficientFor),
    ...taken(PAGES, BATCH_MAX),
    ...types(ENTITY_TYPES),
    ...refused,
    ...STRICTNESS,
    '## Time',
    '',
    "Nothing happens at once. A tenant's `delays` say how long things take, in device time: an import from `unknown` over",
    '`pending` to its result, groups behind a change, profiles behind groups, a synchronisation. Assignments are worked',
    'out from the directory as it was that long ago, so a device that was registered a moment before it asks gets 815.',
    '',
    ...MANAGEMENT,
    '## What an import can end in',
    '',
    table(
      ['deviceErrorName', 'deviceErrorCode', 'how sure', 'the portal says', 'what it means'],
      Object.values(errors).map(({ name, code, tag, portalText, explanation }) => [
        `\`${name}\``,
        code ?? '',
        tag,
        portalText,
        explanation,
      ]),
    ),
    '',
    'A hash whose base64 lost its padding is refused at once: 400, `Cannot convert the literal … to the expected type',
    "'Edm.Binary'`.",
    '',
    '## Not here',
    '',
    'Delta queries, `$apply`, `$compute`, logos, app packages of other kinds than MSI, Autopilot device preparation. In',
    '`$filter`: arithmetic, `concat`, `substring`, `indexof`, functions of dates. `Prefer` has no effect, as on the live service.',
    'Also hybrid join, HoloLens and Surface Hub profiles, assignment filters, scope tags beside the default one, policy sets,',
    'conversion of devices that are managed already, the device limit, and changes to default configurations. What asks for one of',
    'them is refused, or kept and shown as said above.',
  ].join('\n')}\n`
}

const signingIn = [
  '## Signing in',
  '',
  '[clients.md](clients.md) shows how a script, MSAL, the Graph client and Graph PowerShell are pointed at the mock, with snippets that run.',
  '[tokens.md](tokens.md) has the grants. The token goes into `Authorization: Bearer …`. Its audience may be',
  '`https://graph.microsoft.com`, `https://graph.microsoft.test`, `00000003-0000-0000-c000-000000000000` or the origin that the mock is',
  'served at.',
  '',
  'Permissions count alike whether they are those of the application itself (`roles`) or those that it has for a person (`scp`): each of an',
  "application's `permissions` in the tenant's file, and what a Global Administrator consents to at one of Microsoft's own tools.",
  '',
]

const routes = (all, sufficientFor) => [
  '## Routes',
  '',
  '`beta` marks what v1.0 does not have. Each of the permissions is enough.',
  '',
  table(
    ['method', 'path', '', '`$expand`', 'permission'],
    all.map((route) => [
      route.method,
      `\`${route.path}\``,
      route.isBeta ? 'beta' : '',
      Object.keys(route.expands ?? {})
        .map((name) => `\`${name}\``)
        .join(', '),
      [route.permission, route.alsoEnough ?? []]
        .flat()
        .map((name) => `\`${name}\``)
        .join(', '),
    ]),
  ),
  '',
  'Beside them: `POST /$batch`, `GET /$metadata`, the service document at the version itself, and `/$count` behind each collection.',
  '',
  table(
    ['permission', 'enough to read', 'enough for the rest'],
    [...new Set(all.flatMap(({ permission }) => permission))].map((permission) => {
      const list = (method) =>
        sufficientFor({ method, permission })
          .map((name) => `\`${name}\``)
          .join(', ')
      return [`\`${permission}\``, list('GET'), list('POST')]
    }),
  ),
  '',
]

const taken = (pages, batchMax) => [
  '## What is taken',
  '',
  "- Paths, versions and actions in any letter case; `groups/id`, `groups('id')` and `groups(id='id')`; `microsoft.graph.import` for",
  '  `import`; a slash at the end; empty segments.',
  '- `$filter`: `eq`, `ne`, `gt`, `ge`, `lt`, `le`, `in`, `and`, `or`, `not`, `contains`, `startswith`, `endswith`, `tolower`, `toupper`,',
  '  `trim`, `length`, `isof`, `any` and `all` with a variable, `/$count` of a list, paths such as `state/deviceImportStatus`. Operators,',
  '  functions and properties are taken in any letter case. GUIDs and dates need no quotes; a quote in a text is doubled.',
  '- `$orderby` with several keys, `$top`, `$skip`, `$select`, `$expand` with `($select=…)`, `$count`, `$search`, `$format=json`. In beta',
  '  also without the `$`.',
  `- Pages: ${pages.intune.size} items of Intune, ${pages.directory.size} of the directory; \`$top\` says at most ${pages.intune.most} and ${pages.directory.most}. \`@odata.nextLink\` keeps`,
  '  the other options.',
  `- \`POST /$batch\` with up to ${batchMax} requests, with \`dependsOn\`, \`headers\` and a JSON body. Each part has the rights of the token.`,
  '- Bodies for Intune may have names without quotes and texts in single quotes, as the OData reader of .NET takes them. A UTF-8 mark is',
  '  taken everywhere.',
  '- `/users/{id}/displayName` and the like: one property of an object of the directory. `Accept: …;odata.metadata=none`.',
  '- `client-request-id` comes back; each answer has its `request-id`.',
  '- A reference in `@odata.id` or `members@odata.bind` may name any host, any version, and `directoryObjects`, `devices` or `users`.',
  '',
]

const types = (entityTypes) => [
  '## Types',
  '',
  'A query may name the properties of its type: another name is 400, `Could not find a property named … on type …`. A property',
  'that the mock never fills is known and missing.',
  '',
  table(
    ['type', 'set'],
    entityTypes.map(({ name, sets }) => [`\`${name}\``, sets.map((set) => `\`${set}\``).join(', ')]),
  ),
  '',
]

const refused = [
  '## What is refused',
  '',
  'A refusal has the body that Graph gives: `{ "error": { "code", "message", "innerError" } }`.',
  '',
  table(
    ['status', 'code', 'when'],
    [
      [
        '400',
        '`BadRequest`',
        'a path, an option, a body or a batch that cannot be read; a body that is not called JSON in `Content-Type`',
      ],
      ['400', '`Request_BadRequest`', 'the directory refuses what the body says'],
      [
        '400',
        '`Request_UnsupportedQuery`',
        'a query of the directory that needs `ConsistencyLevel: eventual` and `$count=true` (`ne`, `not`, `endswith`, `$search`, an order beside a filter), and `contains`',
      ],
      [
        '400',
        '`BadRequest`: `An error has occurred`',
        'a comparison (`eq`, `ne`, `in` …) in `$filter` of `windowsAutopilotDeviceIdentities`: the live service takes `contains` there',
      ],
      ['400', '`No method match route template`', 'Intune has no such method at this path'],
      ['401', '`InvalidAuthenticationToken`', 'a token that is missing, forged, expired or for another service'],
      [
        '403',
        '`Authorization_RequestDenied`',
        'the directory misses a permission, or the members of a dynamic group were to be changed',
      ],
      ['403', '`Forbidden`', 'Intune misses a permission: the message names those that are enough'],
      [
        '404',
        '`Request_ResourceNotFound`, `ResourceNotFound`',
        'the directory, or Intune, does not have it; a version that there is not',
      ],
      ['405', '`Request_BadRequest`', 'the directory has no such method at this path'],
      ['409, 429', '`Conflict`, `TooManyRequests`', 'a synchronisation runs, or was too recent'],
    ].map(([status, code, when]) => [status, code, when]),
  ),
  '',
  'Errors of Intune itself have JSON in `message`, as on the live service: `{"_version":3,"Message":"… - Operation ID (for customer',
  'support): … - Activity ID: … - Url: …", …}`.',
  '',
]
