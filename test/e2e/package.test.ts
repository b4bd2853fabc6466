import { execFile } from 'node:child_process'
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { filesBelow } from '../cli/files.ts'
import { plainEnvironment } from '../cli/program.ts'
import { copySource } from '../source-copy.ts'

const ROOT = resolve(import.meta.dirname, '../..')
const EXAMPLE = join(ROOT, 'test', 'example', 'first-boot.example.ts')
const INSTALLED_MAX = 10 * 1024 * 1024
const MINUTES = 60_000

interface Ended {
  code: number
  output: string
  stdout: string
}

function run(command: string, args: string[], cwd: string): Promise<Ended> {
  return new Promise((done) => {
    const env = { ...plainEnvironment(), NO_COLOR: '1' }
    const options = { cwd, env, timeout: 5 * MINUTES, maxBuffer: 64 * 1024 * 1024 }
    execFile(command, args, options, (error, stdout, stderr) => {
      const code = error ? (typeof error.code === 'number' ? error.code : -1) : 0
      done({ code, stdout, output: `${stdout}${stderr}` })
    })
  })
}

describe('the package', { timeout: 5 * MINUTES }, () => {
  let folder: string
  let packed: string[]
  let installed: string

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'oobe-package-'))
    const source = join(folder, 'source')
    copySource(source)
    const pack = await run('npm', ['pack', '--silent', '--pack-destination', folder], source)
    expect(pack).toMatchObject({ code: 0 })
    const tarball = readdirSync(folder).find((name) => name.endsWith('.tgz'))
    const listed = await run('tar', ['-tzf', join(folder, tarball!)], folder)
    packed = listed.stdout
      .trim()
      .split('\n')
      .map((path) => path.replace(/^package\//, ''))

    const project = join(folder, 'project')
    mkdirSync(project)
    writeFileSync(join(project, 'package.json'), JSON.stringify({ name: 'school', private: true, type: 'module' }))
    const args = ['install', join(folder, tarball!), 'vitest@4.1.12', '--no-audit', '--no-fund', '--ignore-scripts']
    expect(await run('npm', args, project)).toMatchObject({ code: 0 })
    cpSync(EXAMPLE, join(project, 'first-boot.test.ts'))
    installed = join(project, 'node_modules', 'oobe-sim')
  }, 5 * MINUTES)

  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  test('holds the program, the library, its types, the devices and the scenarios', () => {
    expect(packed).toEqual(
      expect.arrayContaining([
        'package.json',
        'dist/oobe.js',
        'dist/worker.js',
        'dist/index.js',
        'dist/vitest.js',
        'dist/node-test.js',
        'dist/types/src/library/index.d.ts',
        'dist/types/src/library/vitest.d.ts',
        'dist/types/src/library/node-test.d.ts',
        'dist/THIRD-PARTY-NOTICES.txt',
        'dist/sbom.cdx.json',
        'devices/surface-laptop-se.yaml',
        'scenarios/happy/surface-wifi-happy-path.yaml',
        'scenarios/tenants/contoso-school.yaml',
        ...['README.md', 'LICENSE'].filter((name) => existsSync(join(ROOT, name))),
      ]),
    )
  })

  test('holds these folders and files on its first level, and no others', () => {
    expect([...new Set(packed.map((path) => path.split('/')[0]!))].toSorted()).toEqual([
      'CHANGELOG.md',
      'CONTRIBUTING.md',
      'LICENSE',
      'README.md',
      'SECURITY.md',
      'devices',
      'dist',
      'docs',
      'man',
      'package.json',
      'scenarios',
    ])
  })

  test('holds every page and file that the README leads to, and its repository has the sources', () => {
    const readme = readFileSync(join(installed, 'README.md'), 'utf8')
    const links = [...readme.matchAll(/\]\(([^)#]+)\)/g)].map(([, link]) => link!)
    const sources = /^(machines|scripts|src|test)(\/|$)/
    const pages = links.filter((link) => !link.startsWith('https://') && !sources.test(link))
    expect(pages).toContain('docs/cli.md')
    expect(pages.filter((link) => !existsSync(join(installed, link)))).toEqual([])
    const manifest = JSON.parse(readFileSync(join(installed, 'package.json'), 'utf8'))
    expect(manifest).toMatchObject({
      repository: { type: 'git', url: expect.stringMatching(/^git\+https:\/\/.+\.git$/) },
      bugs: { url: expect.stringMatching(/^https:\/\//) },
      homepage: expect.stringMatching(/^https:\/\//),
      publishConfig: { provenance: true },
    })
    // Which registry it goes to is said where it is published.
    expect(manifest.publishConfig).not.toHaveProperty('registry')
  })

  test('holds nothing else: no tests, no sources, no results', () => {
    const allowed =
      /^(dist\/|docs\/([^/]+\/)*[^/]+\.(md|yaml|json|svg)$|docs\/deploy\/Containerfile$|devices\/[^/]+\.(yaml|json)$|scenarios\/([^/]+\/)*[^/]+\.(yaml|json)$|package\.json$|(README|CHANGELOG|CONTRIBUTING|SECURITY)\.md$|man\/oobe\.1$|LICENSE$)/
    expect(packed.filter((path) => !allowed.test(path))).toEqual([])
    expect(
      packed.filter((path) =>
        /(^|\/)(test|node_modules|oobe-results)\/|\.test\.|\.map$|\.tgz$|test-results/.test(path),
      ),
    ).toEqual([])
    expect(packed.filter((path) => path.endsWith('.ts') && !path.endsWith('.d.ts'))).toEqual([])
  })

  test('names no folder of the machine that built it', () => {
    const built = [ROOT, folder]
    const naming = filesBelow(installed).filter((path) => {
      const text = readFileSync(join(installed, path), 'utf8')
      return built.some((place) => text.includes(`${place}/`))
    })
    expect(naming).toEqual([])
  })

  test('takes less than 10 MB where it is installed, and brings nothing along', () => {
    const bytes = filesBelow(installed).reduce((sum, path) => sum + statSync(join(installed, path)).size, 0)
    expect(bytes).toBeGreaterThan(100_000)
    expect(bytes).toBeLessThan(INSTALLED_MAX)
    expect(existsSync(join(installed, 'node_modules'))).toBe(false)
    const manifest = JSON.parse(readFileSync(join(installed, 'package.json'), 'utf8'))
    expect(Object.keys(manifest.dependencies ?? {})).toEqual([])
  })

  test('runs as a command from an empty folder', async () => {
    const project = join(folder, 'project')
    const version = await run('npx', ['--no-install', 'oobe', '--version'], project)
    const manifest = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'))
    expect(version.stdout.trim()).toBe(manifest.version)
    const played = await run('npx', ['--no-install', 'oobe', 'run', 'surface-wifi-happy-path'], project)
    expect(played).toMatchObject({ code: 0, stdout: expect.stringContaining('1 passed, 0 failed') })
  })

  test('passes the example test of the README', async () => {
    const ended = await run('npx', ['--no-install', 'vitest', 'run'], join(folder, 'project'))
    expect(ended.output).toMatch(/Tests\s+1 passed/)
    expect(ended.code).toBe(0)
  })

  test('makes a project whose scenario and whose test pass', async () => {
    const project = join(folder, 'project')
    expect(await run('npx', ['--no-install', 'oobe', 'init', 'made'], project)).toMatchObject({ code: 0 })
    const made = join(project, 'made')
    const played = await run('npx', ['--no-install', 'oobe', 'run'], made)
    expect(played).toMatchObject({ code: 0, stdout: expect.stringContaining('1 passed, 0 failed') })
    const tested = await run('npx', ['--no-install', 'vitest', 'run'], made)
    rmSync(made, { recursive: true })
    expect(tested.output).toMatch(/Tests\s+1 passed/)
    expect(tested.code).toBe(0)
  })

  test('fails the example test when the school has no such pupil, and tells where it stuck', async () => {
    const project = join(folder, 'project')
    const wrong = readFileSync(EXAMPLE, 'utf8').replace("password: 'correct-horse'", "password: 'wrong-one'")
    writeFileSync(join(project, 'wrong.test.ts'), wrong)
    const ended = await run('npx', ['--no-install', 'vitest', 'run', 'wrong.test.ts'], project)
    rmSync(join(project, 'wrong.test.ts'))
    expect(ended.code).toBe(1)
    expect(ended.output).toContain('expected the run to reach desktop within 45:00; it never did')
    expect(ended.output).toContain('there is no answer for the page signIn')
  })

  test('has types that need nothing but Vitest, and that find mistakes', async () => {
    const project = join(folder, 'project')
    const options = [
      '--noEmit',
      '--strict',
      '--module',
      'nodenext',
      '--target',
      'es2023',
      '--lib',
      'es2023',
      '--types',
      '',
    ]
    const tsc = [join(ROOT, 'node_modules', 'typescript', 'bin', 'tsc'), ...options]
    // Libraries are checked as well, but for complaints only about ours: Vitest's own are its affair.
    const good = await run(process.execPath, [...tsc, '--skipLibCheck', 'false', 'first-boot.test.ts'], project)
    expect(good.output.split('\n').filter((line) => /oobe-sim|^first-boot/.test(line))).toEqual([])
    const strict = await run(process.execPath, [...tsc, '--skipLibCheck', 'first-boot.test.ts'], project)
    expect(strict).toMatchObject({ code: 0, output: '' })

    const mistakes = readFileSync(EXAMPLE, 'utf8')
      .replace("region: 'United States'", "regoin: 'United States'")
      .replace("toNever('enrollmentStatusFailure')", "toNever('enrolmentFailure')")
      .replace("toEnd('desktop')", "toEnd('dekstop')")
      .concat("import { toReach } from 'oobe-sim/node-test'\ntoReach(Promise.resolve('forgotten'), 'desktop')\n")
    writeFileSync(join(project, 'mistakes.ts'), mistakes)
    const bad = await run(process.execPath, [...tsc, '--skipLibCheck', 'mistakes.ts'], project)
    rmSync(join(project, 'mistakes.ts'))
    expect(bad.code).not.toBe(0)
    for (const word of ['regoin', 'enrolmentFailure', 'dekstop', 'Promise<string>']) expect(bad.output).toContain(word)
  })

  test.runIf(existsSync(join(ROOT, 'README.md')))('has the example in its README, word for word', () => {
    expect(readFileSync(join(ROOT, 'README.md'), 'utf8')).toContain(readFileSync(EXAMPLE, 'utf8').trim())
  })
})
