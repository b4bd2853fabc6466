import type { Samples } from '../samples.ts'
import type { packageDownloadMachine } from './package-download.ts'

/** ERROR_INTERNET_TIMEOUT. */
const hresult = 0x80072ee2 | 0

export const packageDownloadSamples: Samples<typeof packageDownloadMachine> = {
  inputs: {
    web: { request: {}, urls: ['https://content.hillview.test/reader.msi'] },
    fileShare: { request: {}, urls: ['\\\\files.hillview.test\\reader.msi'] },
  },
  events: [],
  done: {
    download: [
      { kind: 'downloaded', file: {} },
      { kind: 'failed', hresult, isOffline: true },
      { kind: 'failed', hresult, isOffline: false },
    ],
  },
}
