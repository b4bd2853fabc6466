import { InfrastructureError, UserError } from '../domain/trouble.ts'
import { EXIT } from './exit-codes.ts'
import { print, printError } from './print.ts'
import { hideSplash, showSplash } from './splash.ts'

const HELP = `oobe-sim: a simulated Windows 11 SE device

oobe                      first boot in this terminal
oobe boot [DEVICE]        the same, with another device
oobe run [PATH...]        play scenarios without a terminal, and judge them
oobe merge BLOB...        the reports of a run that several machines have played
oobe show RUN             a finished run: its pages, or with --wire what went over the wire
oobe diagnose RUN         why a run failed: what broke, what is behind it, what to try
oobe evidence RUN         what a real device leaves: registry, event logs, extension logs, reports
oobe replay RUN           a recorded run played again, or on from a moment of it
oobe diff RUN1 RUN2       what two runs said to their services, compared
oobe serve                the mocked services of a school over HTTPS, for other programs
oobe doctor               whether a device can reach a real service, and will like its answers
oobe device ACTION        devices and their identities: list, show, new, hash, decode, diff, lint, csv, tpm
oobe tenant ACTION        what a school gives a device, and why: show, resolve, import, profiles
oobe machine ACTION       the statecharts of the first boot: list, show
oobe faults [NAME]        what can go wrong in a first boot: where it shows, and what helps
oobe sweep [SCENARIO]     each fault at each step of a scenario, judged
oobe explain CODE         what a code of a first boot means, where it appears, and what to do
oobe network ACTION       what a school's network must let through: hosts

"oobe COMMAND --help" tells more.`

const COMMANDS = [
  'boot',
  'run',
  'merge',
  'show',
  'diagnose',
  'evidence',
  'replay',
  'diff',
  'serve',
  'doctor',
  'device',
  'tenant',
  'machine',
  'network',
  'faults',
  'sweep',
  'explain',
  'help',
]

/** Dispatches to a command, and turns what it throws into a message and an exit code. */
export async function main(args: string[]): Promise<number> {
  try {
    return await dispatch(args)
  } catch (error) {
    hideSplash()
    if (error instanceof UserError) {
      printError(error)
      return EXIT.usage
    }
    if (error instanceof InfrastructureError) {
      printError(error)
      return EXIT.infrastructure
    }
    process.stderr.write(`This is a bug in oobe-sim; please report it.\n${(error as Error)?.stack ?? String(error)}\n`)
    return EXIT.bug
  }
}

async function dispatch(args: string[]): Promise<number> {
  const [command, ...rest] = args
  // Options alone are for the first boot in this terminal.
  if (command === undefined || (command.startsWith('-') && !['-h', '--help', '--version'].includes(command))) {
    showSplash(args)
    const { bootCommand } = await import('./boot-command.ts')
    return bootCommand(args)
  }
  switch (command) {
    case '-h':
    case '--help':
    case 'help':
      if (rest[0] !== undefined && rest[0] !== 'help') return dispatch([rest[0], '--help'])
      print(HELP)
      return EXIT.pass
    case '--version': {
      const { VERSION } = await import('../run/version.ts')
      print(VERSION)
      return EXIT.pass
    }
    case 'boot': {
      showSplash(rest)
      const { bootCommand } = await import('./boot-command.ts')
      return bootCommand(rest)
    }
    case 'run': {
      const { runCommand } = await import('./run-command.ts')
      return runCommand(rest)
    }
    case 'merge': {
      const { mergeCommand } = await import('./merge-command.ts')
      return mergeCommand(rest)
    }
    case 'device': {
      const { deviceCommand } = await import('./device-command.ts')
      return deviceCommand(rest)
    }
    case 'show': {
      const { showCommand } = await import('./show-command.ts')
      return showCommand(rest)
    }
    case 'evidence': {
      const { evidenceCommand } = await import('./evidence-command.ts')
      return evidenceCommand(rest)
    }
    case 'diagnose': {
      const { diagnoseCommand } = await import('./diagnose-command.ts')
      return diagnoseCommand(rest)
    }
    case 'replay': {
      const { replayCommand } = await import('./replay-command.ts')
      return replayCommand(rest)
    }
    case 'diff': {
      const { diffCommand } = await import('./diff-command.ts')
      return diffCommand(rest)
    }
    case 'serve': {
      const { serveCommand } = await import('./serve-command.ts')
      return serveCommand(rest)
    }
    case 'doctor': {
      const { doctorCommand } = await import('./doctor-command.ts')
      return doctorCommand(rest)
    }
    case 'tenant': {
      const { tenantCommand } = await import('./tenant-command.ts')
      return tenantCommand(rest)
    }
    case 'machine': {
      const { machineCommand } = await import('./machine-command.ts')
      return machineCommand(rest)
    }
    case 'explain': {
      const { explainCommand } = await import('./explain-command.ts')
      return explainCommand(rest)
    }
    case 'faults': {
      const { faultsCommand } = await import('./faults-command.ts')
      return faultsCommand(rest)
    }
    case 'sweep': {
      const { sweepCommand } = await import('./sweep-command.ts')
      return sweepCommand(rest)
    }
    case 'network': {
      const { networkCommand } = await import('./network-command.ts')
      return networkCommand(rest)
    }
    default: {
      const { nearest } = await import('../scenario/nearest.ts')
      const near = nearest(command, COMMANDS)
      throw new UserError('ERR_UNKNOWN_COMMAND', `there is no command "${command}"`, [
        near ? `Did you mean "oobe ${near}"?` : '"oobe --help" lists the commands',
      ])
    }
  }
}
