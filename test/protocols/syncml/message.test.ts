import { expect, test } from 'vitest'
import { decodeSyncML } from '../../../src/protocols/syncml/decode.ts'
import { encodeSyncML } from '../../../src/protocols/syncml/encode.ts'
import { joinList, splitList } from '../../../src/protocols/syncml/list.ts'
import type { SyncMLMessage } from '../../../src/protocols/syncml/message.ts'
import { fuzz } from '../fuzz.ts'

const header = { sessionId: '1', msgId: '1', target: 'https://mdm.contoso.example/omadm?a=1&b=2', source: 'A1B2' }

const packageOne: SyncMLMessage = {
  header,
  commands: [
    { kind: 'Alert', cmdId: '2', data: '1201', items: [] },
    {
      kind: 'Alert',
      cmdId: '3',
      data: '1224',
      items: [{ meta: { type: 'com.microsoft/MDM/LoginStatus' }, data: 'none' }],
    },
    {
      kind: 'Replace',
      cmdId: '4',
      items: [
        { source: './DevInfo/DevId', data: 'A1B2' },
        { source: './DevInfo/DmV', data: '1.3' },
      ],
    },
  ],
  final: true,
}

const serverAnswer: SyncMLMessage = {
  header: {
    ...header,
    msgId: '7',
    maxMsgSize: 65_536,
    credential: { meta: { format: 'b64', type: 'syncml:auth-md5' }, data: 'ZA==' },
  },
  commands: [
    {
      kind: 'Status',
      cmdId: '1',
      msgRef: '1',
      cmdRef: '0',
      cmd: 'SyncHdr',
      challenge: { format: 'b64', type: 'syncml:auth-md5', nextNonce: 'bm8=' },
      data: '401',
    },
    { kind: 'Get', cmdId: '2', items: [{ target: './DevDetail/Ext/Microsoft/DeviceName' }] },
    {
      kind: 'Add',
      cmdId: '3',
      meta: { format: 'chr' },
      items: [{ target: './a/List', data: joinList(['./x', './y']) }],
    },
    { kind: 'Delete', cmdId: '4', items: [{ target: './a' }] },
    {
      kind: 'Atomic',
      cmdId: '5',
      commands: [
        {
          kind: 'Exec',
          cmdId: '6',
          items: [{ target: './b', meta: { format: 'xml', type: 'text/plain' }, data: '<Job id="1"/>' }],
        },
        {
          kind: 'Sequence',
          cmdId: '7',
          meta: { format: 'int' },
          commands: [{ kind: 'Replace', cmdId: '8', items: [{ target: './c', data: ' 1 ' }] }],
        },
      ],
    },
    { kind: 'Add', cmdId: '9', items: [{ target: './big', meta: { size: '9000' }, data: 'abc', moreData: true }] },
  ],
  final: false,
}

const statuses: SyncMLMessage = {
  header: { ...header, msgId: '2' },
  commands: [
    { kind: 'Status', cmdId: '1', msgRef: '7', cmdRef: '0', cmd: 'SyncHdr', data: '200' },
    {
      kind: 'Status',
      cmdId: '2',
      msgRef: '7',
      cmdRef: '3',
      cmd: 'Get',
      targetRef: './a',
      sourceRef: 'b',
      data: '404',
      originalError: '0x86000002',
    },
    {
      kind: 'Results',
      cmdId: '3',
      msgRef: '7',
      cmdRef: '2',
      items: [{ source: './n', meta: { format: 'chr' }, data: 'LAB-01' }],
    },
  ],
  final: true,
}

test('the first package of a device is written exactly', () => {
  expect(encodeSyncML(packageOne, { declareMsft: true })).toBe(
    '<SyncML xmlns="SYNCML:SYNCML1.2"><SyncHdr><VerDTD>1.2</VerDTD><VerProto>DM/1.2</VerProto><SessionID>1</SessionID>' +
      '<MsgID>1</MsgID><Target><LocURI>https://mdm.contoso.example/omadm?a=1&amp;b=2</LocURI></Target>' +
      '<Source><LocURI>A1B2</LocURI></Source></SyncHdr>' +
      '<SyncBody xmlns:msft="http://schemas.microsoft.com/MobileDevice/MDM">' +
      '<Alert><CmdID>2</CmdID><Data>1201</Data></Alert>' +
      '<Alert><CmdID>3</CmdID><Data>1224</Data><Item><Meta><Type xmlns="syncml:metinf">com.microsoft/MDM/LoginStatus</Type></Meta>' +
      '<Data>none</Data></Item></Alert>' +
      '<Replace><CmdID>4</CmdID><Item><Source><LocURI>./DevInfo/DevId</LocURI></Source><Data>A1B2</Data></Item>' +
      '<Item><Source><LocURI>./DevInfo/DmV</LocURI></Source><Data>1.3</Data></Item></Replace><Final/></SyncBody></SyncML>',
  )
})

