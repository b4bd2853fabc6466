import { spawnSync } from 'node:child_process'

/** NODE_EXTRA_CA_CERTS costs every process some 30 ms, and CI changes what Ink draws: neither is passed on. */
export const ENV = { PATH: process.env.PATH, HOME: process.env.HOME, TERM: 'xterm-256color', LANG: 'C.UTF-8' }

/** Each in turn, round after round, so that a noisy minute hits all of them. Medians. */
export function alternate(rounds, cases) {
  const names = Object.keys(cases)
  const times = Object.fromEntries(names.map((name) => [name, []]))
  for (let round = 0; round < rounds; round++) {
    // Neither is always the first.
    for (const name of round % 2 === 0 ? names : names.toReversed()) times[name].push(cases[name]())
  }
  return Object.fromEntries(Object.entries(times).map(([name, values]) => [name, median(values)]))
}

/** From the start of a process to its exit, milliseconds of the wall clock. */
export function time(args) {
  const startedAt = performance.now()
  started(args)
  return performance.now() - startedAt
}

/** Has a process say a number at its end: there is no way to ask a child for what it has used. */
const telling = (number) =>
  `data:text/javascript,${encodeURIComponent(
    `import{writeSync}from'node:fs';process.on('exit',()=>writeSync(3,String(${number})))`,
  )}`

/** Milliseconds that a process kept the processor busy, from its start to its exit. */
export function processorTime(args) {
  return Number(started(['--import', telling('(u=>(u.user+u.system)/1000)(process.cpuUsage())'), ...args]).output[3])
}

/** The memory of a process at its most, in megabytes. */
export const peakMemory = (args) =>
  Number(started(['--import', telling('process.resourceUsage().maxRSS/1000'), ...args]).output[3])

/** The heap that a process holds at its end, after a garbage collection, in megabytes. */
export const heldMemory = (args) =>
  Number(
    started(['--expose-gc', '--import', telling('(globalThis.gc(),process.memoryUsage().heapUsed/1e6)'), ...args])
      .output[3],
  )

/** What a script prints: JSON. */
export function script(file, ...args) {
  return JSON.parse(started(['--expose-gc', file, ...args]).stdout)
}

function started(args) {
  const done = spawnSync(process.execPath, args, {
    env: ENV,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
  })
  if (done.status !== 0) throw new Error(`node ${args.join(' ')} exited with ${done.status}: ${done.stderr}`)
  return done
}

export function median(values) {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
}
