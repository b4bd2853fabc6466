/** `actionState` of Microsoft Graph, as far as an order can be in it. */
export type ActionState = 'pending' | 'done' | 'failed'

/** A remote action that an administrator asked for: one of each name, the last. */
export interface DeviceAction {
  /** What its orders name. */
  id: string
  name: string
  state: ActionState
  /** Unix milliseconds. */
  startedAt: number
  /** Unix milliseconds. */
  updatedAt: number
  /** Orders that the device has not answered. */
  open: number
  effect: ActionEffect
}

/**
 * What becomes of the device's record when the device has taken the order: it ends at once, or when the device says goodbye; a reset
 * that keeps the enrolment makes the service plan anew, and Autopilot Reset takes the primary user away besides.
 */
export type ActionEffect = 'none' | 'removed' | 'leaves' | 'reset' | 'redeployed'
