import { resolve } from 'node:path'
import { UserError } from '../../domain/trouble.ts'
import { configurationFileOf } from '../../mock-service/autopilot/configuration-file.ts'
import { nearest } from '../../scenario/nearest.ts'
import { workingFolder } from '../../scenario/working-folder.ts'
import { refuseExisting, writeWhole } from '../device/write-new-file.ts'
import { EXIT } from '../exit-codes.ts'
import { parseOptions, refuseWithout } from '../options.ts'
import { print, printRaw } from '../print.ts'
import { DEFAULT_TENANT, liveTenant } from '../tenant/live-tenant.ts'

const COMMAND = 'oobe profile export'

const HELP = `${COMMAND} PROFILE   a deployment profile as AutopilotConfigurationFile.json

  --tenant TENANT       the school (default: ${DEFAULT_TENANT})
  --correlator GUID     ZtdCorrelationId (default: the profile's id in Microsoft Graph)
  --out FILE            write it there
  --force               replace a file that is there
  --json                what was written, for programs; the file itself is JSON

PROFILE is the id or the name of a user-driven profile. Without --out the file goes to standard output. It is ASCII; put it into
C:\\Windows\\Provisioning\\Autopilot of a device that is not registered: disk.files of a device or a scenario.`

const OPTIONS = {
  tenant: { type: 'string' },
  correlator: { type: 'string' },
  out: { type: 'string' },
  force: { type: 'boolean' },
  json: { type: 'boolean' },
} as const

const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

export function run(args: string[]): number {
  const { values, positionals } = parseOptions(args, OPTIONS, COMMAND)
  if (values.help) {
    print(HELP)
    return EXIT.pass
  }
  refuseWithout(values, 'force', 'out')
  const [wanted, ...more] = positionals
  if (wanted === undefined || more.length > 0) {
    throw new UserError('ERR_BAD_ARGUMENTS', wanted === undefined ? 'which profile?' : 'one profile at a time', [
      `"${COMMAND} --help" tells what it may be`,
    ])
  }
  const { correlator } = values
  if (correlator !== undefined && !GUID.test(correlator)) {
    throw new UserError('ERR_BAD_ARGUMENTS', `--correlator: "${correlator}" is no GUID`, [
      'such as 7c0e5b1d-2f64-4a8e-9b3c-5d6e7f8a9b0c, without braces',
    ])
  }
  const { tenant } = liveTenant(values.tenant ?? DEFAULT_TENANT)
  const profiles = [...tenant.directory.now.profiles.values()]
  const written = tenant.definition.deploymentProfiles
  const named = written.find(({ id }) => id === wanted)?.name ?? wanted
  const profile = profiles.find(({ id, name }) => id === wanted || name === named)
  if (!profile) {
    const names = written.map(({ id }) => id)
    const near = nearest(wanted, names)
    throw new UserError('ERR_NOT_FOUND', `the tenant has no deployment profile "${wanted}"`, [
      near ? `Did you mean "${near}"?` : `There are: ${names.join(', ') || 'none'}`,
    ])
  }
  if (profile.mode !== 'userDriven') {
    throw new UserError('ERR_PROFILE_MODE', `"${profile.name}" is self-deploying: a file is for user-driven mode alone`)
  }
  const text = configurationFileOf(tenant, profile, correlator)
  if (values.out === undefined) {
    // The file is JSON itself.
    printRaw('out', text)
    return EXIT.pass
  }
  const path = resolve(workingFolder(), values.out)
  refuseExisting(path, values.out, values.force ?? false)
  writeWhole(path, text)
  print(values.json ? JSON.stringify({ file: values.out }, undefined, 2) : `${values.out} written`)
  return EXIT.pass
}
