export interface ProgramProcess {
  /** Its exit code; that of a signal is 128 and its number. */
  ended: Promise<number>
  kill(signal: NodeJS.Signals): void
}

/** This program once more, with other variables, on the same standard streams. */
export function startAgain(args: readonly string[], variables: Readonly<Record<string, string>>): ProgramProcess {
  // Most commands start no other process, and it takes time to load.
  const { spawn } = process.getBuiltinModule('node:child_process')
  const child = spawn(process.execPath, [...process.execArgv, process.argv[1]!, ...args], {
    stdio: 'inherit',
    env: { ...process.env, ...variables },
  })
  const ended = new Promise<number>((resolve, reject) => {
    child.on('error', reject)
    child.on('exit', (code, signal) => resolve(code ?? (signal === 'SIGTERM' ? 143 : 130)))
  })
  return { ended, kill: (signal) => void child.kill(signal) }
}
