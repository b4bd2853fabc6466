import { execFileSync } from 'node:child_process'
import { appendFileSync, copyFileSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { bundle } from './bundle.mjs'
import { alternate, ENV, processorTime, script } from './measure.mjs'

/** Devices before those that count: the compiler has done most of its work by then. */
const WARM_UP = 60
/** Below its tree, since the program looks for devices and scenarios above itself. */
const BUNDLE = 'dist/bench-compare'
const SCENARIO = 'surface-wifi-happy-path'

/** What a cold process does. */
const COLD = [
  ['headless happy path, `--transport direct`', ['run', SCENARIO, '--transport', 'direct']],
  ['headless happy path, through MSW', ['run', SCENARIO]],
  ['`oobe --help`', ['--help']],
]

/**
 * Measures this tree and a revision of it in turn. Each is built by its own build, with the packages that are installed here.
 *
 * @returns whether a warm device takes no more than `atMost` allows
 */
export async function compare(root, { compare: revision, rounds, isQuick, atMost, history }) {
  const commit = commitOf(root, revision)
  const folder = mkdtempSync(join(tmpdir(), 'oobe-compare-'))
  try {
    const sides = { before: checkedOut(root, commit, join(folder, 'before')), after: root }
    const bundles = {}
    for (const [side, tree] of Object.entries(sides)) {
      execFileSync(process.execPath, [join(tree, 'scripts/build.mjs')], { cwd: tree, stdio: 'inherit', env: ENV })
      bundles[side] = join(tree, BUNDLE)
      await bundle(tree, bundles[side], ['warm'])
    }
    const rows = measured(sides, bundles, { rounds, count: isQuick ? '40' : '100', out: join(folder, 'out') })
    print(rows, revision, commit, rounds)
    if (history !== undefined) appendFileSync(history, `${JSON.stringify(entryOf(root, commit, rows))}\n`)
    const [{ ratio }] = rows
    if (atMost === undefined || ratio <= atMost) return true
    console.error(`A warm device takes ${ratio.toFixed(2)} times what it took; at most ${atMost} is allowed.`)
    return false
  } finally {
    rmSync(join(root, BUNDLE), { recursive: true, force: true })
    rmSync(folder, { recursive: true, force: true })
  }
}

function checkedOut(root, commit, tree) {
  mkdirSync(tree)
  const archive = execFileSync('git', ['-C', root, 'archive', commit], { maxBuffer: 2 ** 30 })
  execFileSync('tar', ['-x', '-C', tree], { input: archive })
  symlinkSync(join(root, 'node_modules'), join(tree, 'node_modules'))
  // The same question to both.
  copyFileSync(join(root, 'scripts/bench/warm.ts'), join(tree, 'scripts/bench/warm.ts'))
  return tree
}

/** The warm device, called directly, is the first row. */
function measured(sides, bundles, { rounds, count, out }) {
  const warm = (transport) => [
    `a warm device, ${transport === 'msw' ? 'through MSW' : 'called directly'}`,
    (side) => script(join(bundles[side], 'warm.js'), String(WARM_UP), count, transport).medianMs,
  ]
  const cold = COLD.map(([what, args]) => [
    what,
    (side) => {
      const place = args[0] === 'run' ? ['--out', join(out, side)] : []
      return processorTime([join(sides[side], 'dist/oobe.js'), ...args, ...place])
    },
  ])
  return [warm('direct'), warm('msw'), ...cold].map(([what, measure]) => {
    const { before, after } = alternate(rounds, { before: () => measure('before'), after: () => measure('after') })
    return { what, before, after, ratio: after / before }
  })
}

function print(rows, revision, commit, rounds) {
  const name = revision === commit ? commit.slice(0, 10) : `${revision} (${commit.slice(0, 10)})`
  console.log(`Node ${process.version}; processor time, medians of ${rounds} rounds in turn.\n`)
  console.log(`| what | ${name} | this tree | ratio |`)
  console.log('| --- | --- | --- | --- |')
  for (const { what, before, after, ratio } of rows) {
    console.log(`| ${what} | ${before.toFixed(1)} ms | ${after.toFixed(1)} ms | ${ratio.toFixed(2)} |`)
  }
}

/** Rounded: a history is read by people too. */
function entryOf(root, before, rows) {
  const rounded = (value) => Number(value.toFixed(3))
  const isChanged = git(root, 'status', '--porcelain', '--untracked-files=no') !== ''
  return {
    node: process.version,
    before,
    after: `${git(root, 'rev-parse', 'HEAD')}${isChanged ? ' and changes' : ''}`,
    rows: rows.map(({ what, ...numbers }) => ({
      what,
      ...Object.fromEntries(Object.entries(numbers).map(([name, value]) => [name, rounded(value)])),
    })),
  }
}

/** @throws Error for a revision that is not there. */
function commitOf(root, revision) {
  try {
    return git(root, 'rev-parse', '--verify', '--quiet', '--end-of-options', `${revision}^{commit}`)
  } catch (cause) {
    throw new Error(`this repository has no revision "${revision}"`, { cause })
  }
}

function git(root, ...args) {
  return execFileSync('git', ['-C', root, ...args], { encoding: 'utf8', stdio: 'pipe' }).trim()
}
