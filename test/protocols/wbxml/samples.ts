import { encodeSyncML } from '../../../src/protocols/syncml/encode.ts'

const header = { sessionId: '7', msgId: '1', target: 'https://mdm.contoso.example/sync?a=1&b=2', source: 'A1B2' }

/** Package 1 of a device. */
export const PACKAGE = encodeSyncML({
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
        { source: './DevInfo/Man', data: 'Müller & Söhne <日本>' },
      ],
    },
  ],
  final: true,
})

/** A server's answer: statuses, a challenge, an Atomic, a chunk, a list of strings. */
export const ANSWER = encodeSyncML({
  header: { ...header, maxMsgSize: 65_536 },
  commands: [
    {
      kind: 'Status',
      cmdId: '1',
      msgRef: '1',
      cmdRef: '0',
      cmd: 'SyncHdr',
      data: '212',
      challenge: { format: 'b64', type: 'syncml:auth-md5', nextNonce: 'bm9uY2U=' },
    },
    {
      kind: 'Atomic',
      cmdId: '2',
      commands: [
        {
          kind: 'Add',
          cmdId: '3',
          items: [
            {
              target: './Device/Vendor/MSFT/Policy/Config/A/B',
              meta: { format: 'chr', type: 'text/plain' },
              data: '<enabled/><data id="x" value="a\uf000b"/>',
            },
          ],
        },
      ],
    },
    {
      kind: 'Replace',
      cmdId: '4',
      items: [{ target: './Vendor/X', meta: { format: 'chr', size: '9' }, data: 'begin', moreData: true }],
    },
  ],
  final: true,
})
