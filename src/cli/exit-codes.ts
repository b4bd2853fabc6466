/** Promises to scripts: see docs/cli.md. */
export const EXIT = {
  pass: 0,
  scenarioFailed: 1,
  usage: 2,
  infrastructure: 3,
  incomplete: 5,
  bug: 70,
  interrupted: 130,
  terminated: 143,
} as const
