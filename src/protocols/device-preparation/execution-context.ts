import * as v from 'valibot'
import { WORKLOAD_KINDS, type WorkloadKind } from '../../domain/device-preparation.ts'
import { decodeAnswer, flag, object, optional, optionalList, text } from '../json-answer.ts'

/**
 * `BootstrapperAgent/ExecutionContext` of the DevicePreparation CSP: what the server tells its management extension of the policy. To
 * Windows it is opaque data, and Intune's form is not published; this form is ours (docs/lookup.md).
 */
export interface ExecutionContext {
  policyName: string
  accountType: 'standard' | 'administrator'
  workloads: SelectedWorkload[]
}

/** Something that the policy selects. */
export interface SelectedWorkload {
  id: string
  name: string
  kind: WorkloadKind
  /** LocURI of an app that comes over the management channel; empty for the management extension's. */
  uri: string
  /** It is not assigned to the device group of the policy, or not meant for the system: it is passed over [D]. */
  isSkipped: boolean
}

const CODE = 'ERR_EXECUTION_CONTEXT_MALFORMED'

const CONTEXT = object({
  policyName: text,
  accountType: v.picklist(['standard', 'administrator'], 'is no account type'),
  workloads: optionalList(
    object({
      id: text,
      name: text,
      kind: v.picklist(WORKLOAD_KINDS, 'is no kind of a workload'),
      uri: optional(text),
      isSkipped: flag,
    }),
  ),
})

export const encodeExecutionContext = (context: ExecutionContext): string => JSON.stringify(context)

/** @throws DecodeError `ERR_EXECUTION_CONTEXT_MALFORMED` */
export function decodeExecutionContext(input: string): ExecutionContext {
  const { workloads = [], ...policy } = decodeAnswer(input, CONTEXT, CODE)
  return { ...policy, workloads: workloads.map((workload) => ({ ...workload, uri: workload.uri ?? '' })) }
}
