import { expect, test } from 'vitest'
import type { HttpResponse } from '../../src/domain/http.ts'
import { CODE, codeOfHttpStatus } from '../../src/domain/windows-codes.ts'
import type { Transport } from '../../src/ports/http.ts'
import { played, screensOf } from './played.ts'

const encoder = new TextEncoder()

/** Each request to such an address is answered so. */
const answered =
  (part: string, status: number, body = '') =>
  (transport: Transport): Transport =>
  async (request, peer, signal): Promise<HttpResponse> =>
    request.url.includes(part) ? { status, headers: {}, body: encoder.encode(body) } : transport(request, peer, signal)

const failuresOn = async (id: string, page: string, wrap: (transport: Transport) => Transport) => {
  const { journal } = await played(id, { wrap, person: { qualityUpdates: 'skip' } })
  return [
    ...new Set(
      screensOf(journal).flatMap((screen) => (screen.page === page && screen.failure ? [screen.failure.code] : [])),
    ),
  ]
}

test.each([
  [403, CODE.updateForbidden],
  [407, CODE.updateProxyAsks],
  [503, CODE.updateUnavailable],
  [418, CODE.updateStatusNotMapped],
])('the page of quality updates shows the code of the update client for HTTP %s', async (status, code) => {
  expect(await failuresOn('surface-wifi-happy-path', 'qualityUpdates', answered('/files/1001', status))).toEqual([code])
})

test('an answer of Windows Update that cannot be read has its code too', async () => {
  const wrap = answered('client.asmx', 200, 'no XML')
  expect(await failuresOn('surface-wifi-happy-path', 'qualityUpdates', wrap)).toEqual([CODE.updateServiceFault])
})

test.each([
  [503, '', codeOfHttpStatus(503)],
  [200, 'no JSON', CODE.attestationFailed],
])('TPM attestation that is answered with HTTP %s shows a Windows code', async (status, body, code) => {
  expect(await failuresOn('self-deploying-ethernet', 'tpmAttestation', answered('/challenge', status, body))).toEqual([
    code,
  ])
})
