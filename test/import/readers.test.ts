import { expect, test } from 'vitest'
import { endOf } from '../../src/import/ending.ts'
import { codeIn, timeIn } from '../../src/import/facts.ts'
import { firstSync } from '../../src/import/incident.ts'
import {
  ADMIN,
  AUTOPILOT_LOG,
  events,
  eventXml,
  PROFILE,
  read,
  registry,
  SHELL,
  utf8,
  utf16,
} from './incident-files.ts'

const MICROSOFT = 'HKEY_LOCAL_MACHINE\\SOFTWARE\\Microsoft'

test.each([
  ['UTF-16 with its mark, as Windows writes it', utf16(registry())],
  ['UTF-16 without a mark', new Uint8Array(Buffer.from(registry(), 'utf16le'))],
  ['UTF-16, big-endian', new Uint8Array(Buffer.from(`\ufeff${registry()}`, 'utf16le').swap16())],
  ['UTF-8', utf8(registry())],
  ['UTF-8 with its mark', utf8(`\ufeff${registry()}`)],
])('reads a registry export in %s', (_, bytes) => {
  const { incident, files } = read('dump.reg', bytes)
  expect(files[0]).toMatchObject({ format: 'registry export', remarks: [] })
  expect(incident.isManaged).toBe(true)
  expect(firstSync(incident, 'TimeOutUntilSyncFailure')).toBe('30')
  expect(firstSync(incident, 'ServerHasFinishedProvisioning')).toBe('true')
})

test('reads numbers in hex, long values over several lines, and the results of the management extension', () => {
  const text = registry(
    `[${MICROSOFT}\\IntuneManagementExtension\\Win32Apps\\00000000-0000-0000-0000-000000000000\\3b8a5c1e-0f42-4d6b-8e97-a1c2d3e4f501_1]`,
    '"ExitCode"=dword:00000643',
    `[${MICROSOFT}\\IntuneManagementExtension\\Win32Apps\\00000000-0000-0000-0000-000000000000\\3b8a5c1e-0f42-4d6b-8e97-a1c2d3e4f501_1\\EnforcementStateMessage]`,
    String.raw`"EnforcementStateMessage"="{\"EnforcementState\":5000,\"ErrorCode\":-2147023293}"`,
    `[${MICROSOFT}\\Windows\\CurrentVersion\\Setup\\State]`,
    `"ImageState"=hex(1):${Buffer.from('IMAGE_STATE_COMPLETE\0', 'utf16le')
      .toString('hex')
      .match(/../g)!
      .join(',')
      .replace(/^(.{60})/, '$1\\\r\n  ')}`,
  )
  const { incident } = read('dump.reg', text)
  expect(incident.isSetupOver).toBe(true)
  expect(incident.apps).toEqual([
    expect.objectContaining({ id: '3b8a5c1e-0f42-4d6b-8e97-a1c2d3e4f501', scope: 'device', exitCode: 1603 }),
    expect.objectContaining({ state: 'failed', code: '0x80070643' }),
  ])
})

test.each([
  [
    'German',
    'MDM-Registrierung: Fehler beim Analysieren der Antwort. Ergebnis: (Unbekannter Win32-Fehlercode: 0x80180018).',
  ],
  [
    'French',
    "Inscription MDM : échec de l'analyse de la réponse. Résultat : (Code d’erreur Win32 inconnu : 0x80180018).",
  ],
  ['Japanese', 'MDM 登録: 証明書の登録応答を解析できませんでした。結果: (不明な Win32 エラー コード: 0x80180018)。'],
])('an enrolment that a %s Windows logged fails with its code', (_, message) => {
  const { incident, files } = read(
    'admin.xml',
    events(eventXml(ADMIN, 11, [], message), eventXml(ADMIN, 76, ['0x0', '2149056536'], message)),
  )
  expect(files[0]!.remarks).toEqual([])
  expect(endOf(incident)).toEqual({ kind: 'failed', page: 'enrollment', code: '0x80180018' })
})

test('the status page is read off identifiers, whatever language is around them', () => {
  const failed = eventXml(
    SHELL,
    62407,
    ['CommercialOOBE_ESPProgress_Failure', '{"message":"BootstrapStatus: Gerätesetup","errorCode":"0x80070643"}'],
    'Ereignis 2 der Web-App.',
  )
  expect(endOf(read('shell.xml', events(failed)).incident)).toEqual({
    kind: 'failed',
    page: 'enrollmentStatusFailure',
    code: '0x80070643',
  })
})

