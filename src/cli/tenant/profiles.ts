import { OOBE_CONFIG } from '../../domain/autopilot.ts'
import { OOBE_EFFECTS, oobeBitsIn } from '../../domain/explanations/oobe-config.ts'
import { MODE_NAMES } from '../../domain/tenant.ts'
import { oobeConfigOf, profileJsonOf } from '../../mock-service/autopilot/lookup.ts'
import { columns } from '../columns.ts'
import { EXIT } from '../exit-codes.ts'
import { parseOptions } from '../options.ts'
import { print } from '../print.ts'
import { liveTenant } from './live-tenant.ts'
import { oneTenant } from './one-tenant.ts'

const HELP = `oobe tenant profiles [TENANT]   deployment profiles, and what each hides and skips

  --json   each as AutopilotConfigurationFile.json has it`

export function run(args: string[]): number {
  const { values, positionals } = parseOptions(args, { json: { type: 'boolean' } }, 'oobe tenant profiles')
  if (values.help) {
    print(HELP)
    return EXIT.pass
  }
  const { tenant } = liveTenant(oneTenant(positionals))
  const profiles = [...tenant.directory.now.profiles.values()]
  if (values.json) {
    print(
      JSON.stringify(
        profiles.map((profile) => profileJsonOf(tenant, profile)),
        null,
        2,
      ),
    )
    return EXIT.pass
  }
  if (profiles.length === 0) print('This tenant has no deployment profiles: every registered device gets 815.')
  for (const [index, profile] of profiles.entries()) {
    if (index > 0) print('')
    print(profile.name)
    const config = oobeConfigOf(profile)
    const rows = [
      ['mode', MODE_NAMES[profile.mode]],
      ['pre-provisioning', profile.preprovisioningAllowed ? 'allowed' : 'not allowed'],
      ['language, region', `${profile.language || 'asked for'}, ${profile.region || 'asked for'}`],
      ['device name', profile.deviceNameTemplate || 'not set'],
      ['created', profile.createdDateTime],
      [
        'OobeConfig',
        `${config}: ${oobeBitsIn(config)
          .map((bit) => `${OOBE_CONFIG[bit]} ${OOBE_EFFECTS[bit]}`)
          .join(', ')}`,
      ],
      ['devices', assignedTo(tenant, profile.id)],
    ]
    for (const line of columns(rows)) print(`  ${line}`)
  }
  return EXIT.pass
}

function assignedTo(tenant: ReturnType<typeof liveTenant>['tenant'], id: string): string {
  const devices = [...tenant.directory.now.devices.values()].filter(
    (device) => tenant.profileOf(device).profile?.id === id,
  )
  return devices.map(({ serialNumber }) => serialNumber).join(', ') || 'none'
}
