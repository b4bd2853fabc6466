import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { beforeAll, describe, expect, onTestFinished, test } from 'vitest'

const ROOT = resolve(import.meta.dirname, '../..')
const load = (name: string) => import(join(ROOT, 'scripts/build', name))

interface Component {
  type: string
  'bom-ref': string
  group?: string
  name: string
  version: string
  purl: string
  licenses: ({ license: { id: string } } | { expression: string })[]
  externalReferences?: { type: string; url: string }[]
}

interface Sbom {
  bomFormat: string
  specVersion: string
  version: number
  metadata: { component: Component }
  components: Component[]
  dependencies: { ref: string; dependsOn?: string[] }[]
}

const text = readFileSync(join(ROOT, 'dist/sbom.cdx.json'), 'utf8')
const sbom = JSON.parse(text) as Sbom
const notices = readFileSync(join(ROOT, 'dist/THIRD-PARTY-NOTICES.txt'), 'utf8')
const product = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { name: string; version: string }

/** What the bundler says it took something of, found without the build's own code: the nearest package.json with a name. */
let bundled: string[]
let metafile: { outputs: Record<string, { inputs: Record<string, { bytesInOutput: number }> }> }
beforeAll(async () => {
  const { bundle } = (await load('bundle.mjs')) as {
    bundle(root: string, out: string): Promise<{ metafile: typeof metafile }>
  }
  metafile = (await bundle(ROOT, join(ROOT, 'dist'))).metafile
  const inputs = Object.values(metafile.outputs).flatMap((output) =>
    Object.entries(output.inputs).flatMap(([input, { bytesInOutput }]) => (bytesInOutput > 0 ? [input] : [])),
  )
  const owners = inputs.filter((input) => input.includes('node_modules/')).map(ownerOf)
  bundled = [...new Set(owners)].sort()
})

function ownerOf(input: string): string {
  for (let folder = dirname(join(ROOT, input)); folder !== ROOT; folder = dirname(folder)) {
    const manifest = join(folder, 'package.json')
    if (!existsSync(manifest)) continue
    const { name, version } = JSON.parse(readFileSync(manifest, 'utf8')) as { name?: string; version?: string }
    if (name && version) return `${name}@${version}`
  }
  throw new Error(`${input} is of no package`)
}

const named = ({ group, name, version }: Component) => `${group === undefined ? '' : `${group}/`}${name}@${version}`

describe('the list of what is built in', () => {
  test('is that of the bundler, no package more and none less', () => {
    expect(bundled.length).toBeGreaterThan(40)
    expect(sbom.components.map(named).sort()).toEqual(bundled)
  })

  test('has the form of CycloneDX 1.6', () => {
    expect(sbom).toMatchObject({ bomFormat: 'CycloneDX', specVersion: '1.6', version: 1 })
    const { component } = sbom.metadata
    expect(component).toMatchObject({ type: 'application', name: product.name, version: product.version })
    for (const one of [component, ...sbom.components]) {
      expect(one['bom-ref']).toBe(one.purl)
      expect(one.purl).toMatch(/^pkg:npm\/(%40[\w.-]+\/)?[\w.-]+@\d+\.\d+\.\d+[\w.+-]*$/)
      expect(decodeURIComponent(one.purl)).toBe(`pkg:npm/${named(one)}`)
      expect(one.licenses).toHaveLength(1)
      for (const { url } of one.externalReferences ?? []) expect(URL.canParse(url) && url).toMatch(/^https:\/\//)
    }
    const refs = sbom.components.map((one) => one['bom-ref'])
    expect(new Set(refs).size).toBe(refs.length)
    expect(sbom.dependencies[0]).toEqual({ ref: component['bom-ref'], dependsOn: refs })
    expect(sbom.dependencies.slice(1).map(({ ref }) => ref)).toEqual(refs)
  })

  test('names the licences as SPDX does', () => {
    const ids = new Set(sbom.components.flatMap(({ licenses }) => licenses.map((one) => JSON.stringify(one))))
    expect([...ids].sort()).toEqual(
      ['BSD-2-Clause', 'BSD-3-Clause', 'ISC', 'MIT'].map((id) => JSON.stringify({ license: { id } })),
    )
  })

  test('is the same each time that it is written, and has no time in it', async () => {
    const { sbom: write } = (await load('sbom.mjs')) as { sbom(product: object, packages: object[]): string }
    const { bundledPackages } = (await load('bundled-packages.mjs')) as {
      bundledPackages(root: string, metafile: object): object[]
    }
    expect(write(product, bundledPackages(ROOT, metafile))).toBe(text)
    expect(text).not.toMatch(/serialNumber|timestamp|urn:uuid/)
  })
})

describe('the licences of what is built in', () => {
  const chapters = notices.split(`\n${'-'.repeat(80)}\n\n`)

  test('are there for each package, with a text that gives the rights', () => {
    expect(chapters.map((chapter) => /^(\S+) (\S+) \(/.exec(chapter)!.slice(1, 3).join('@')).sort()).toEqual(bundled)
    const without = chapters.filter(
      (chapter) => !/Permission (is hereby granted|to use, copy)|Redistribution and use/.test(chapter),
    )
    expect(without).toEqual([])
    expect(notices).not.toContain('no licence text')
  })

  test('say so where the text is the standard one', () => {
    const standard = chapters.filter((chapter) => chapter.includes('This package has no file with its licence'))
    const names = standard.map((chapter) => chapter.split(' ')[0])
    expect(names).toContain('is-node-process')
    expect(names).toContain('saxes')
    expect(standard.find((chapter) => chapter.startsWith('saxes'))).toContain(
      'ISC License\n\nCopyright (c) Louis-Dominique Dubeau',
    )
    expect(standard.find((chapter) => chapter.startsWith('is-node-process'))).toContain(
      'Copyright (c) the authors of is-node-process',
    )
  })

  test('are found whatever their file is called, and all of them', async () => {
    const { licenceText } = (await load('notices.mjs')) as { licenceText(one: object): string }
    for (const file of ['LICENSE-MIT.txt', 'licence', 'License.md', 'COPYING', 'LICENSE.APACHE2']) {
      expect(licenceText({ folder: folderWith({ [file]: 'my words\r\n' }), name: 'x', license: 'MIT' })).toBe(
        'my words\n',
      )
    }
    const two = folderWith({ LICENSE: 'the licence', NOTICE: 'the notice', 'license.js': 'code' })
    expect(licenceText({ folder: two, name: 'x', license: 'Apache-2.0' })).toBe('the licence\n\nthe notice\n')
  })

  test('that are nowhere to be had end the build', async () => {
    const { licenceText } = (await load('notices.mjs')) as { licenceText(one: object): string }
    const bare = { folder: folderWith({ 'index.js': '' }), name: 'x', version: '1.0.0', license: 'WTFPL' }
    expect(() => licenceText(bare)).toThrow('x 1.0.0 holds no licence, and the text of WTFPL is not known')
  })
})

function folderWith(files: Record<string, string>): string {
  const folder = mkdtempSync(join(tmpdir(), 'oobe-licence-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  mkdirSync(folder, { recursive: true })
  for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content)
  return folder
}
