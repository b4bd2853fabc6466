import { expect } from 'vitest'
import { FAMILIES } from '../../src/cli/explain/families.ts'
import { explanationsOf } from '../../src/domain/explanations/find.ts'
import { proveTable } from './prove.ts'

/** `0x80073cf9 (cf0, cff, d02)`, `0xc1036501 / 0x81036501`, `801c03ed`. */
function codesIn(cell: string): string[] {
  const [first = '', ...more] = cell.split(/[\s/(),]+/).filter((word) => word !== '')
  const full = (code: string): string => (/^[\da-f]{8}$/i.test(code) ? `0x${code}` : code)
  return [full(first), ...more.map((code) => (/^[\da-f]{3}$/i.test(code) ? first.slice(0, -3) + code : full(code)))]
}

proveTable('4.9', 'each of its codes is explained with a cause and a help', ({ cells: [cell] }) => {
  for (const code of codesIn(cell!)) {
    const [first] = explanationsOf(code, FAMILIES)
    expect([code, first?.causes.length, first?.help]).toEqual([code, expect.any(Number), expect.stringMatching(/\w/)])
  }
})
