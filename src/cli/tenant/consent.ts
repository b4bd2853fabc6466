import { UserError } from '../../domain/trouble.ts'
import { withKey } from '../../scenario/edit-yaml.ts'
import { nearest } from '../../scenario/nearest.ts'
import { EXIT } from '../exit-codes.ts'
import { parseOptions } from '../options.ts'
import { print } from '../print.ts'
import { openTenantFile, type TenantFile, writeTenantFiles } from './tenant-file.ts'

const HELP = `oobe tenant consent FILE PARTNER --by ADMIN   a Global Administrator lets a partner register devices

  FILE         the school: a path, or a name from scenarios/tenants/ of this folder
  PARTNER      the id of an OEM or reseller that has asked: "partners" in the file
  --by ADMIN   e-mail address of who consents
  --json       whether the file was changed, and what it says, for programs

The file is changed at this place alone. A school that "oobe serve --data" keeps does not see it: it began with the file
as it was. Microsoft has no Graph call for the consent. Exit code 2 when it is refused.`

export function run(args: string[]): number {
  const { values, positionals } = parseOptions(
    args,
    { by: { type: 'string' }, json: { type: 'boolean' } },
    'oobe tenant consent',
  )
  if (values.help) {
    print(HELP)
    return EXIT.pass
  }
  const [name, id, ...more] = positionals
  if (name === undefined || id === undefined || more.length > 0) {
    throw new UserError('ERR_BAD_ARGUMENTS', 'which school, and which partner?', [
      'oobe tenant consent FILE PARTNER --by ADMIN',
    ])
  }
  if (values.by === undefined) {
    throw new UserError('ERR_BAD_ARGUMENTS', 'who consents?', ['--by and the e-mail address of a Global Administrator'])
  }
  const file = openTenantFile(name)
  const { partners, users } = file.definition
  const index = partners.findIndex((partner) => partner.id === id)
  if (index < 0) throw noPartner(file, id)
  const partner = partners[index]!
  const admin = administrator(file, values.by)
  const before = users.find(({ email }) => email.toLowerCase() === partner.consentedBy.toLowerCase())
  const tell = (by: string, changed: boolean) =>
    print(JSON.stringify({ file: file.file, partner: partner.id, consentedBy: by, changed }, undefined, 2))
  if (before?.isGlobalAdministrator) {
    if (values.json) tell(before.email, false)
    else print(`"${partner.name}" has the consent of ${before.name} (${before.email}) already: nothing is changed.`)
    return EXIT.pass
  }
  writeTenantFiles([{ file, text: withKey(file.text, ['partners', index], 'consentedBy', admin.email) }])
  if (values.json) {
    tell(admin.email, true)
    return EXIT.pass
  }
  print(
    `${admin.name} (${admin.email}) has consented: "${partner.name}" may register devices for ${file.definition.name}.`,
  )
  print(`${file.file} says so from now on.`)
  return EXIT.pass
}

/** Only the consent of a Global Administrator is valid. Codes `ERR_NOT_FOUND`, `ERR_NOT_GLOBAL_ADMINISTRATOR`. */
function administrator({ definition }: TenantFile, email: string) {
  const { users, name } = definition
  const user = users.find((each) => each.email.toLowerCase() === email.toLowerCase())
  if (user?.isGlobalAdministrator) return user
  const admins = users.filter(({ isGlobalAdministrator }) => isGlobalAdministrator).map((each) => each.email)
  const hint =
    admins.length > 0 ? `Global Administrators: ${admins.join(', ')}` : `${name} has no Global Administrator at all`
  if (!user) throw new UserError('ERR_NOT_FOUND', `there is no user "${email}" in ${name}`, [hint])
  throw new UserError(
    'ERR_NOT_GLOBAL_ADMINISTRATOR',
    `${user.name} (${user.email}) is not a Global Administrator: the consent is not valid`,
    [hint],
  )
}

function noPartner({ definition }: TenantFile, id: string): UserError {
  const ids = definition.partners.map((partner) => partner.id)
  const near = nearest(id, ids)
  const known =
    ids.length > 0 ? `There are: ${ids.join(', ')}` : 'No partner has asked: "partners" in the file has none'
  return new UserError('ERR_NO_PARTNER', `no partner "${id}" has asked ${definition.name}`, [
    near ? `Did you mean "${near}"?` : known,
  ])
}
