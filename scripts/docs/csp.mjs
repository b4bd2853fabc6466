import { table } from './table.mjs'

/** docs/csp.md: every node that a management server finds on the device. */
export function cspPage(csps) {
  const rules = csps.flatMap((csp) => csp.rules)
  return `${[
    '<!-- Written by "npm run docs" from src/device/csp/rules/. Do not edit. -->',
    '',
    '# Configuration service providers',
    '',
    `The management tree of the device: ${csps.length} configuration service providers, ${rules.length} nodes. \`oobe device csp\` prints it, with`,
    'the values of a device where one is named. Paths are below `./Device/Vendor/MSFT` and, where the scope says so,',
    '`./User/Vendor/MSFT`; those that begin with `./` are in full. `{}` is a name that the server chooses. `any` keeps the',
    "format that came. What is not here is answered with 404; a policy of an unknown area is kept. The user's",
    'part is 405 until a person has signed in. Where a node has "no effect here", its value is kept and can be read back, and',
    'nothing else comes of it; the journal says so.',
    '',
    ...csps.flatMap(({ name, rules: nodes }) => [
      `## ${name}`,
      '',
      table(
        ['node', 'format', 'access', 'scope', 'default', 'besides', 'source'],
        nodes.map((rule) => [
          `\`${rule.path}\``,
          rule.format,
          rule.access.join(' '),
          rule.scope,
          rule.default === undefined ? '' : rule.default === '' ? 'empty' : `\`${rule.default}\``,
          besides(rule),
          rule.source,
        ]),
      ),
      '',
    ]),
    '## Statuses',
    '',
    table(
      ['status', 'when'],
      [
        [
          '400',
          'no target, a LocURI without `./` in front, a number out of its range (assumed), a job that cannot be read',
        ],
        ['404', 'no CSP has the node, or it does not exist'],
        ['405', 'the node does not take the command; a value that may not follow the present one; no user yet'],
        [
          '406',
          '`?prop=`, and `?list=` but for `Struct` and `StructData` of a Get; Add and Replace of one node, or a chunk, in an Atomic (assumed)',
        ],
        ['415', 'another format than the node has, or a value that is none of it'],
        ['418', 'Add of what is there'],
        ['425', 'nodes of another provider (assumed)'],
        ['500', 'what the CSP itself refuses: a certificate under another thumbprint, a name that is none (assumed)'],
      ],
    ),
  ].join('\n')}\n`
}

function besides({ range, forbids, accepts, derive, isOwners, isSecret, exec, effect }) {
  return [
    range && `${range[0]} to ${range[1]}`,
    forbids && 'one way only',
    accepts && 'checked',
    derive && 'follows from others',
    isOwners && "its provider's own",
    isSecret && 'never shown',
    exec && EXEC[exec],
    effect === 'none' && 'no effect here',
  ]
    .filter(Boolean)
    .join('; ')
}

const EXEC = {
  installMsi: 'Exec installs',
  installMsix: 'Exec installs',
  restart: 'Exec restarts the device',
  reset: 'Exec resets the device to OOBE',
  unenroll: 'Exec ends the management',
}
