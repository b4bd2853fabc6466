import { expect, test } from 'vitest'
import type { AppKind } from '../../src/domain/tenant-apps.ts'
import { played, screensOf } from './played.ts'

const MEGABYTE = 1_000_000

/** As many apps as no school has: each is here in no time. */
async function withApps(kind: AppKind, count: number) {
  const apps = Array.from({ length: count }, (_, index) => ({
    id: `3b8a5c1e-0f42-4d6b-8e97-${index.toString(16).padStart(12, '0')}`,
    name: 'PaperCut',
    publisher: 'PaperCut Software',
    version: '22.0.6',
    kind,
    scope: 'device' as const,
    sizeMb: 0,
    installSeconds: 1,
    exitCode: 0,
    isDetected: true,
    retryCount: 0,
    timeoutMinutes: 10,
    isSkipped: false,
    assignedTo: ['allDevices'],
    excluded: [],
  }))
  const result = await played('surface-wifi-happy-path', {
    tenant: { apps },
    page: { installQualityUpdates: false, timeoutMinutes: 3 },
    person: { enrollmentStatusFailure: 'wait' },
  })
  return { ...result, bytes: process.memoryUsage().heapUsed }
}

test.each<[AppKind]>([['msi'], ['win32']])(
  '10,000 apps of the kind %s run into the time limit of the page, and the run ends',
  { timeout: 120_000 },
  async (kind) => {
    const { outcome, journal, bytes } = await withApps(kind, 10_000)
    expect(outcome.kind).not.toBe('desktop')
    const texts = screensOf(journal).flatMap(({ progress }) => progress?.categories ?? [])
    expect(JSON.stringify(texts)).toContain('of 10000 installed')
    expect(bytes).toBeLessThan(1_500 * MEGABYTE)
  },
)
