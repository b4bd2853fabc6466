import { UserError } from '../domain/trouble.ts'
import { freshSeed } from '../ports/seeded-chance.ts'
import { loadDeviceFile, loadTenantFile } from '../scenario/library.ts'
import { loadScenarios, type Scenario } from '../scenario/scenario.ts'
import { EXIT } from './exit-codes.ts'
import { parseOptions, parseSeed, parseSpeed } from './options.ts'
import { print } from './print.ts'
import { atTarget, targetOf } from './target-options.ts'

const HELP = `oobe                      first boot in this terminal
oobe boot [DEVICE]        the same, with another device from devices/, or a path

  --scenario S           whose network, tenant and person to play with (default: surface-wifi-happy-path)
  --tenant T             another school from scenarios/tenants/
  --speed S              real, instant, or a number such as 60 (default: 60; never faster than you while a page waits)
  --seed N               the same seed gives the same ids
  --service TARGET       a real service instead of the mock: an origin of "oobe serve", a discovery URL, or a profile
  --trust FILE           a certificate authority that the device trusts, in PEM; with --service
  --plain                no terminal UI: play the scenario by itself and print each page
  --out DIR              where the journal goes (default: oobe-results)

Without a terminal (CI, a pipe) it plays by itself, as with --plain.`

const DEFAULT_SCENARIO = 'surface-wifi-happy-path'

export async function bootCommand(args: string[]): Promise<number> {
  const { values, positionals } = parseOptions(
    args,
    {
      scenario: { type: 'string' },
      tenant: { type: 'string' },
      speed: { type: 'string' },
      seed: { type: 'string' },
      plain: { type: 'boolean' },
      out: { type: 'string' },
      service: { type: 'string' },
      trust: { type: 'string' },
    },
    'oobe boot',
  )
  if (values.help) {
    print(HELP)
    return EXIT.pass
  }
  if (positionals.length > 1)
    throw new UserError('ERR_BAD_ARGUMENTS', `one device at a time: ${positionals.join(', ')}`)
  const target = await targetOf(values)
  const chosen = withChoices(loadScenarios(values.scenario ?? DEFAULT_SCENARIO)[0]!, positionals[0], values.tenant)
  const scenario = atTarget(chosen, target)
  const out = values.out ?? 'oobe-results'
  const isTerminal = process.stdin.isTTY && process.stdout.isTTY
  if (values.plain || !isTerminal) {
    const { playPlain } = await import('./play-plain.ts')
    const seed = values.seed === undefined ? (scenario.seed ?? 1) : parseSeed(values.seed)
    return playPlain(scenario, { seed, speed: parseSpeed(values.speed ?? 'instant'), out, target })
  }
  const seed = values.seed === undefined ? freshSeed() : parseSeed(values.seed)
  const { playInTerminal } = await import('./play-in-terminal.ts')
  return playInTerminal(scenario, { seed, speed: parseSpeed(values.speed ?? '60'), out, target })
}

function withChoices(scenario: Scenario, device: string | undefined, tenant: string | undefined): Scenario {
  return {
    ...scenario,
    ...(device ? { device: loadDeviceFile(device) } : {}),
    ...(tenant ? { tenant: loadTenantFile(tenant) } : {}),
    // What a scenario expects, it expects of its own device and school.
    ...(device || tenant ? { expect: null } : {}),
  }
}
