import { UserError } from '../domain/trouble.ts'
import { freshSeed } from '../ports/seeded-chance.ts'
import { loadDevice, loadTenant } from '../scenario/library.ts'
import { resultsFolder } from '../scenario/project.ts'
import { loadScenarios, type Scenario } from '../scenario/scenario.ts'
import { type SealedRun, specOf } from '../scenario/spec-of.ts'
import { EXIT } from './exit-codes.ts'
import { parseOptions, parseSeed, parseSpeed } from './options.ts'
import { print } from './print.ts'
import { atTarget, targetOf } from './target-options.ts'
import { isFullTerminal, type LookOptions, parsePictures, parseTheme } from './terminal-look.ts'
import { inspectPort, watchable, withPort } from './watchable.ts'

const HELP = `oobe                      first boot in this terminal
oobe boot [DEVICE]        the same, with another device from devices/, or a path

  --scenario S           whose network, tenant and person to play with (default: surface-wifi-happy-path)
  --tenant T             another school from scenarios/tenants/
  --speed S              real, instant, or a number such as 60 (default: 60, and faster where work takes long; never faster than you
                         while a page waits; below "instant" no page flashes by)
  --seed N               the same seed gives the same ids
  --service TARGET       a real service instead of the mock: an origin of "oobe serve", a discovery URL, or a profile
  --trust FILE           a certificate authority that the device trusts, in PEM; with --service
  --plain                no terminal UI: the scenario's person answers, and each page is printed
  --theme THEME          dark, light, contrast or none (default: that of the terminal; NO_COLOR and FORCE_COLOR are read)
  --ascii                draw with characters of ASCII only
  --pictures KIND        how the school's logo is drawn: kitty, iterm, sixel, or none for blocks (default: auto, the terminal is asked)
  --no-mouse             leave the mouse to the terminal
  --stay                 at the desktop you may sign out, and others sign in; you end the run there
  --ask                  no terminal UI: each page is printed, and you type the answers, line by line; also from a pipe
  --from RUN --at AT     continue by hand from a moment of a recorded run: AT is 5m, 34:43 or the number of an entry (#120)
  --out DIR              where the journal goes (default: oobe-results)
  --inspect[=PORT]       the statecharts as they move, for viewers of Stately's inspector protocol: a WebSocket on loopback,
                         at a free port that is printed or at this one

Without a terminal (CI, a pipe) the scenario's person answers, as with --plain. A terminal with TERM=dumb or INK_SCREEN_READER=true asks, as
with --ask.`

const DEFAULT_SCENARIO = 'surface-wifi-happy-path'
const DEFAULT_SPEED = '60'
const ENGLISH = 'en-US'

export async function bootCommand(args: string[]): Promise<number> {
  const { values, positionals } = parseOptions(
    withPort(args),
    {
      scenario: { type: 'string' },
      tenant: { type: 'string' },
      speed: { type: 'string' },
      seed: { type: 'string' },
      plain: { type: 'boolean' },
      ask: { type: 'boolean' },
      stay: { type: 'boolean' },
      out: { type: 'string' },
      service: { type: 'string' },
      trust: { type: 'string' },
      from: { type: 'string' },
      at: { type: 'string' },
      inspect: { type: 'string' },
      theme: { type: 'string' },
      ascii: { type: 'boolean' },
      'no-mouse': { type: 'boolean' },
      pictures: { type: 'string' },
    },
    'oobe boot',
  )
  if (values.help) {
    print(HELP)
    return EXIT.pass
  }
  const port = inspectPort(values.inspect, positionals)
  if (positionals.length > 1)
    throw new UserError('ERR_BAD_ARGUMENTS', `one device at a time: ${positionals.join(', ')}`)
  const out = values.out ?? resultsFolder()
  const isTerminal = isFullTerminal()
  const look: LookOptions = {
    theme: parseTheme(values.theme),
    isAscii: values.ascii,
    hasMouse: values['no-mouse'] !== true,
    pictures: parsePictures(values.pictures),
  }
  if (values.plain && values.ask) {
    throw new UserError('ERR_BAD_ARGUMENTS', '--plain does not go with --ask: either the scenario answers, or you do')
  }
  if (values.stay && (values.plain || (!values.ask && !isTerminal && !readsLines()))) {
    throw new UserError('ERR_BAD_ARGUMENTS', '--stay goes with a person at the keyboard: in a terminal, or with --ask')
  }
  if (values.from !== undefined || values.at !== undefined) {
    return bootFrom({ ...values, look, out, port, device: positionals[0] }, isTerminal && !values.plain)
  }
  const target = await targetOf(values)
  const chosen = withChoices(loadScenarios(values.scenario ?? DEFAULT_SCENARIO)[0]!, positionals[0], values.tenant)
  const scenario = atTarget(chosen, target)
  if (values.ask || (!values.plain && readsLines())) {
    const { playAsked } = await import('./play-asked.ts')
    const seed = values.seed === undefined ? freshSeed() : parseSeed(values.seed)
    const speed = parseSpeed(values.speed ?? (process.stdin.isTTY ? DEFAULT_SPEED : 'instant'))
    const name = `${scenario.id}-asked`
    return watchable(port, (inspection) =>
      playAsked(staying(specOf(scenario, seed, target), values.stay), { name, speed, out, target, inspection }),
    )
  }
  if (values.plain || !isTerminal) {
    const { playPlain } = await import('./play-plain.ts')
    const seed = values.seed === undefined ? (scenario.seed ?? 1) : parseSeed(values.seed)
    const speed = parseSpeed(values.speed ?? 'instant')
    return watchable(port, (inspection) =>
      playPlain(specOf(scenario, seed, target), { speed, out, target, inspection }),
    )
  }
  const seed = values.seed === undefined ? freshSeed() : parseSeed(values.seed)
  const { playInTerminal } = await import('./play-in-terminal.ts')
  const name = `${scenario.id}-terminal`
  const speed = parseSpeed(values.speed ?? DEFAULT_SPEED)
  const speedsUp = values.speed === undefined
  return watchable(port, (inspection) =>
    playInTerminal(staying(specOf(scenario, seed, target), values.stay), {
      name,
      speed,
      out,
      target,
      inspection,
      look,
      speedsUp,
    }),
  )
}

