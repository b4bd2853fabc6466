// Builds on each change, and starts the program anew with these arguments after each good build: npm run dev -- ARGS
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { watch } from 'node:fs'
import { constants } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { context, formatMessages } from 'esbuild'
import { bundleOptions } from './build/bundle.mjs'
import { writeBuild } from './build/write-build.mjs'

/** Besides the sources: what the build reads and checks. */
const FOLDERS = ['devices', 'scenarios']
const FORMAT = { kind: 'error', color: process.stderr.isTTY }
const SETTLES_MS = 100
const ENDS_WITHIN_MS = 3_000
/** By Ctrl+C in the terminal, which a program with a screen reads as a key. */
const LEFT = 128 + constants.signals.SIGINT

const root = fileURLToPath(new URL('..', import.meta.url))
const out = join(root, 'dist')
const args = process.argv.slice(2)
const say = (text) => console.error(`dev: ${text}`)

let running
let isEnding = false

const options = bundleOptions(root, out, true)
const builder = await context({
  ...options,
  // Said here, once the screen is free.
  logLevel: 'silent',
  plugins: [...options.plugins, { name: 'dev', setup: (one) => one.onEnd(built) }],
})
let later
const watchers = FOLDERS.map((folder) =>
  watch(join(root, folder), { recursive: true }, () => {
    clearTimeout(later)
    later = setTimeout(() => void builder.rebuild().catch(() => {}), SETTLES_MS)
  }),
)
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'])
  process.on(signal, () => void end(128 + constants.signals[signal]))
await builder.watch()

async function built(result) {
  if (isEnding) return
  await stop()
  try {
    if (result.errors.length > 0) throw new Error((await formatMessages(result.errors, FORMAT)).join(''))
    await writeBuild(root, out, result)
  } catch (error) {
    console.error(error.message)
    return say('that does not build; waiting for a change')
  }
  if (!isEnding) start()
}

function start() {
  const child = spawn(process.execPath, ['--enable-source-maps', join(out, 'oobe.js'), ...args], { stdio: 'inherit' })
  running = child
  child.once('exit', (code, signal) => {
    if (running !== child) return
    running = undefined
    if (code === LEFT) void end(LEFT)
    else say(`it ended with ${code ?? signal}; waiting for a change, Ctrl+C ends`)
  })
}

/** Gives the program time to give the terminal back. */
async function stop(signal = 'SIGTERM') {
  if (!running) return
  const child = running
  running = undefined
  child.kill(signal)
  const late = setTimeout(() => child.kill('SIGKILL'), ENDS_WITHIN_MS)
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit')
  clearTimeout(late)
}

async function end(code) {
  if (isEnding) return
  isEnding = true
  for (const watcher of watchers) watcher.close()
  clearTimeout(later)
  await stop()
  await builder.dispose()
  process.exit(code)
}
