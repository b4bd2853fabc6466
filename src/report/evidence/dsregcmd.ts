import type { DiskFacts } from './facts.ts'

const WIDTH = 70

/** What `dsregcmd /status` prints of a device, as far as a journal has it. What it does not have is left out. */
export function dsregcmdStatus({ device, join, profile, entries, spec }: DiskFacts): string {
  const yes = (is: boolean): string => (is ? 'YES' : 'NO')
  const { CloudAssignedTenantId: tenantId } = profile?.json ?? {}
  const urls = entries.flatMap((entry) => (entry.kind === 'request' ? [entry] : []))
  const mdm = urls.find(({ operation }) => operation.startsWith('MS-MDE2 Discover'))?.url
  const hasPrt = urls.some(({ operation }) => operation === 'Entra primary refresh token')
  const sections: [string, [string, string | undefined][]][] = [
    [
      'Device State',
      [
        ['AzureAdJoined', yes(device?.isJoined === true)],
        ['EnterpriseJoined', 'NO'],
        ['DomainJoined', 'NO'],
        ['Device Name', device?.name],
      ],
    ],
    [
      'Device Details',
      join
        ? [
            ['Thumbprint', join.thumbprint],
            ['TpmProtected', spec?.device.tpm ? 'YES' : 'NO'],
          ]
        : [],
    ],
    [
      'Tenant Details',
      join
        ? [
            ['TenantName', spec?.tenant.name],
            ['TenantId', typeof tenantId === 'string' ? tenantId : undefined],
            ['MdmUrl', mdm],
          ]
        : [],
    ],
    ['SSO State', [['AzureAdPrt', yes(hasPrt)]]],
  ]
  return sections
    .filter(([, rows]) => rows.length > 0)
    .flatMap(([title, rows]) => [
      `+${'-'.repeat(WIDTH)}+`,
      `| ${title.padEnd(WIDTH - 1)}|`,
      `+${'-'.repeat(WIDTH)}+`,
      '',
      ...rows.flatMap(([name, value]) => (value === undefined ? [] : [`${name.padStart(27)} : ${value}`])),
      '',
    ])
    .join('\r\n')
}
