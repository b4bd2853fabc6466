/** Examples of keys whose sentence is in another file, or comes with the schema. */
export const NETWORK_EXAMPLES = {
  ...Object.fromEntries(
    ['', 'ethernet.', 'wifi.*.'].flatMap((of) => [
      [`${of}publicAddress`, ['203.0.113.7']],
      [`${of}country`, ['US']],
    ]),
  ),
  'ethernet.captivePortal': [true, { opensAfter: '5s' }],
  'ethernet.captivePortal.lets': [['*.msftconnecttest.com']],
  'wifi.*.user': [{ name: 'setup', password: 'paper-lantern' }],
  'wifi.*.captivePortal': [true, { opensAfter: '5s' }],
  'wifi.*.captivePortal.lets': [['*.msftconnecttest.com']],
  loss: [1],
  dns: ['down', ['ztd.dds.microsoft.com']],
  closedPorts: [[443]],
  proxy: ['http://proxy.contoso.example:8080', { address: 'http://proxy.contoso.example:8080', signIn: true }],
  'proxy.free': [['*.msftconnecttest.com']],
  'proxy.direct': [['*.contoso.example']],
  inspect: [{ hosts: ['*.manage.microsoft.com'], trusted: true }],
}

export const DEVICE_EXAMPLES = {
  'smbios.version': ['124I:00097T:000M:0200000B:07'],
  disk: [{ gb: 128, bus: 'nvme', serialNumber: '5349_4D00_0003_0001.', product: 'SIM NVMe 128GB', vendor: 'NVMe' }],
  'disk.vendor': ['NVMe'],
  'disk.files': [[{ path: 'C:\\Users\\Public\\school.txt', text: 'Registered by the school.' }]],
  'securityKeys.*.name': ['YK-0417'],
  'securityKeys.*.pin': ['246813'],
  'securityKeys.*.account': ['alice@contoso.example'],
  'disk.files.*.json': [{ CloudAssignedTenantDomain: 'contoso.example', Version: 2049 }],
  'disk.files.*.text': ['Registered by the school.'],
  'disk.files.*.base64': ['U2Nob29s'],
  'disk.files.*.from': ['AutopilotConfigurationFile.json'],
  adapters: [
    [
      {
        id: 'wifi',
        kind: 'wifi',
        name: 'Intel(R) Wi-Fi 6 AX201 160MHz',
        mac: '02:53:49:4D:03:01',
        removable: false,
      },
    ],
  ],
  tpm: [
    {
      version: '2.0',
      vendor: 'INTC',
      kind: 'firmware',
      firmware: [32768010, 0],
      specification: { level: 0, revision: '1.38' },
      endorsementSeed: '53494d2d333132302d30303030303120656e646f7273656d656e742073656564',
      certificate: 'web',
    },
  ],
  'tpm.endorsementSeed': ['53494d2d333132302d30303030303120656e646f7273656d656e742073656564'],
  provenance: [{ title: { tag: 'sourced', source: 'linuxhw/DMI (50 dumps)' } }],
}

const account = (path) => ({
  [`${path}.temporaryAccessPass`]: ['Ab-12-cd-34'],
  [`${path}.securityKeys`]: [['YK-0417']],
  [`${path}.backups.*.device`]: ['OLD-LAPTOP'],
  [`${path}.backups.*.lastBackup`]: ['2026-11-20T08:00:00Z'],
  [`${path}.joinedDevices`]: [4],
})

export const TENANT_EXAMPLES = {
  'branding.logo': ['▄███▄\n █▀█'],
  namedLocations: [[{ id: 'school', name: 'Contoso School', ipRanges: ['203.0.113.0/24'] }]],
  ...account('users.*'),
  otherAccounts: [
    [
      {
        email: 'mallory@fabrikam.example',
        password: 'somewhere-else',
        name: 'Mallory Finch',
        tenantId: '0d4e5f6a-7b8c-4d9e-8f01-23456789abcd',
      },
    ],
  ],
  personalAccounts: [[{ email: 'pat@outlook.example', password: 'at-home-9', name: 'Pat Romero' }]],
  deviceAssociations: [[{ device: 'lenovo-14w-gen-2', deviceNameTemplate: 'CLS-%SERIAL%' }]],
  'deviceAssociations.*.device': ['lenovo-14w-gen-2'],
  'deviceAssociations.*.policy': ['students'],
  'scripts.*.remediationExitCode': [0],
  'apps.*.isDetected': [false, [false, true]],
  'apps.*.uninstallExitCode': [1603],
  'certificateProfiles.*.authority': ['0000000000000000000000000000000000000001'],
  updates: [
    [
      {
        id: '7d0f0c52-6c1e-4f2f-9a11-5b8f0a2d1002',
        title: '2026-08 Cumulative Update for Windows 11 version 24H2',
        kind: 'quality',
        build: '26100.9278',
        releasedOn: '2026-08-11',
      },
    ],
  ],
  'updates.*.releasedOn': ['2026-08-11'],
  'updates.*.build': ['26100.9278'],
  'enrollment.termsOfUse': ['This device belongs to the school.'],
  'enrollment.tokenVersion': [2],
  'enrollment.keyPolicy': [{ keyLength: 2048, hash: 'sha256' }],
  'enrollment.mdmUserScope': ['all', ['classroom-devices']],
  'surfaceRequests.*.proof': ['invoice-2026-0117.pdf'],
}

export const CONFIG_EXAMPLES = {
  folders: [{ scenarios: 'tests/oobe', results: 'oobe-results' }],
  'folders.scenarios': ['tests/oobe'],
  'folders.devices': ['devices'],
  'folders.tenants': ['tests/oobe/tenants'],
  'folders.networks': ['tests/oobe/networks'],
  'folders.persons': ['tests/oobe/persons'],
  'folders.results': ['oobe-results'],
  defaults: [{ device: 'surface-laptop-se', tenant: 'contoso-school' }],
  'defaults.device': ['surface-laptop-se'],
  'defaults.tenant': ['contoso-school'],
  'defaults.seed': [7],
  reporters: [['line', 'junit=reports/junit.xml']],
  limits: [{ deviceTime: '12h' }],
  'limits.starts': [20],
  'limits.entries': [50000],
  'limits.journalBytes': [16000000],
  'limits.requests': [2000],
  'coverage.gaps': ['tests/oobe/gaps.yaml'],
}