test('reads events that PowerShell printed as JSON, a list and line by line', () => {
  const one = {
    Id: 807,
    LogName: AUTOPILOT_LOG,
    LevelDisplayName: 'Fehler',
    TimeCreated: '/Date(1757232109650)/',
    Properties: [{ Value: 'ZtdDeviceIsNotRegistered' }],
    Message: null,
  }
  for (const text of [JSON.stringify([one, one], undefined, 2), `${JSON.stringify(one)}\n${JSON.stringify(one)}\n`]) {
    const { incident, files } = read('events.json', text)
    expect(files[0]).toMatchObject({ format: 'event log (JSON)', facts: 2, remarks: [] })
    expect(incident.events.map(({ id, at }) => [id, at])).toEqual([[807, 1_757_232_109_650]])
  }
})

test('reads the log of the management extension as the field knows it', () => {
  const line = (text: string) =>
    `<![LOG[${text}]LOG]!><time="08:03:50.5000000" date="9-7-2026" component="IntuneManagementExtension" context="" type="1" thread="7" file="">\r\n`
  const id = '3b8a5c1e-0f42-4d6b-8e97-a1c2d3e4f501'
  const text = [
    line(`[Win32App] ExecManager: processing targeted app (name='Prüfungs-Browser', id='${id}') with mode install`),
    line(`[Win32App] ESP tracked app ${id} changed from NotInstalled to InProgress`),
    line('[Win32App] admin did NOT set return code; lpExitCode 1603'),
    line(`[Win32App] ESP tracked app ${id} changed from InProgress to Error`),
  ].join('')
  const { incident, files } = read('IntuneManagementExtension.log', `${text}<![LOG[cut off`)
  expect(files[0]).toMatchObject({
    format: 'log of the management extension (CMTrace)',
    remarks: ['1 of 5 lines are not whole'],
  })
  expect(incident.apps.map(({ id: app, name, state, exitCode }) => ({ app, name, state, exitCode }))).toEqual([
    { app: id, name: 'Prüfungs-Browser', state: undefined, exitCode: undefined },
    { app: id, name: undefined, state: 'installing', exitCode: undefined },
    { app: id, name: undefined, state: undefined, exitCode: 1603 },
    { app: id, name: undefined, state: 'failed', exitCode: undefined },
  ])
})

const SYNCML = (body: string) =>
  `<SyncML xmlns="SYNCML:SYNCML1.2"><SyncHdr><VerDTD>1.2</VerDTD><VerProto>DM/1.2</VerProto><SessionID>1</SessionID><MsgID>1</MsgID><Target><LocURI>a</LocURI></Target><Source><LocURI>b</LocURI></Source></SyncHdr><SyncBody>${body}<Final/></SyncBody></SyncML>`

const LIMIT = './Device/Vendor/MSFT/DMClient/Provider/MS%20DM%20Server/FirstSyncStatus/TimeOutUntilSyncFailure'
const SET = `<Replace><CmdID>2</CmdID><Item><Target><LocURI>${LIMIT}</LocURI></Target><Data>45</Data></Item></Replace>`

test('reads a capture of SyncML, message by message, and names what is damaged', () => {
  const { incident, files } = read(
    'capture.xml',
    `${SYNCML(SET)}\n--- session 2 ---\n${SYNCML('<Replace>')}\n${SYNCML(SET).slice(0, 200)}`,
  )
  expect(firstSync(incident, 'TimeOutUntilSyncFailure')).toBe('45')
  expect(files[0]).toMatchObject({ format: 'SyncML capture (XML)', remarks: ['2 of 3 SyncML messages cannot be read'] })
})

test('reads sessions and refusals off an HTTP Archive', () => {
  const fault =
    '<s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope"><s:Body><s:Fault><s:Code><s:Value>s:Receiver</s:Value><s:Subcode><s:Value>s:Authorization</s:Value></s:Subcode></s:Code><s:Detail><DeviceEnrollmentServiceError><ErrorType>DeviceCapReached</ErrorType></DeviceEnrollmentServiceError></s:Detail></s:Fault></s:Body></s:Envelope>'
  const entry = (url: string, status: number, text: string, encoding?: string) => ({
    startedDateTime: '2026-09-07T08:01:49Z',
    request: { method: 'POST', url, postData: { mimeType: 'application/vnd.syncml.dm+xml', text: '' } },
    response: { status, content: { text, ...(encoding ? { encoding } : {}) } },
  })
  const har = (...entries: object[]) => JSON.stringify({ log: { version: '1.2', entries } })
  const session = read(
    'a.har',
    har(entry('https://mdm.realschule.example/omadm', 200, Buffer.from(SYNCML(SET)).toString('base64'), 'base64')),
  )
  expect(firstSync(session.incident, 'TimeOutUntilSyncFailure')).toBe('45')
  const refused = read(
    'b.har',
    har(entry('https://mdm.realschule.example/EnrollmentServer/Enrollment.svc', 500, fault), {}),
  )
  expect(endOf(refused.incident)).toEqual({ kind: 'failed', page: 'enrollment', code: '0x80180013' })
  expect(refused.files[0]!.remarks).toEqual(['1 of 2 entries have no request and response'])
  const join = read(
    'c.har',
    har(
      entry(
        'https://enterpriseregistration.windows.net/EnrollmentServer/device/?api-version=2.0',
        403,
        '{"subcode":"error_device_limit_reached"}',
      ),
    ),
  )
  expect(endOf(join.incident)).toEqual({ kind: 'failed', page: 'deviceJoin', code: '0x801c000e' })
  const lookup = read('d.har', har(entry('https://ztd.dds.microsoft.com/profiles/lookup', 404, '{"code":815}')))
  expect(lookup.incident.refused).toEqual([expect.objectContaining({ request: 'lookup', code: '815' })])
})

