import { ALL, below, CHANGE, type Csp, type NodeRule, node, READ, SET, withoutEffect } from '../node-rule.ts'

const PATH = 'Firewall/MdmStore'
const SOURCE = 'Firewall CSP'
/** FW_PROFILE_TYPE of [MS-FASP] 2.2.2: domain 1, private 2, public 4. The network of a first boot is public: assumed. */
const PUBLIC = '4'

const flag = (value: 'true' | 'false') => node('bool', SET, { default: value })
const text = node('chr', ALL)

const profile = (name: string): NodeRule[] =>
  below(
    `${PATH}/${name}`,
    'device',
    SOURCE,
    withoutEffect({
      '': node('node', READ),
      EnableFirewall: flag('true'),
      DisableStealthMode: flag('false'),
      Shielded: node('bool', CHANGE, { default: 'false' }),
      DisableUnicastResponsesToMulticastBroadcast: flag('false'),
      DisableInboundNotifications: flag('false'),
      AuthAppsAllowUserPrefMerge: flag('true'),
      GlobalPortsAllowUserPrefMerge: flag('true'),
      AllowLocalPolicyMerge: flag('true'),
      AllowLocalIpsecPolicyMerge: flag('true'),
      // 0 allow, 1 block.
      DefaultOutboundAction: node('int', SET, { default: '0', range: [0, 1] }),
      DefaultInboundAction: node('int', SET, { default: '1', range: [0, 1] }),
      DisableStealthModeIpsecSecuredPacketExemption: flag('true'),
    }),
  )

/** Settings of the firewall, as a device has them before a server changes one (reference: mdm-protocols.md, 3.7). */
export const firewall: Csp = {
  name: 'Firewall',
  version: '1.0',
  rules: [
    ...below('Firewall', 'device', SOURCE, {
      '': node('node', READ),
      MdmStore: node('node', READ),
      'MdmStore/Global': node('node', READ),
      'MdmStore/FirewallRules': node('node', READ),
    }),
    ...below(
      `${PATH}/Global`,
      'device',
      SOURCE,
      withoutEffect({
        PolicyVersionSupported: node('int', READ),
        CurrentProfiles: node('int', READ, { default: PUBLIC }),
        DisableStatefulFtp: node('bool', ALL, { default: 'false' }),
        SaIdleTime: node('int', ALL, { default: '300', range: [300, 3600] }),
        PresharedKeyEncoding: node('int', ALL, { default: '1', range: [0, 1] }),
        IPsecExempt: node('int', ALL, { default: '0', range: [0, 15] }),
        CRLcheck: node('int', ALL, { default: '0', range: [0, 2] }),
        PolicyVersion: node('chr', READ),
        BinaryVersionSupported: node('chr', READ),
        OpportunisticallyMatchAuthSetPerKM: node('bool', ALL),
        EnablePacketQueue: node('int', ALL, { default: '0', range: [0, 2] }),
      }),
    ),
    ...['DomainProfile', 'PrivateProfile', 'PublicProfile'].flatMap(profile),
    ...below(
      `${PATH}/FirewallRules/{}`,
      'device',
      SOURCE,
      withoutEffect({
        '': node('node', ALL),
        'App/PackageFamilyName': text,
        'App/FilePath': text,
        'App/Fqbn': text,
        'App/ServiceName': text,
        Protocol: node('int', ALL, { range: [0, 255] }),
        LocalPortRanges: text,
        RemotePortRanges: text,
        IcmpTypesAndCodes: text,
        LocalAddressRanges: text,
        RemoteAddressRanges: text,
        Description: text,
        Enabled: node('bool', CHANGE, { default: 'true' }),
        Profiles: node('int', CHANGE),
        // 0 block, 1 allow.
        'Action/Type': node('int', CHANGE, { default: '1', range: [0, 1] }),
        Direction: node('chr', CHANGE, { default: 'OUT' }),
        InterfaceTypes: node('chr', CHANGE),
        EdgeTraversal: node('bool', ALL, { default: 'false' }),
        LocalUserAuthorizationList: text,
        Status: node('chr', READ),
        Name: text,
      }),
    ),
  ],
}
