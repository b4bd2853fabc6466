import { signedOfSystemError } from '../../src/domain/windows-codes.ts'
import type { Samples } from '../samples.ts'
import type { MsiInput, msiInstallationMachine } from './msi-installation.ts'

/** ERROR_INSTALL_FAILURE. */
const hresult = signedOfSystemError(1603)

const retried: MsiInput = {
  order: {},
  request: {},
  urls: ['https://content.hillview.test/reader.msi'],
  attempts: 0,
  retryCount: 1,
  retryIntervalMs: 300_000,
}

export const msiInstallationSamples: Samples<typeof msiInstallationMachine> = {
  inputs: { retried },
  events: [],
  done: {
    packageDownload: [
      { kind: 'downloaded', file: {} },
      { kind: 'failed', hresult },
    ],
    enforceMsi: [
      { kind: 'done' },
      { kind: 'failed', hresult, isFinal: true },
      { kind: 'failed', hresult, isFinal: false },
    ],
  },
}
