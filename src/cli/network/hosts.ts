import { ALLOWED_BESIDE, ALLOWED_SERVICES, type Inspection } from '../../domain/allowed-hosts.ts'
import { UserError } from '../../domain/trouble.ts'
import { EXIT } from '../exit-codes.ts'
import { parseOptions } from '../options.ts'
import { print } from '../print.ts'

const HELP = `oobe network hosts   what a firewall or a filter must let through for a first boot, what fails without it and without
                     each port, and where TLS must not be inspected

  --plain            the hosts alone, one in each line, to copy
  --json             the same for programs

Hosts are written as Microsoft's lists write them: *.manage.microsoft.com is each name below manage.microsoft.com.
"blockedHosts" and "block" of a scenario take them so. [D] is documented, [U] is assumed.`

const OPTIONS = { plain: { type: 'boolean' }, json: { type: 'boolean' } } as const

export function run(args: string[]): number {
  const { values, positionals } = parseOptions(args, OPTIONS, 'oobe network hosts')
  if (values.help) {
    print(HELP)
    return EXIT.pass
  }
  if (positionals.length > 0) {
    throw new UserError('ERR_BAD_ARGUMENTS', `oobe network hosts takes no name: ${positionals.join(', ')}`)
  }
  if (values.plain && values.json) {
    throw new UserError('ERR_BAD_ARGUMENTS', '--plain and --json are two forms: give one of them')
  }
  if (values.json) print(JSON.stringify({ services: ALLOWED_SERVICES, beside: ALLOWED_BESIDE }, undefined, 2))
  else if (values.plain) for (const { hosts } of ALLOWED_SERVICES) for (const host of hosts) print(host)
  else printServices()
  return EXIT.pass
}

function printServices(): void {
  for (const { hosts, ...service } of ALLOWED_SERVICES) {
    for (const line of [...linesOf(service), ...hosts.map((host) => `  ${host}`), '']) print(line)
  }
  print('Beside these, hosts that Microsoft lists elsewhere, or that are of the school:\n')
  for (const service of ALLOWED_BESIDE) for (const line of linesOf(service)) print(line)
}

function linesOf({
  service,
  ports,
  without,
  withoutPort,
  inspection,
  isInspectionRefused,
  source,
}: (typeof ALLOWED_BESIDE)[number]): string[] {
  const tag = /\[\w\]$/.exec(source)?.[0] ?? ''
  return [
    `${service}: ${/^\d+$/.test(ports) ? 'port' : 'ports'} ${ports}`,
    `  without: ${without} ${tag}`,
    ...Object.entries(withoutPort ?? {}).map(([port, what]) => `  without port ${port}: ${what} [U]`),
    ...(inspection === 'noTls'
      ? []
      : [`  TLS inspection: ${INSPECTION[inspection]} ${isInspectionRefused ? '[D]' : '[U]'}`]),
  ]
}

const INSPECTION: Record<Exclude<Inspection, 'noTls'>, string> = {
  never: 'it fails',
  withoutClientCertificate: 'it fails as soon as the device shows its certificate',
  withTrustedRoot: 'only on a device that trusts the root of the school, which a new device does not',
}
