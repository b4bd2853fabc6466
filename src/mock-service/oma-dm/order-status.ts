/** Statuses that mean that an order is in force: done, accepted, a chunk of it arrived, and already there. */
const IN_FORCE = new Set(['200', '202', '213', '418'])

export const inForce = (status: string): boolean => IN_FORCE.has(status)
