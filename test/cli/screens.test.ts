import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { THEMES } from '../../src/ui/look/themes.ts'
import { call, expectRefused, file, folder } from './call.ts'

test('each form of a page that a scenario shows is a text file in each language, and all are in one page', async () => {
  const out = join(folder, 'screens')
  const { code, stdout } = await call('screens', 'not-registered', '--out', out)
  expect([code, stdout]).toEqual([0, expect.stringMatching(/^\d+ forms of pages in 8 languages: .*index\.html\n$/)])
  const names = readdirSync(join(out, 'en'))
  expect(names).toEqual(expect.arrayContaining(['region-choosing.txt', 'network-key-askingForKey.txt']))
  for (const language of ['de', 'es', 'fr', 'pt-BR', 'ja', 'zh-Hans', 'ar']) {
    expect(readdirSync(join(out, language))).toEqual(names)
  }
  const read = (language: string) => readFileSync(join(out, language, 'region-choosing.txt'), 'utf8')
  expect(read('de')).toContain('Ist dies das richtige Land oder die richtige Region?')
  expect(read('ar')).toContain('\u2067هل هذا هو البلد أو المنطقة الصحيحة؟\u2069')
  expect(read('en').trimEnd().split('\n').length).toBeLessThanOrEqual(24)
  const deck = readFileSync(join(out, 'index.html'), 'utf8')
  expect(deck).toContain('お住まいの国または地域はこれでよろしいですか?')
  expect(deck).toContain('<bdi dir="rtl"')
  // It needs nothing else: no script, no other file.
  expect(deck).not.toMatch(/<script|<link|<img|src=|url\(|href="(?!#)/)
})

test('each theme has its own colours, and none is the name of a role', async () => {
  const out = join(folder, 'themes')
  const themes = ['dark', 'light', 'contrast'] as const
  await call(
    'screens',
    'not-registered',
    '--language',
    'de',
    ...themes.flatMap((one) => ['--theme', one]),
    '--out',
    out,
  )
  const deck = readFileSync(join(out, 'index.html'), 'utf8')
  for (const name of themes) {
    expect(deck).toContain(`region-choosing, de, ${name}`)
    expect(deck).toContain(`color:${THEMES[name].inks.text};background:${THEMES[name].fills.page}`)
  }
  expect(deck.match(/[{;](?:color|background):(?!#)/g)).toBeNull()
})

test('one language, and the same files again', async () => {
  const out = join(folder, 'one')
  await call('screens', 'not-registered', '--language', 'FR', '--out', out)
  const before = readFileSync(join(out, 'index.html'), 'utf8')
  expect(readdirSync(out).sort()).toEqual(['fr', 'index.html'])
  await call('screens', 'not-registered', '--language', 'fr', '--out', out)
  expect(readFileSync(join(out, 'index.html'), 'utf8')).toBe(before)
})

test('a language, a scenario or a folder that is none is refused', async () => {
  expectRefused(
    await call('screens', '--language', 'jp'),
    'ERR_BAD_ARGUMENTS: there are no pages in "jp"',
    '  Did you mean "ja"?',
  )
  const unknown = await call('screens', 'not-registred')
  expect([unknown.code, unknown.stderr]).toEqual([2, expect.stringContaining('Did you mean "not-registered"?')])
  const theme = await call('screens', 'not-registered', '--theme', 'drak')
  expect([theme.code, theme.stderr]).toEqual([2, expect.stringContaining('Did you mean "dark"?')])
  file('taken', 'a file')
  const taken = await call('screens', 'not-registered', '--out', join(folder, 'taken'))
  expect([taken.code, taken.stderr]).toEqual([3, expect.stringContaining('ERR_OUTPUT_NOT_WRITABLE')])
})