test.each([
  [
    'signals',
    (kind: string, at: string, payload: object) => ({
      SessionSignalOrdinal: 1,
      Kind: kind,
      OccurredAtUtc: at,
      Payload: payload,
    }),
    ['EspPhaseChanged', 'AppInstallFailed', 'EspTerminalFailure'],
  ],
  [
    'events',
    (kind: string, at: string, data: object) => ({ eventId: 'x', eventType: kind, timestamp: at, data }),
    ['esp_phase_changed', 'app_install_failed', 'enrollment_failed'],
  ],
])('reads the session of a monitoring tool that writes %s', (_, line, [phase, app, failed]) => {
  const text = [
    '# a session',
    JSON.stringify(line(phase!, '2026-09-07T08:01:00Z', { phase: 'DeviceSetup' })),
    JSON.stringify(line(app!, '2026-09-07T08:05:00Z', { appId: 'APP-1', appName: 'Prüfungs-Browser', exitCode: 1603 })),
    JSON.stringify(
      line(failed!, '2026-09-07T08:06:00Z', {
        category: 'DeviceSetup',
        failedSubcategory: 'Apps',
        errorCode: '0x80070643',
      }),
    ),
    '{"cut',
  ].join('\n')
  const { incident, files } = read('session.jsonl', text)
  expect(files[0]).toMatchObject({
    format: 'session of a monitoring tool (JSON lines)',
    remarks: ['1 of 4 lines cannot be read'],
  })
  expect(endOf(incident)).toEqual({ kind: 'failed', page: 'enrollmentStatusFailure', code: '0x80070643' })
  expect(incident.apps).toEqual([
    expect.objectContaining({ name: 'Prüfungs-Browser', exitCode: 1603, state: 'failed' }),
  ])
})

test('a device that deploys itself and fails before its enrolment fails at the step of Device preparation', () => {
  const status = String.raw`{\"DevicePreparation.SecuringHardwareSubcategory\":{\"subcategoryState\":\"failed\",\"subcategoryStatusText\":\"Fehler: 0x81039024\"},\"categoryState\":\"failed\"}`
  const text = [
    'Windows Registry Editor Version 5.00',
    `[${MICROSOFT}\\Provisioning\\AutopilotSettings]`,
    `"DevicePreparationCategory.Status"="${status}"`,
  ].join('\r\n')
  expect(endOf(read('dump.reg', text).incident)).toEqual({ kind: 'failed', page: 'tpmAttestation', code: '0x81039024' })
})

test('a profile alone says that the device got one, and not how it ended', () => {
  expect(endOf(read('AutopilotDDSZTDFile.json', PROFILE).incident)).toEqual({ kind: 'notShown', after: 'theProfile' })
})

test.each([
  ['0x80180018', '0x80180018'],
  ['Result: (Unknown Win32 Error code: 0x80180018).', '0x80180018'],
  ['2149056536', '0x80180018'],
  ['-2145910760', '0x80180018'],
  ['Ergebnis 80180018', '0x80180018'],
  ['0x0', undefined],
  ['8f2b6f4a-7d51-4c58-9d4e-1c0f6a3b5e70', undefined],
  ['CONTOSO-89abcdef', undefined],
  ['3.5.0.544', undefined],
])('the Windows code in %s is %s', (text, code) => {
  expect(codeIn(text)).toBe(code)
})

test('times are read as Windows and its tools write them', () => {
  expect(timeIn('2026-09-07T08:01:49.6500000Z')).toBe(Date.UTC(2026, 8, 7, 8, 1, 49, 650))
  expect(timeIn('/Date(1757232109650)/')).toBe(1_757_232_109_650)
  expect([timeIn('gestern'), timeIn(undefined), timeIn('1'.repeat(100))]).toEqual([undefined, undefined, undefined])
})
