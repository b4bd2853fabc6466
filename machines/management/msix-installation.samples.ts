import { CODE, signedOf } from '../../src/domain/windows-codes.ts'
import type { Samples } from '../samples.ts'
import type { msixInstallationMachine } from './msix-installation.ts'

const hresult = signedOf(CODE.msixInstallationFailed)

const packages = ['runtime.msix', 'whiteboard.msix'].map((name) => ({
  request: {},
  urls: [`https://content.hillview.test/${name}`],
}))

export const msixInstallationSamples: Samples<typeof msixInstallationMachine> = {
  inputs: { withDependency: { order: {}, packages } },
  events: [],
  done: {
    packageDownload: [
      { kind: 'downloaded', file: {} },
      { kind: 'failed', hresult },
    ],
    installPackage: [{ kind: 'installed' }, { kind: 'failed', hresult }],
  },
}
