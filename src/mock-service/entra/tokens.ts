import { createPublicKey } from 'node:crypto'
import { type Claims, verifyJwt } from '../../protocols/jwt/jwt.ts'
import type { Tenant } from '../tenant.ts'

/** Checks a token of this tenant. @throws DecodeError `ERR_JWT_…` */
export const verifyToken = (tenant: Tenant, token: string): Claims =>
  verifyJwt(token, createPublicKey(tenant.tokenKey()), Math.floor(tenant.now() / 1000))
