export * from './effective-policy.ts'
export * from './get-policies-request.ts'
export * from './get-policies-response.ts'
export * from './policy-types.ts'
