import { CODE, signedOf } from '../../src/domain/windows-codes.ts'
import type { Samples } from '../samples.ts'
import type { packageDownloadMachine } from './package-download.ts'

const hresult = signedOf(CODE.connectionTimedOut)

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
