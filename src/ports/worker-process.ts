import type { ChildProcess } from 'node:child_process'

/** Another process of this program, to which plain data can be sent. */
export interface WorkerProcess {
  send(message: unknown): void
  onMessage(listener: (message: unknown) => void): void
  /** Called once, with how it ended: `exit code 134`, `SIGKILL`, or why it could not be started. */
  onEnd(listener: (how: string) => void): void
  /** It ends when it has nothing more to do. */
  disconnect(): void
}

/** A debugger has its port for itself. */
const withoutDebugger = (args: readonly string[]): string[] => args.filter((arg) => !arg.startsWith('--inspect'))

/** Starts a module of ours. What it writes to either stream goes to standard error. @param flags of Node; those of this process come after them, and count */
export function startWorkerProcess(file: string, flags: readonly string[] = []): WorkerProcess {
  // Most commands start no other process, and it takes time to load.
  const { spawn } = process.getBuiltinModule('node:child_process')
  const child: ChildProcess = spawn(process.execPath, [...flags, ...withoutDebugger(process.execArgv), file], {
    stdio: ['ignore', 2, 2, 'ipc'],
    serialization: 'advanced',
  })
  let how: string | undefined
  const listeners: ((how: string) => void)[] = []
  const end = (reason: string) => {
    if (how !== undefined) return
    how = reason
    for (const listener of listeners) listener(reason)
  }
  child.on('error', (error) => end(error.message))
  child.on('exit', (code, signal) => end(signal ?? `exit code ${code}`))
  return {
    send: (message) => {
      // One that is gone says so by its end.
      if (child.connected) child.send(message as object, () => {})
    },
    onMessage: (listener) => void child.on('message', listener),
    onEnd: (listener) => {
      if (how === undefined) listeners.push(listener)
      else listener(how)
    },
    disconnect: () => {
      if (child.connected) child.disconnect()
    },
  }
}

/** The process that has started this one. */
export interface ParentProcess {
  send(message: unknown): void
  onMessage(listener: (message: unknown) => void): void
  /** Called when the parent has ended, or has no more to do for this process. */
  onGone(listener: () => void): void
}

export const parentProcess: ParentProcess = {
  send: (message) => {
    if (process.connected) process.send?.(message, undefined, undefined, () => {})
  },
  onMessage: (listener) => void process.on('message', listener),
  onGone: (listener) => void process.on('disconnect', listener),
}
