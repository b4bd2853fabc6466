/** What makes a device a kiosk: the node of the CSP, and the policy of the same name. */
export const NODES_OF_KIOSK =
  /^\.\/Device\/Vendor\/MSFT\/(?:AssignedAccess\/Configuration|Policy\/Config\/AssignedAccess\/Configuration)$/
