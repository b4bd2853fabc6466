import type { Samples } from '../samples.ts'
import type { Win32Input, win32InstallationMachine } from './win32-installation.ts'

const applicable: Win32Input = {
  app: {},
  request: {},
  urls: ['https://content.hillview.test/browser.intunewin'],
  isApplicable: true,
  retryMs: 300_000,
}

export const win32InstallationSamples: Samples<typeof win32InstallationMachine> = {
  inputs: {
    applicable,
    notApplicable: { ...applicable, isApplicable: false },
    present: { ...applicable, isPresent: true },
    lacking: { ...applicable, lacksDependency: true },
    replacing: { ...applicable, replaces: [{}, {}] },
  },
  events: [],
  done: {
    packageDownload: [{ kind: 'downloaded', file: {} }],
    installApp: [{ kind: 'over' }, { kind: 'retry' }],
    uninstallApp: [{ kind: 'removed' }, { kind: 'kept' }],
  },
  // How often it was tried is for the installer.
  decisive: ({ file, isApplicable, isPresent, lacksDependency, replaces, removed }) => ({
    file,
    isApplicable,
    isPresent,
    lacksDependency,
    replaces,
    removed,
  }),
}
