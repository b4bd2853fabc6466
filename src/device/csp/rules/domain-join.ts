import { isJoinBlob } from '../../../protocols/domain-join/blob.ts'
import { below, type Csp, node } from '../node-rule.ts'

/** Where a server puts the blob of an offline domain join. Neither the node nor its form is published: ours. */
export const offlineDomainJoin: Csp = {
  name: 'OfflineDomainJoin',
  version: '1.0',
  rules: below('OfflineDomainJoin', 'device', 'oobe-autopilot-esp.md, 2.7 [U]', {
    IsConfigured: node('bool', ['Add', 'Get', 'Replace'], { default: 'false' }),
    Blob: node('chr', ['Add', 'Get', 'Replace'], { accepts: isJoinBlob }),
  }),
}
