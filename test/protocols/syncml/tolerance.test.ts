import { expect, test } from 'vitest'
import { decodeSyncML } from '../../../src/protocols/syncml/decode.ts'
import { refusal } from '../fuzz.ts'

const HEADER =
  '<SyncHdr><VerDTD>1.2</VerDTD><VerProto>DM/1.2</VerProto><SessionID>1</SessionID><MsgID>1</MsgID>' +
  '<Target><LocURI>t</LocURI></Target><Source><LocURI>s</LocURI></Source></SyncHdr>'

const message = (body: string) => `<SyncML xmlns="SYNCML:SYNCML1.2">${HEADER}<SyncBody>${body}</SyncBody></SyncML>`

const commands = (body: string) => decodeSyncML(message(body)).commands

test('a declaration, indentation, CRLF and prefixes do not matter [point 35]', () => {
  const text = `<?xml version="1.0" encoding="utf-8"?>
    <m:SyncML xmlns:m="SYNCML:SYNCML1.2">
      <m:SyncHdr>
        <m:SessionID> 5 </m:SessionID>
        <m:MsgID>2</m:MsgID>
      </m:SyncHdr>
      <m:SyncBody>
        <m:Alert><m:Data> 1223 </m:Data><m:CmdID>1</m:CmdID></m:Alert>
        <m:Final></m:Final>
      </m:SyncBody>
    </m:SyncML>`.replaceAll('\n', '\r\n')
  expect(decodeSyncML(text)).toEqual({
    header: { sessionId: '5', msgId: '2', target: '', source: '' },
    commands: [{ kind: 'Alert', cmdId: '1', data: '1223', items: [] }],
    final: true,
  })
})

test('children of a status may come in any order, and missing references are 1 [point 35]', () => {
  expect(
    commands(
      '<Status><MsgRef>3</MsgRef><Data xmlns:x="urn:x" x:OriginalError="0x1">404</Data><Cmd>Get</Cmd><CmdID>1</CmdID></Status>' +
        '<Status><CmdID>2</CmdID></Status><Results><CmdID>3</CmdID></Results>',
    ),
  ).toEqual([
    { kind: 'Status', cmdId: '1', msgRef: '3', cmdRef: '1', cmd: 'Get', data: '404', originalError: '0x1' },
    { kind: 'Status', cmdId: '2', msgRef: '1', cmdRef: '1', cmd: '', data: '' },
    { kind: 'Results', cmdId: '3', msgRef: '1', cmdRef: '1', items: [] },
  ])
})

test.each([
  ['escaped', '&lt;Job id="{1}"&gt;&lt;A&gt;x &amp;amp; y&lt;/A&gt;&lt;/Job&gt;'],
  ['in a CDATA section', '<![CDATA[<Job id="{1}"><A>x &amp; y</A></Job>]]>'],
  ['as elements', '\n <Job id="{1}"><A>x &amp; y</A></Job>\n '],
])('markup that was sent %s is one text', (_, data) => {
  expect(commands(`<Exec><CmdID>1</CmdID><Item><Data>${data}</Data></Item></Exec>`)).toEqual([
    { kind: 'Exec', cmdId: '1', items: [{ data: '<Job id="{1}"><A>x &amp; y</A></Job>' }] },
  ])
})

test('elements of another namespace keep it', () => {
  expect(commands('<Add><CmdID>1</CmdID><Item><Data><j:Job xmlns:j="urn:j" j:a="1"/></Data></Item></Add>')).toEqual([
    { kind: 'Add', cmdId: '1', items: [{ data: '<j:Job xmlns:j="urn:j" j:a="1"/>' }] },
  ])
})

test('data is kept with its white space, empty data is not absent data', () => {
  const item = (data: string) =>
    `<Add><CmdID>1</CmdID><Item><Target><LocURI> ./a </LocURI></Target>${data}</Item></Add>`
  const items = ['<Data> x\r\n</Data>', '<Data/>', ''].map((data) => commands(item(data)))
  expect(items).toEqual([
    [{ kind: 'Add', cmdId: '1', items: [{ target: './a', data: ' x\n' }] }],
    [{ kind: 'Add', cmdId: '1', items: [{ target: './a', data: '' }] }],
    [{ kind: 'Add', cmdId: '1', items: [{ target: './a' }] }],
  ])
})

test('what has to be answered with 400 is kept as unknown', () => {
  expect(
    commands(
      '<Get><Item/></Get><Get><CmdID>0</CmdID></Get><Copy><CmdID>3</CmdID></Copy><__proto__><CmdID>4</CmdID></__proto__>' +
        '<Atomic><CmdID>5</CmdID><Search><CmdID>6</CmdID></Search></Atomic>',
    ),
  ).toEqual([
    { kind: 'Unknown', name: 'Get' },
    { kind: 'Unknown', name: 'Get' },
    { kind: 'Unknown', name: 'Copy', cmdId: '3' },
    { kind: 'Unknown', name: '__proto__', cmdId: '4' },
    { kind: 'Atomic', cmdId: '5', commands: [{ kind: 'Unknown', name: 'Search', cmdId: '6' }] },
  ])
})

test.each([
  ['a command with two CmdIDs', message('<Get><CmdID>1</CmdID><CmdID>2</CmdID></Get>'), 'ERR_SYNCML_CMDID_DUPLICATE'],
  [
    'two commands with one CmdID',
    message('<Get><CmdID>1</CmdID></Get><Add><CmdID>1</CmdID></Add>'),
    'ERR_SYNCML_CMDID_DUPLICATE',
  ],
  [
    'a CmdID again inside',
    message('<Atomic><CmdID>1</CmdID><Add><CmdID>1</CmdID></Add></Atomic>'),
    'ERR_SYNCML_CMDID_DUPLICATE',
  ],
  ['another root', '<a/>', 'ERR_SYNCML_MALFORMED'],
  ['no namespace', message('').replace(/ xmlns="[^"]*"/, ''), 'ERR_SYNCML_MALFORMED'],
  ['an older version', message('').replace('1.2"', '1.1"'), 'ERR_SYNCML_MALFORMED'],
  ['no header', message('').replace(HEADER, ''), 'ERR_SYNCML_MALFORMED'],
  ['no session', message('').replace('<SessionID>1</SessionID>', ''), 'ERR_SYNCML_MALFORMED'],
  ['no message id', message('').replace('<MsgID>1</MsgID>', ''), 'ERR_SYNCML_MALFORMED'],
  ['no body', message('').replace(/<SyncBody>.*<\/SyncBody>/, ''), 'ERR_SYNCML_MALFORMED'],
  ['two bodies', message('</SyncBody><SyncBody>'), 'ERR_SYNCML_MALFORMED'],
  ['a DOCTYPE', `<!DOCTYPE SyncML>${message('')}`, 'ERR_XML_DOCTYPE'],
  ['deep nesting', message('<Atomic>'.repeat(50_000)), 'ERR_XML_TOO_DEEP'],
])('%s is refused', (_, text, code) => {
  expect(refusal(() => decodeSyncML(text))).toBe(code)
})
