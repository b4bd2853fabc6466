import { CODE, signedOf } from '../../src/domain/windows-codes.ts'
import type { Samples } from '../samples.ts'
import type { officeInstallationMachine } from './office-installation.ts'

const hresult = signedOf(CODE.unspecifiedError)

export const officeInstallationSamples: Samples<typeof officeInstallationMachine> = {
  inputs: { ordered: { order: {}, request: {}, urls: ['https://content.hillview.test/office'] } },
  events: [],
  done: {
    packageDownload: [
      { kind: 'downloaded', file: {} },
      { kind: 'failed', hresult },
    ],
    installOffice: [{ kind: 'installed' }, { kind: 'failed', hresult }],
  },
}
