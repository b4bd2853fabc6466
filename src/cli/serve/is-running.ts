import { readFileSync } from 'node:fs'

/** Whether a process is there and at work: one that was killed may stay as a zombie until its parent looks. */
export function isRunning(pid: number): boolean {
  if (!(pid > 0)) return false
  try {
    process.kill(pid, 0)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false
  }
  return !/\) [ZX] /.test(statusOf(pid))
}

/** Linux tells; elsewhere nothing is known of it. */
function statusOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/stat`, 'utf8')
  } catch {
    return ''
  }
}
