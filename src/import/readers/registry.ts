import type { Reader } from '../facts.ts'
import { type RegistryRow, takeRegistryRow } from './registry-rows.ts'

/** `reg export`, version 4 and 5. */
export const registryReader: Reader = {
  format: 'registry export',
  recognises: (head) => /^\s*(Windows Registry Editor Version 5\.00|REGEDIT4)\s/.test(head),
  read({ text }, take) {
    let [rows, known, odd] = [0, 0, 0]
    const uris = new Map<string, string>()
    for (const row of rowsOf(text, () => odd++)) {
      rows++
      if (takeRegistryRow(row, take, uris)) known++
    }
    return [
      ...(odd > 0 ? [`${odd} lines are no values of a registry`] : []),
      ...(known === 0 ? [`none of its ${rows} values is of a first boot: it is the registry of something else`] : []),
    ]
  },
}

const VALUE = /^(?:"((?:[^"\\]|\\.)*)"|@)=(.*)$/s

/** Values line by line; a long one continues behind a backslash. */
function* rowsOf(text: string, onOdd: () => void): Generator<RegistryRow> {
  let key = ''
  let pending = ''
  for (const raw of linesOf(text)) {
    const line = pending + (pending === '' ? raw : raw.trimStart())
    pending = ''
    // A text may end with a backslash and a quotation mark; numbers in hex are what is broken into lines.
    if (line.endsWith('\\') && /=hex(\([0-9a-f]+\))?:/.test(line)) {
      pending = line.slice(0, -1)
      continue
    }
    if (line === '' || line.startsWith(';')) continue
    if (line.startsWith('[')) {
      key = line.startsWith('[-') ? '' : line.slice(1, line.lastIndexOf(']'))
      continue
    }
    const [, name = '', written = ''] = VALUE.exec(line) ?? []
    const value = writtenValue(written)
    if (value === undefined) {
      if (!/^(Windows Registry Editor|REGEDIT4)/.test(line)) onOdd()
    } else if (key !== '') yield { key, name: unescaped(name), value }
  }
}

function* linesOf(text: string): Generator<string> {
  let at = 0
  while (at < text.length) {
    const end = text.indexOf('\n', at)
    const line = text.slice(at, end < 0 ? text.length : end)
    yield line.endsWith('\r') ? line.slice(0, -1) : line
    at = end < 0 ? text.length : end + 1
  }
}

const unescaped = (text: string): string => text.replace(/\\(.)/g, '$1')

function writtenValue(written: string): string | undefined {
  if (written.startsWith('"')) return written.endsWith('"') ? unescaped(written.slice(1, -1)) : undefined
  const [, word] = /^dword:([0-9a-f]{1,8})$/i.exec(written) ?? []
  if (word !== undefined) return String(Number.parseInt(word, 16))
  const [, type = '3', list] = /^hex(?:\(([0-9a-f]+)\))?:([0-9a-f, ]*)$/i.exec(written) ?? []
  if (list === undefined) return written === '-' ? '' : undefined
  const bytes = Buffer.from(list.replace(/[, ]/g, ''), 'hex')
  // REG_EXPAND_SZ and REG_MULTI_SZ are text; REG_QWORD a number; all others are bytes.
  if (type === '2' || type === '7' || type === '1') {
    return bytes.toString('utf16le').replace(/\0+$/, '').replaceAll('\0', '\uf000')
  }
  if (type.toLowerCase() === 'b' && bytes.length === 8) return bytes.readBigUInt64LE().toString()
  return bytes.toString('hex')
}
