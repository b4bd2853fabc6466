/**
 * Values of `Installation/{id}/Status` and `FinalStatus` (Office CSP: mdm-protocols.md, 3.7, and oobe-autopilot-esp.md, 4.6 [F]). A
 * failure has the number of the Office Deployment Tool: 1460 its files did not come, 17002 it did not complete [U].
 */
export const OFFICE_STATUS = {
  inProgress: '997',
  succeeded: '70',
  failed: '60',
  notDownloaded: 1460,
  incomplete: 17_002,
} as const
