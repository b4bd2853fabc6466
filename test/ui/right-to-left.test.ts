import { expect, test } from 'vitest'
import { mirrored, writtenOut } from '../../src/ui/rows/right-to-left.ts'
import { rowWidth, span } from '../../src/ui/rows/row.ts'
import { wrap } from '../../src/ui/text-width.ts'

const text = (row: ReturnType<typeof mirrored>) => row.map(writtenOut).join('')

test('a row ends at the right edge, its parts in the other order, signs turned, letters as they are read', () => {
  const row = mirrored([span('▸ '), span('مرحبا'), span('  Contoso')], 20)
  expect(text(row)).toBe('    Contoso  \u2067مرحبا\u2069 ◂')
  expect(rowWidth(row)).toBe(20)
  expect(text(mirrored([span('['), span(' نعم '), span(']')], 7))).toBe('[ \u2067نعم\u2069 ]')
  expect(text(mirrored([span('├ '), span('✓ '), span('abc')], 9))).toBe('  abc ✓ ┤')
})

test('an empty row stays empty, and Latin text is not put between isolates', () => {
  expect(mirrored([], 10)).toEqual([])
  expect(text(mirrored([span('alice@contoso.example')], 25))).toBe('    alice@contoso.example')
})

test('Chinese and Japanese break between characters, not before what closes, and Latin words stay whole', () => {
  expect(wrap('请保持设备开机并连接网络。', 10)).toEqual(['请保持设备', '开机并连接', '网络。'])
  expect(wrap('请保持设备。好', 10)).toEqual(['请保持设', '备。好'])
  expect(wrap('この「デバイス」です', 8)).toEqual(['この「デ', 'バイス」', 'です'])
  expect(wrap('この「デバイス」', 6)).toEqual(['この', '「デバ', 'イス」'])
  expect(wrap('使用 OneDrive 备份文件', 10)).toEqual(['使用', 'OneDrive', '备份文件'])
  expect(wrap('Wi-Fiネットワーク', 8)).toEqual(['Wi-Fi', 'ネット', 'ワーク'])
})

test('text with spaces breaks as ever, and a word that is too wide is cut', () => {
  expect(wrap('eins zwei drei', 9)).toEqual(['eins zwei', 'drei'])
  expect(wrap('Überweisung', 5)).toEqual(['Überw', 'eisun', 'g'])
  expect(wrap('', 5)).toEqual([''])
})
