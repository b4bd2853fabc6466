import { expect, test } from 'vitest'
import { MOCK_ENDPOINTS } from '../../../src/domain/endpoints.ts'
import { success } from '../../../src/domain/trouble.ts'
import { seededIds } from '../../../src/ports/ids.ts'
import { seededChance } from '../../../src/ports/seeded-chance.ts'
import { encodeGetCookieResponse } from '../../../src/protocols/ms-wusp/get-cookie.ts'
import { encodeSyncUpdatesResponse } from '../../../src/protocols/ms-wusp/sync-updates.ts'
import type { UpdateInfo } from '../../../src/protocols/ms-wusp/sync-updates-types.ts'
import { scanForUpdates } from '../../../src/service/updates/check-updates.ts'

/** What a scan says when Windows Update offers one update with this fragment. */
function scan(xml: string) {
  const update: UpdateInfo = { id: 7, isLeaf: true, xml }
  const bodies = [
    encodeGetCookieResponse({ expiration: '2024-12-01T00:00:00Z', encryptedData: 'AA==' }),
    encodeSyncUpdatesResponse({ newUpdates: [update], truncated: false }),
  ]
  const service = {
    endpoints: MOCK_ENDPOINTS,
    ids: seededIds(seededChance(1, 'service')),
    http: {
      send: async () => success({ status: 200, headers: {}, body: new TextEncoder().encode(bodies.shift()) }),
    },
  }
  return scanForUpdates(service, { kind: 'quality', installed: [], now: 0 })
}

test.each(['<a>', '<a/><b/>', 'no xml'])('an update whose fragment is "%s" is trouble, not a throw', async (xml) => {
  expect(await scan(xml)).toMatchObject({ ok: false, trouble: { url: expect.stringContaining('.test/') } })
})
