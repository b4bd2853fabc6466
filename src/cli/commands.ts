import type { Command } from './command.ts'

/** In the order of the help. */
export const COMMANDS: Readonly<Record<string, Command>> = {
  boot: {
    operands: '[DEVICE]',
    summary: 'the same, with another device',
    load: async () => (await import('./boot-command.ts')).bootCommand,
  },
  init: {
    operands: '[DIR]',
    summary: 'a project of your own: a scenario, a test, a CI job, settings',
    load: async () => (await import('./init-command.ts')).initCommand,
  },
  run: {
    operands: '[PATH...]',
    summary: 'play scenarios without a terminal, and judge them',
    load: async () => (await import('./run-command.ts')).runCommand,
  },
  record: {
    operands: 'RUN',
    summary: 'a scenario from a finished run, or from a first boot by hand',
    load: async () => (await import('./record-command.ts')).recordCommand,
  },
  coverage: {
    operands: '[FILE...]',
    summary: 'what runs have covered: states, transitions, texts, faults and more',
    load: async () => (await import('./coverage-command.ts')).coverageCommand,
  },
  merge: {
    operands: 'BLOB...',
    summary: 'the reports of a run that several machines have played',
    load: async () => (await import('./merge-command.ts')).mergeCommand,
  },
  fleet: {
    operands: 'PLAN.yaml',
    summary: 'many devices at once: mixes, arrival, thresholds',
    load: async () => (await import('./fleet-command.ts')).fleetCommand,
  },
  show: {
    operands: 'RUN',
    summary: 'a finished run: its pages, or with --wire what went over the wire',
    load: async () => (await import('./show-command.ts')).showCommand,
  },
  film: {
    operands: 'RUN',
    summary: 'a finished run to be watched: a terminal recording, or a picture that moves',
    load: async () => (await import('./film-command.ts')).filmCommand,
  },
  diagnose: {
    operands: 'RUN',
    summary: 'why a run failed: what broke, what is behind it, what to try',
    load: async () => (await import('./diagnose-command.ts')).diagnoseCommand,
  },
  evidence: {
    operands: 'RUN',
    summary: 'what a real device leaves: registry, event logs, extension logs, reports',
    load: async () => (await import('./evidence-command.ts')).evidenceCommand,
  },
  import: {
    operands: 'FILE',
    summary: 'a scenario from what a real device left: logs, registry, captures',
    load: async () => (await import('./import-command.ts')).importCommand,
  },
  replay: {
    operands: 'RUN',
    summary: 'a recorded run played again, or on from a moment of it',
    load: async () => (await import('./replay-command.ts')).replayCommand,
  },
  compare: {
    operands: 'RUN1 RUN2',
    summary: 'two runs side by side: what they share, what made them part, both ways',
    load: async () => (await import('./compare-command.ts')).compareCommand,
  },
  diff: {
    operands: 'RUN1 RUN2',
    summary: 'what two runs said to their services, compared',
    load: async () => (await import('./diff-command.ts')).diffCommand,
  },
  serve: {
    summary: 'the mocked services of a school over HTTPS, for other programs',
    load: async () => (await import('./serve-command.ts')).serveCommand,
  },
  doctor: {
    summary: 'whether a device can reach a real service, and will like its answers',
    load: async () => (await import('./doctor-command.ts')).doctorCommand,
  },
  device: {
    operands: 'ACTION',
    summary: 'devices and their identities: list, show, new, hash, decode, diff, lint, csv, tpm',
    load: async () => (await import('./device-command.ts')).deviceCommand,
  },
  tenant: {
    operands: 'ACTION',
    summary: 'what a school gives a device, and why: show, resolve, import, profiles',
    load: async () => (await import('./tenant-command.ts')).tenantCommand,
  },
  profile: {
    operands: 'ACTION',
    summary: 'Autopilot profiles: explain their bits, export one as a file',
    load: async () => (await import('./profile-command.ts')).profileCommand,
  },
  machine: {
    operands: 'ACTION',
    summary: 'the statecharts of the first boot: list, show',
    load: async () => (await import('./machine-command.ts')).machineCommand,
  },
  faults: {
    operands: '[NAME]',
    summary: 'what can go wrong in a first boot: where it shows, and what helps',
    load: async () => (await import('./faults-command.ts')).faultsCommand,
  },
  explore: {
    operands: '[--races SCENARIO]',
    summary: 'walks and orders that no scenario has: does one break what must hold',
    load: async () => (await import('./explore-command.ts')).exploreCommand,
  },
  mutate: {
    operands: '[MACHINE...]',
    summary: 'changes of the statecharts that no scenario notices',
    load: async () => (await import('./mutate-command.ts')).mutateCommand,
  },
  sweep: {
    operands: '[SCENARIO]',
    summary: 'each fault at each step of a scenario, judged',
    load: async () => (await import('./sweep-command.ts')).sweepCommand,
  },
  explain: {
    operands: 'CODE',
    summary: 'what a code of a first boot means, where it appears, and what to do',
    load: async () => (await import('./explain-command.ts')).explainCommand,
  },
  network: {
    operands: 'ACTION',
    summary: "what a school's network must let through: hosts",
    load: async () => (await import('./network-command.ts')).networkCommand,
  },
  screens: {
    operands: '[SCENARIO...]',
    summary: 'all pages in all their states and languages, as text files and one HTML page',
    load: async () => (await import('./screens-command.ts')).screensCommand,
  },
  completion: {
    operands: 'SHELL',
    summary: 'completion of commands and options for bash, zsh, fish or PowerShell',
    load: async () => {
      const { completionCommand } = await import('./completion-command.ts')
      return (args) => completionCommand(args, COMMANDS)
    },
  },
  schema: {
    summary: 'the JSON Schemas of scenarios, schools, devices and settings, for your editor',
    load: async () => (await import('./schema-command.ts')).schemaCommand,
  },
}

/** What `oobe --help` prints. */
export function helpOfAll(): string {
  const lines = [
    ['oobe', 'first boot in this terminal'],
    ...Object.entries(COMMANDS).map(([name, { operands = '', summary }]) => [
      `oobe ${name} ${operands}`.trimEnd(),
      summary,
    ]),
  ]
  return [
    'oobe-sim: a simulated Windows 11 SE device',
    '',
    ...lines.map(([usage, summary]) => `${usage!.padEnd(26)}${summary}`),
    '',
    '"oobe COMMAND --help" tells more.',
  ].join('\n')
}
