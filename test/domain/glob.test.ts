import { expect, test } from 'vitest'
import { fixedPart, globPattern, isGlob } from '../../src/domain/glob.ts'

test.each<[glob: string, yes: string[], no: string[]]>([
  ['*.yaml', ['a.yaml', '.yaml'], ['a/b.yaml', 'a.yml', 'a.yaml.bak', 'ayaml']],
  ['a/**/*.yaml', ['a/x.yaml', 'a/b/x.yaml', 'a/b/c/x.yaml'], ['x.yaml', 'ab/x.yaml', 'a/x.yml']],
  ['**/x.yaml', ['x.yaml', 'a/b/x.yaml'], ['ax.yaml', 'a/yx.yaml']],
  ['a/**', ['a/x', 'a/b/x.yaml'], ['a', 'b/x']],
  ['wifi-?.yaml', ['wifi-1.yaml', 'wifi-é.yaml', 'wifi-𝄞.yaml'], ['wifi-.yaml', 'wifi-10.yaml', 'wifi-/.yaml']],
  ['[ab]*', ['a', 'b1'], ['c', '[ab]']],
  ['[!ab]*', ['c1'], ['a', '/x']],
  ['[a-c]x', ['bx'], ['dx', '-x']],
  ['{esp,apps}/*', ['esp/x', 'apps/y'], ['espapps/x', 'x/esp', '{esp,apps}/x']],
  ['{a*,b?}.yaml', ['abc.yaml', 'b1.yaml'], ['b.yaml', 'c.yaml']],
  ['a+(b).yaml', ['a+(b).yaml'], ['aab.yaml', 'ab.yaml']],
  ['[x', ['[x'], ['x']],
  ['{x', ['{x'], ['x']],
])('the pattern %s', (glob, yes, no) => {
  expect(yes.filter((path) => !globPattern(glob).test(path))).toEqual([])
  expect(no.filter((path) => globPattern(glob).test(path))).toEqual([])
})

test('knows a pattern from a path, and its folders', () => {
  expect(['a*', 'a?', '[a]', '{a,b}'].every(isGlob)).toBe(true)
  expect(['a', 'a/b.yaml', './x', '/x y'].some(isGlob)).toBe(false)
  expect(['a/b/*.yaml', '*.yaml', 'a/*/c', './a/**', '/x/*', '**'].map(fixedPart)).toEqual([
    'a/b',
    '',
    'a',
    './a',
    '/x',
    '',
  ])
})