/** The same run, in which the person at the desktop says when it is over. */
const staying = ({ spec, vault }: SealedRun, stays = false): SealedRun =>
  stays ? { spec: { ...spec, staysAtDesktop: true }, vault } : { spec, vault }

/** A terminal that cannot draw, or whose screen is read out: Ink's own name for that. */
const readsLines = (): boolean =>
  process.stdin.isTTY &&
  process.stdout.isTTY &&
  (process.env.TERM === 'dumb' || process.env.INK_SCREEN_READER === 'true')

interface FromOptions {
  look: LookOptions
  from?: string | undefined
  at?: string | undefined
  speed?: string | undefined
  out: string
  port: number | undefined
  device: string | undefined
  stay?: boolean | undefined
  scenario?: string | undefined
  tenant?: string | undefined
  seed?: string | undefined
  service?: string | undefined
  trust?: string | undefined
}

/** What decides in a recorded run is in its journal. */
const OF_THE_RECORD = ['stay', 'scenario', 'tenant', 'seed', 'service', 'trust', 'device'] as const

async function bootFrom(options: FromOptions, isTerminal: boolean): Promise<number> {
  const { from, at, out } = options
  if (from === undefined || at === undefined) throw new UserError('ERR_BAD_ARGUMENTS', '--from and --at go together')
  const extra = OF_THE_RECORD.find((name) => options[name] !== undefined)
  if (extra !== undefined) {
    const named = extra === 'device' ? 'a device' : `--${extra}`
    throw new UserError('ERR_BAD_ARGUMENTS', `${named} does not go with --from: the recorded run has its own`)
  }
  if (!isTerminal) {
    throw new UserError('ERR_BAD_ARGUMENTS', '--from needs a terminal, for a person to continue by hand', [
      'Without one: "oobe replay RUN --until AT --then STIMULUS"',
    ])
  }
  const { openRecord } = await import('./open-record.ts')
  const { againOf, parsePoint, refuseBeyond } = await import('../run/again.ts')
  const point = parsePoint(at)
  const record = openRecord(from)
  refuseBeyond(point, record.entries)
  const { playInTerminal } = await import('./play-in-terminal.ts')
  const speed = parseSpeed(options.speed ?? DEFAULT_SPEED)
  return watchable(options.port, (inspection) =>
    playInTerminal(record.sealed, {
      name: `${record.name}-from`,
      speed,
      out,
      target: undefined,
      from: { again: againOf(record.entries), point },
      inspection,
      look: options.look,
      speedsUp: options.speed === undefined,
    }),
  )
}

function withChoices(scenario: Scenario, device: string | undefined, tenant: string | undefined): Scenario {
  const [otherDevice, otherTenant] = [device && loadDevice(device), tenant && loadTenant(tenant)]
  return {
    ...scenario,
    ...(otherDevice ? { device: otherDevice.definition } : {}),
    ...(otherTenant ? { tenant: otherTenant.definition } : {}),
    places: {
      ...scenario.places,
      ...(otherDevice ? otherDevice.places : {}),
      ...(otherTenant ? otherTenant.places : {}),
    },
    // A person who is lent to a device with more languages takes English, or else the one that its page has selected.
    ...(otherDevice
      ? {
          person: {
            language: otherDevice.definition.windows.languages.includes(ENGLISH) ? ENGLISH : {},
            ...scenario.person,
          },
        }
      : {}),
    // A scenario's expectations are about the device and the school that it names.
    ...(device || tenant ? { expect: null } : {}),
  }
}
