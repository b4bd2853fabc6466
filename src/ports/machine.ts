import { readFileSync } from 'node:fs'
import { freemem } from 'node:os'

/** What this machine can give to a program; Infinity where the platform does not say. */
export interface MachineLimits {
  memoryBytes: number
  openFiles: number
  /** Ports for connections to one address. */
  ports: number
}

export function machineLimits(): MachineLimits {
  return { memoryBytes: memoryBytes(), openFiles: openFiles(), ports: ports() }
}

function memoryBytes(): number {
  const meminfo = read('/proc/meminfo')
  const kib = /^MemAvailable:\s+(\d+) kB$/m.exec(meminfo)?.[1]
  const free = kib === undefined ? freemem() : Number(kib) * 1024
  // A container has less than its machine.
  const most = Number(read('/sys/fs/cgroup/memory.max').trim() || Number.NaN)
  const used = Number(read('/sys/fs/cgroup/memory.current').trim() || Number.NaN)
  return Number.isFinite(most) && Number.isFinite(used) ? Math.min(free, Math.max(0, most - used)) : free
}

function openFiles(): number {
  const soft = /^Max open files\s+(\S+)/m.exec(read('/proc/self/limits'))?.[1]
  return soft === undefined || soft === 'unlimited' ? Number.POSITIVE_INFINITY : Number(soft)
}

function ports(): number {
  const [first, last] = read('/proc/sys/net/ipv4/ip_local_port_range').trim().split(/\s+/).map(Number)
  return first !== undefined && last !== undefined && last > first ? last - first + 1 : Number.POSITIVE_INFINITY
}

/** Empty where there is no such file: on another platform. */
function read(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}
