// Waits until its standard input closes, and ends all processes that have this variable in their environment: NAME=VALUE.
import { readdirSync, readFileSync } from 'node:fs'
import { setTimeout as wait } from 'node:timers/promises'

/** For tmux, which takes its socket along, and for folders that are removed. */
const ASKED_MS = 500
const AGAIN_MS = 50
const ROUNDS_MAX = 200
const variable = process.argv[2]

process.stdin.resume()
process.stdin.once('close', () => void endAll())

async function endAll() {
  signalAll('SIGTERM')
  await wait(ASKED_MS)
  for (let round = 0; round < ROUNDS_MAX && signalAll('SIGKILL') > 0; round++) await wait(AGAIN_MS)
}

function signalAll(signal) {
  const found = readdirSync('/proc').filter((name) => /^\d+$/.test(name) && environmentOf(name).includes(variable))
  for (const pid of found) unlessGone(() => process.kill(Number(pid), signal))
  return found.length
}

const environmentOf = (pid) => unlessGone(() => readFileSync(`/proc/${pid}/environ`, 'utf8').split('\0')) ?? []

/** A process may end at any time, and those of others cannot be read. */
function unlessGone(act) {
  try {
    return act()
  } catch {
    return undefined
  }
}
