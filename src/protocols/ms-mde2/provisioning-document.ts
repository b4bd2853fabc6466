export { decodeProvisioningDocument } from './decode-provisioning-document.ts'
export { certificateThumbprint, encodeProvisioningDocument } from './encode-provisioning-document.ts'
export * from './provisioning-types.ts'
