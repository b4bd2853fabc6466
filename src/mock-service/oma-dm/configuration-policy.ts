import type { Assignment } from '../directory/state.ts'

/** `deviceManagementConfigurationPolicy`: a policy of the settings catalogue. */
export interface ConfigurationPolicy extends Assignment {
  id: string
  name: string
  description: string
  platforms: string
  technologies: string
  template: PolicyTemplate
  roleScopeTagIds: readonly string[]
  /** `deviceManagementConfigurationSetting`, as they came. */
  settings: readonly Readonly<Record<string, unknown>>[]
  /** Unix milliseconds. */
  createdAt: number
  /** Unix milliseconds. */
  lastModifiedAt: number
}

/** `deviceManagementConfigurationPolicyTemplateReference`. */
export interface PolicyTemplate {
  /** That of the template and its version; empty for a policy without one. */
  templateId: string
  templateFamily: string
  templateDisplayName: string | null
  templateDisplayVersion: string | null
}

/** A setting that reaches devices as a node of a configuration service provider. */
export interface PolicySetting {
  scope: 'device' | 'user'
  uri: string
  format: 'int' | 'bool' | 'chr'
  value: string
  /** Whose it is. */
  policy: string
}
