/** What a person should know about a hash: damage that a decoder met, or a value that a check does not like. */
export interface Finding {
  /** `error`: a service or `oa3tool` would refuse it. `warning`: it may. `note`: unusual, and harmless. */
  severity: 'error' | 'warning' | 'note'
  /** Damage has the code of the decoder's error, `ERR_HASH_…`. */
  code: string
  message: string
  /** Byte of the hash, from 0. */
  offset?: number
  /** Name of the field, as the table of fields has it. */
  field?: string
  /** Why it matters, and how sure that is: section and tag of device-identity.md. */
  why?: string
  source?: string
}