test('statuses and results are written exactly, and declare what they use', () => {
  const text = encodeSyncML(statuses)
  expect(text.slice(text.indexOf('<SyncBody'))).toBe(
    '<SyncBody xmlns:msft="http://schemas.microsoft.com/MobileDevice/MDM">' +
      '<Status><CmdID>1</CmdID><MsgRef>7</MsgRef><CmdRef>0</CmdRef><Cmd>SyncHdr</Cmd><Data>200</Data></Status>' +
      '<Status><CmdID>2</CmdID><MsgRef>7</MsgRef><CmdRef>3</CmdRef><Cmd>Get</Cmd><TargetRef>./a</TargetRef>' +
      '<SourceRef>b</SourceRef><Data msft:originalerror="0x86000002">404</Data></Status>' +
      '<Results><CmdID>3</CmdID><MsgRef>7</MsgRef><CmdRef>2</CmdRef><Item><Source><LocURI>./n</LocURI></Source>' +
      '<Meta><Format xmlns="syncml:metinf">chr</Format></Meta><Data>LAB-01</Data></Item></Results><Final/></SyncBody></SyncML>',
  )
})

test('an alert about an app has its meta in the order of a real one, a challenge in its own', () => {
  const meta = { type: 'Reversed-Domain-Name:com.microsoft.mdm.win32csp_install', format: 'int', mark: 'informational' }
  const items = [{ source: './app', meta, data: '0' }]
  const text = encodeSyncML({ header, commands: [{ kind: 'Alert', cmdId: '1', data: '1226', items }], final: true })
  expect(text).toContain(
    '<Item><Source><LocURI>./app</LocURI></Source><Meta>' +
      '<Type xmlns="syncml:metinf">Reversed-Domain-Name:com.microsoft.mdm.win32csp_install</Type>' +
      '<Format xmlns="syncml:metinf">int</Format><Mark xmlns="syncml:metinf">informational</Mark></Meta><Data>0</Data></Item>',
  )
  expect(encodeSyncML(serverAnswer)).toContain(
    '<Chal><Meta><Format xmlns="syncml:metinf">b64</Format><Type xmlns="syncml:metinf">syncml:auth-md5</Type>' +
      '<NextNonce xmlns="syncml:metinf">bm8=</NextNonce></Meta></Chal><Data>401</Data></Status>',
  )
})

test.each([
  ['the first package', packageOne],
  ['an answer of a server', serverAnswer],
  ['statuses and results', statuses],
])('%s comes back as it went', (_, message) => {
  expect(decodeSyncML(encodeSyncML(message))).toEqual(message)
  expect(decodeSyncML(new TextEncoder().encode(encodeSyncML(message, { declareMsft: true })))).toEqual(message)
})

test('a message that ends nothing has no Final', () => {
  expect(encodeSyncML({ header, commands: [], final: false }).endsWith('<SyncBody></SyncBody></SyncML>')).toBe(true)
})

test('an unknown command cannot be written', () => {
  const message: SyncMLMessage = { header, commands: [{ kind: 'Unknown', name: 'Copy' }], final: true }
  expect(() => encodeSyncML(message)).toThrow('A command that cannot be written: Copy')
})

test('lists are split and joined on their separator', () => {
  expect(joinList(['a', 'b;2'])).toBe('a\uf000b;2')
  expect(splitList('\uf000a\uf000b;2\uf000')).toEqual(['a', 'b;2'])
  expect([splitList(''), joinList([])]).toEqual([[], ''])
  expect(() => joinList(['a\uf000'])).toThrow('A part of a list holds its separator')
})

test('mutations are read or refused, and nothing else is thrown', () => {
  for (const message of [packageOne, serverAnswer, statuses]) {
    expect(fuzz(encodeSyncML(message), decodeSyncML).other).toEqual([])
  }
})
