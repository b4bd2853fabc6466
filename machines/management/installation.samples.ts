import type { Samples } from '../samples.ts'
import type { installationMachine } from './installation.ts'

const content = { request: {}, urls: ['https://content.hillview.test/reader'] }

export const installationSamples: Samples<typeof installationMachine> = {
  inputs: { all: { lane: 'all' }, extension: { lane: 'extension' } },
  events: [{ type: 'jobs.queued' }],
  done: {
    nextJob: [
      { kind: 'none' },
      { kind: 'checkIn', checkIn: {} },
      { kind: 'msi', ...content, order: {}, attempts: 0, retryCount: 1, retryIntervalMs: 300_000 },
      { kind: 'msix', order: {}, packages: [content] },
      { kind: 'office', ...content, order: {} },
      { kind: 'win32', ...content, app: {}, isApplicable: true, retryMs: 300_000 },
      { kind: 'later', waitMs: 60_000 },
    ],
    checkIn: [undefined],
    msiInstallation: [{ kind: 'installed' }],
    msixInstallation: [{ kind: 'installed' }],
    officeInstallation: [{ kind: 'installed' }],
    win32Installation: [{ kind: 'over' }],
  },
}
