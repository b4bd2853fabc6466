import { createPublicKey } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, onTestFinished } from 'vitest'
import { freshRsaKey } from '../../src/ports/fresh-keys.ts'
import { decodeJwt, verifyJwt } from '../../src/protocols/jwt/jwt.ts'
import { decodeEnvelope } from '../../src/protocols/soap/envelope.ts'
import { parseXml } from '../../src/protocols/xml/read.ts'
import { discover } from '../../src/service/enrollment/enroll.ts'
import { scripted } from '../service/scripted-service.ts'
import { answering, boot, type Check, utf8 } from './scene.ts'

/** The reader refuses it with a code, and a device that gets it fails with one of Windows. */
const refused = (what: string, document: string | Uint8Array, code: string): Check => [
  what,
  async () => {
    const start = performance.now()
    expect(() => parseXml(document)).toThrow(expect.objectContaining({ name: 'DecodeError', code }))
    expect(performance.now() - start).toBeLessThan(2_000)
    const body = typeof document === 'string' ? utf8(document) : document
    const { outcome } = await boot({}, { wrap: answering('Policy.svc', () => ({ body })) })
    expect(outcome).toMatchObject({ kind: 'failed', page: 'enrollment', code: expect.stringMatching(/^0x8018/) })
  },
]

const many = (count: number): string => `<a ${Array.from({ length: count }, (_, index) => `a${index}="1"`).join(' ')}/>`

const base64 = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url')

