import { describe, expect, test, vi } from 'vitest'
import * as spoil from './spoil.ts'
import { found, type Spoil } from './spoil.ts'

const CHUNKED = { 'content-length': undefined, 'transfer-encoding': 'chunked' }
const SYNC_HEADER = /<SyncHdr>.*?<\/SyncHdr>/s

describe('what production Windows would trip over', () => {
  test.each<[string, Spoil, RegExp, RegExp]>([
    ['chunks', spoil.discovery(spoil.headers(CHUNKED)), /^discovery: the answer comes in chunks/, /1\.3 \[L\]/],
    ['chunks of a policy', spoil.policy(spoil.headers(CHUNKED)), /^policy: the answer comes in chunks/, /1\.3 \[L\]/],
    ['chunks of a certificate', spoil.enrolment(spoil.headers(CHUNKED)), /^enrolment: the answer comes in c/, /\[L\]/],
    [
      'no Content-Length',
      spoil.enrolment(
        spoil.headers({ 'content-length': undefined, 'transfer-encoding': 'identity', connection: 'close' }),
      ),
      /^enrolment: the answer has no Content-Length$/,
      /1\.3 \[L\]/,
    ],
    [
      'another Content-Type',
      spoil.enrolment(spoil.headers({ 'content-type': 'text/xml; charset=utf-8' })),
      /^enrolment: the Content-Type of the answer is text\/xml/,
      /application\/soap\+xml.*\[U\]/,
    ],
    [
      'no Content-Type',
      spoil.policy(spoil.headers({ 'content-type': undefined })),
      /^policy: the answer has no Content-Type/,
      /\[U\]/,
    ],
    [
      'a prefix that a policy does not declare',
      spoil.policy(spoil.text((xml) => xml.replace('</s:Body>', '<odd:x></odd:x></s:Body>'))),
      /^policy: the answer has a prefix that is declared nowhere, "odd"/,
      /1\.6 \[O\]/,
    ],
    [
      'an old EnrollmentVersion',
      spoil.discovery(spoil.text((xml) => xml.replace('>5.0<', '>4.0<'))),
      /^discovery: its EnrollmentVersion is 4\.0/,
      /1\.7 \[S\]/,
    ],
    [
      'no EnrollmentVersion',
      spoil.discovery(spoil.text((xml) => xml.replace(/<EnrollmentVersion>.*?<\/EnrollmentVersion>/, ''))),
      /^discovery: its EnrollmentVersion is missing/,
      /1\.7 \[S\]/,
    ],
    [
      'criteria that fit nothing',
      spoil.document((xml) => xml.replace('Subject=', 'Subject=CN%3Dnone%2C')),
      /^enrolment: no certificate meets SSLCLIENTCERTSEARCHCRITERIA Subject=CN%3Dnone/,
      /0x80180024 .*1\.9 \[U\]/,
    ],
    [
      'no Final',
      spoil.session(spoil.text((xml) => xml.replace(/<Final ?\/>|<Final><\/Final>/, ''))),
      /^session: (\d+) of \1 answers without Final/,
      /2\.1 \[S\].*\[O\]/,
    ],
    [
      'a prefix that a session does not declare',
      spoil.session(spoil.text((xml) => xml.replace('<SyncBody>', '<SyncBody xmlns:y="y" A:z="">'))),
      /^session: a prefix that is declared nowhere, "A"/,
      /1\.6 \[U\]/,
    ],
    [
      'another Content-Type in the session',
      spoil.session(spoil.headers({ 'content-type': 'application/xml' })),
      /^session: the Content-Type of the answer is application\/xml/,
      /application\/vnd\.syncml\.dm\+xml.*\[U\]/,
    ],
    [
      'a session that the server breaks off',
      spoil.session(
        spoil.text((xml) => xml.replace(/(<Final)/, '<Alert><CmdID>9999</CmdID><Data>1223</Data></Alert>$1')),
      ),
      /^session: the server broke it off; 1 message, /,
      /1223.*2\.5 \[S\]/,
    ],
  ])('warns of %s, with its source, and ends well', async (_, spoiled, what, hint) => {
    const { amiss, code } = await found(spoiled)
    expect(amiss).toEqual([
      { verdict: 'warning', what: expect.stringMatching(what), hint: expect.stringMatching(hint) },
    ])
    expect(code).toBe(0)
  })

  test('says nothing of CmdIDs that are GUIDs', async () => {
    let guids = 0
    const guid = (number: string) =>
      `00000000-0000-4000-8000-${String(guids++).padStart(4, '0')}${number.padStart(8, '0')}`
    const { amiss } = await found(
      // The school knows its later commands by their numbers.
      spoil.session((response, request) =>
        new TextDecoder().decode(request.body).includes('<MsgID>1<')
          ? spoil.text((xml) => xml.replace(/<CmdID>(\d+)</g, (_, number: string) => `<CmdID>${guid(number)}<`))(
              response,
            )
          : response,
      ),
    )
    expect(guids).toBeGreaterThan(1)
    expect(amiss).toEqual([])
  })

  test.each<[string, (xml: string) => string, RegExp]>([
    ['SessionID', (xml) => xml.replace(/<SessionID>\d+/, '<SessionID>77'), /"77".*\(ERR_SYNCML_OTHER_SESSION\)/],
    ['MsgID', (xml) => xml.replace(/<MsgID>\d+/, '<MsgID>one'), /"one".*\(ERR_SYNCML_REPLAY\)/],
    ['MsgRef', (xml) => xml.replace(/<MsgRef>\d+/, '<MsgRef>88'), /"88".*\(ERR_SYNCML_OTHER_MESSAGE\)/],
    [
      'Target',
      (xml) => xml.replace(SYNC_HEADER, (header) => header.replace(/(<Target>\s*<LocURI>)[^<]*/, '$1OTHER-DEVICE')),
      /"OTHER-DEVICE".*\(ERR_SYNCML_OTHER_DEVICE\)/,
    ],
  ])('a session with another %s is a problem, by the answer of the server', async (_, edit, what) => {
    const { amiss, code } = await found(spoil.session(spoil.text(edit)))
    expect(amiss).toEqual([
      { verdict: 'problem', what: expect.stringMatching(what), hint: expect.stringMatching(/2\.1 \[S\]/) },
    ])
    expect(amiss[0]!.what).toMatch(/^session: failed, by the server's answer: /)
    expect(code).toBe(1)
  })

  test.each<[string, Spoil, RegExp, RegExp]>([
    [
      'a refusal to enrol',
      spoil.enrolment((response) => ({ ...response, status: 403, body: new Uint8Array(), headers: {} })),
      /^enrolment: 0x80190193, /,
      /MS-MDE2/,
    ],
    [
      'an account without an address',
      spoil.document((xml) => xml.replace(/<parm name="ADDR"[^>]*>/, '')),
      /^enrolment: 0x8018001f, /,
      /APPLICATION.*ADDR/,
    ],
    [
      'an account that leads to a host that the profile does not name',
      spoil.document((xml) => xml.replace(/(name="ADDR" value=")https:\/\/localhost:\d+/, '$1https://mdm.example')),
      /^enrolment: the account MS DM Server leads to https:\/\/mdm\.example\//,
      /hosts: \[mdm\.example\]/,
    ],
    [
      'a server that does not know its own certificate',
      spoil.session((response) => ({ ...response, status: 401, body: new Uint8Array(), headers: {} })),
      /^session: failed, by the server's answer: .*401.*\(ERR_HTTP_401\); 1 message, no command/,
      /2\.3 \[O\]/,
    ],
    [
      'a session that is no SyncML',
      spoil.session(spoil.text(() => 'hello')),
      /^session: failed, by the server's answer: /,
      /MS-MDM/,
    ],
    [
      'a server that refuses the device in the session',
      spoil.session(spoil.text((xml) => xml.replace(/(<CmdRef>0<\/CmdRef>.*?<Data>)\d+/s, '$1404'))),
      /^session: failed, by the device's message: .*404 \(0x87d10194\)/,
      /see its log/,
    ],
  ])('tells of %s', async (_, spoiled, what, hint) => {
    const { findings, code } = await found(spoiled)
    expect(findings).toContainEqual({
      verdict: 'problem',
      what: expect.stringMatching(what),
      hint: expect.stringMatching(hint),
    })
    expect(code).toBe(1)
  })

  test('gives up a session whose server asks for a pause without an end', async () => {
    const after = AbortSignal.timeout
    vi.spyOn(AbortSignal, 'timeout').mockImplementation((ms) => after.call(AbortSignal, ms === 180_000 ? 100 : ms))
    try {
      const busy = spoil.session((response) => ({ ...response, status: 429, headers: { 'retry-after': '3600' } }))
      const { amiss } = await found(busy)
      expect(amiss).toMatchObject([
        { verdict: 'problem', what: expect.stringMatching(/the time for all of it is over/) },
      ])
    } finally {
      vi.restoreAllMocks()
    }
  })
})
