import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'

/**
 * Tells a process from a later one with the same id: when it was started, on Linux with the boot in which that was. Undefined for a
 * process that is not there or has ended: one that was killed may stay as a zombie until its parent looks. Empty where the system does
 * not tell, so that the id alone has to do.
 */
export function startOf(pid: number): string | undefined {
  if (!Number.isSafeInteger(pid) || pid <= 0 || !isThere(pid)) return undefined
  const stat = textOf(`/proc/${pid}/stat`)
  // The name of the program may hold blanks and brackets; behind it is the third field.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  const [state, ticks] = [fields[0], fields[22 - 3]]
  if (ticks === undefined) return startByPs(pid)
  if (state === 'Z' || state === 'X') return undefined
  return `${textOf('/proc/sys/kernel/random/boot_id').trim()}/${ticks}`
}

function isThere(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}

/** On macOS and the BSDs. */
function startByPs(pid: number): string {
  if (process.platform === 'win32') return ''
  try {
    const env = { ...process.env, LC_ALL: 'C', TZ: 'UTC' }
    const stdio: ['ignore', 'pipe', 'ignore'] = ['ignore', 'pipe', 'ignore']
    return execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { env, stdio, timeout: 2_000 })
      .toString()
      .trim()
  } catch {
    return ''
  }
}