export const MESSAGES: Record<number, readonly Check[]> = {
  1: [refused('before the root', '<!-- c --><!DOCTYPE a><a/>', 'ERR_XML_DOCTYPE')],
  2: [
    refused(
      'a thousand laughs',
      `<!DOCTYPE a [<!ENTITY b "x"><!ENTITY c "${'&b;'.repeat(10)}">]><a>&c;</a>`,
      'ERR_XML_DOCTYPE',
    ),
  ],
  3: [
    refused(
      'a long entity',
      `<!DOCTYPE a [<!ENTITY b "${'x'.repeat(9_000)}">]><a>${'&b;'.repeat(20_000)}</a>`,
      'ERR_XML_DOCTYPE',
    ),
  ],
  4: [
    refused('a file', '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/hostname">]><a>&b;</a>', 'ERR_XML_DOCTYPE'),
    [
      'a server',
      async () => {
        let asked = 0
        const server = createServer((_, response) => {
          asked++
          response.end('x')
        })
        await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
        onTestFinished(() => void server.close())
        const { port } = server.address() as AddressInfo
        const document = `<!DOCTYPE a SYSTEM "http://127.0.0.1:${port}/d"><a/>`
        const { outcome } = await boot({}, { wrap: answering('Policy.svc', () => ({ body: utf8(document) })) })
        expect([outcome.kind, asked]).toEqual(['failed', 0])
      },
    ],
  ],
  5: [refused('no end tags', '<a>'.repeat(50_000), 'ERR_XML_TOO_DEEP')],
  6: [
    refused('many', many(200_000), 'ERR_XML_TOO_MANY_ATTRIBUTES'),
    refused('a long one', `<a b="${'x'.repeat(1_000_000)}"/>`, 'ERR_XML_TOO_LARGE'),
  ],
  7: [refused('by size', `<a>${'&#65;'.repeat(3_000_000)}</a>`, 'ERR_XML_TOO_LARGE')],
  8: [
    refused('UTF-16', Uint8Array.of(0xff, 0xfe, 0x3c, 0, 0x61, 0), 'ERR_XML_ENCODING'),
    refused('a UTF-7 label', utf8('<?xml version="1.0" encoding="utf-7"?><a/>'), 'ERR_XML_ENCODING'),
    refused('bad UTF-8', Uint8Array.of(0x3c, 0x61, 0x3e, 0xc0, 0xbc), 'ERR_XML_ENCODING'),
    refused('NUL', '<a>\0</a>', 'ERR_XML_MALFORMED'),
    [
      'half a surrogate pair',
      () => {
        expect(() => parseXml('<a>\ud800</a>')).toThrow(expect.objectContaining({ code: 'ERR_XML_ENCODING' }))
      },
    ],
  ],
  9: [
    [
      'names of the prototype',
      async () => {
        const document = '<__proto__ __proto__="1" constructor="2"><polluted>1</polluted></__proto__>'
        const { outcome } = await boot({}, { wrap: answering('Policy.svc', () => ({ body: utf8(document) })) })
        expect(outcome.kind).toBe('failed')
        expect(({} as Record<string, unknown>).polluted).toBeUndefined()
        expect(Object.getPrototypeOf({})).toBe(Object.prototype)
      },
    ],
    ...(
      [
        ['two Bodies', '<s:Body/><s:Body/>', 'http://www.w3.org/2003/05/soap-envelope'],
        ['another namespace', '<s:Body/>', 'urn:other'],
      ] as const
    ).map(
      ([what, inside, uri]): Check => [
        what,
        () => {
          expect(() => decodeEnvelope(`<s:Envelope xmlns:s="${uri}">${inside}</s:Envelope>`)).toThrow(
            expect.objectContaining({ name: 'DecodeError', code: 'ERR_SOAP_ENVELOPE' }),
          )
        },
      ],
    ),
  ],
  16: [
    [
      'to a file',
      async () => {
        const { service, asked } = scripted({ status: 302, headers: { location: 'file:///etc/passwd' } })
        const device = { upn: 'a@contoso.example', osVersion: '10.0.26100.1', osEdition: '203', requestVersion: '7.0' }
        const found = await discover(service, 'https://enterpriseenrollment.contoso.test/Discovery.svc', device)
        expect(found).toMatchObject({ ok: false, trouble: { code: '0x8018001a' } })
        expect(asked).toHaveLength(1)
      },
    ],
  ],
  20: [
    [
      'a token without a signature',
      () => {
        const key = createPublicKey(freshRsaKey())
        const token = `${base64({ alg: 'none', typ: 'JWT' })}.${base64({ sub: 'a' })}.`
        expect(() => verifyJwt(token, key, 0)).toThrow(expect.objectContaining({ name: 'DecodeError' }))
        const signed = `${base64({ alg: 'none' })}.${base64({ sub: 'a' })}.AAAA`
        expect(() => verifyJwt(signed, key, 0)).toThrow(expect.objectContaining({ code: 'ERR_JWT_ALGORITHM' }))
      },
    ],
    [
      'a token of 1 MB',
      () => {
        expect(() => decodeJwt(`a.${'b'.repeat(1_000_000)}.c`)).toThrow(
          expect.objectContaining({ code: 'ERR_JWT_MALFORMED' }),
        )
      },
    ],
    ...['javascript:alert(1)', 'ms-settings:x', 'file:///etc/passwd', 'data:text/html,x', 'https://', '\u001b[2J'].map(
      (location): Check => [
        `a portal at ${JSON.stringify(location)}`,
        async () => {
          const sent: string[] = []
          const { outcome, journal } = await boot(
            {
              person: {
                region: 'United States',
                keyboard: 'US',
                secondKeyboard: 'skip',
                network: { wifi: 'Home', key: 'correct-horse' },
                connectivity: ['Accept', 'Accept', 'Accept'],
              },
            },
            {
              wrap: (transport) => async (request, peer, signal) => {
                sent.push(request.url)
                if (request.url.includes('connecttest'))
                  return { status: 302, headers: { location }, body: new Uint8Array() }
                return transport(request, peer, signal)
              },
            },
          )
          expect(['unanswered', 'failed', 'stuck']).toContain(outcome.kind)
          expect(sent.filter((url) => !url.includes('connecttest'))).toEqual([])
          for (const entry of journal)
            if (entry.kind === 'screen') expect(JSON.stringify(entry)).not.toContain('\\u001b')
        },
      ],
    ),
  ],
}
