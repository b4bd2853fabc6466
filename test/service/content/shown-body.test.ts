import { expect, test } from 'vitest'
import { maskedText } from '../../../src/journal/mask-exchange.ts'
import { encodeSyncML } from '../../../src/protocols/syncml/encode.ts'
import { bytesOf } from '../../../src/protocols/syncml/encodings.ts'
import { WBXML_CONTENT_TYPE } from '../../../src/protocols/wbxml/constants.ts'
import { shownBody } from '../../../src/service/content/shown-body.ts'

const decoder = new TextDecoder()
const headers = { 'content-type': `${WBXML_CONTENT_TYPE};charset=utf-8` }
const xml = encodeSyncML({
  header: { sessionId: '1', msgId: '2', target: 'A', source: 'B' },
  commands: [
    {
      kind: 'Status',
      cmdId: '1',
      msgRef: '1',
      cmdRef: '0',
      cmd: 'SyncHdr',
      data: '401',
      challenge: { type: 'syncml:auth-md5', nextNonce: 'bm9uY2U=' },
    },
    {
      kind: 'Add',
      cmdId: '2',
      items: [{ target: './Device/Vendor/MSFT/Accounts/Users/A/Password', data: 'hunter2-hunter2' }],
    },
  ],
  final: true,
})
const wbxml = bytesOf(xml, 'wbxml')
const shown = (body: Uint8Array, of: Record<string, string> = headers) => decoder.decode(shownBody(of, body))

test('WBXML is written down as XML, and masks find its secrets [points 49, 64]', () => {
  expect(shown(wbxml)).toBe(xml.replace(' xmlns:msft="http://schemas.microsoft.com/MobileDevice/MDM"', ''))
  expect(maskedText(shown(wbxml))).not.toMatch(/hunter2|bm9uY2U/)
})

test.each([{}, { 'content-type': 'application/octet-stream' }])('WBXML that is called otherwise, %j, is too', (of) => {
  expect(shown(wbxml, of)).toBe(shown(wbxml))
})

test('what cannot be read as WBXML is left out: half of a message has its secrets still', () => {
  expect(shown(wbxml.subarray(0, -3))).toBe('WBXML that cannot be read: ERR_WBXML_TRUNCATED')
  expect(shown(new TextEncoder().encode('hunter2'))).toBe('WBXML that cannot be read: ERR_WBXML_HEADER')
})

test('all else is as it is', () => {
  const body = new TextEncoder().encode(xml)
  expect(shownBody({ 'content-type': 'application/vnd.syncml.dm+xml' }, body)).toBe(body)
  expect(shownBody(headers, new Uint8Array(0))).toHaveLength(0)
})
