/** Promises to scripts: see docs/cli.md. */
export const EXIT = {
  pass: 0,
  scenarioFailed: 1,
  usage: 2,
  infrastructure: 3,
  /** Coverage. */
  threshold: 4,
  incomplete: 5,
  bug: 70,
  interrupted: 130,
  /** SIGQUIT and SIGUSR2: 128 and the number of the signal, as shells have it. */
  quit: 131,
  userSignal: 140,
  terminated: 143,
} as const

/** What is further down says more about the whole. */
const SEVERITY: readonly number[] = [EXIT.pass, EXIT.scenarioFailed, EXIT.infrastructure, EXIT.incomplete, EXIT.bug]

/** The one of two exit codes that says more. */
export const worse = (a: number, b: number): number => (SEVERITY.indexOf(b) > SEVERITY.indexOf(a) ? b : a)
