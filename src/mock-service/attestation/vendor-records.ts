/** What makers of TPMs keep of the chips of a run: finished certificates, and those of their authorities. */
export interface VendorRecords {
  endorsement: readonly Uint8Array[]
  authorities: readonly Uint8Array[]
}
