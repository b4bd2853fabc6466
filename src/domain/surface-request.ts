/**
 * A request to Microsoft's support to register Surface devices. What it has to prove: "Surface Registration Support for Windows
 * Autopilot", Microsoft Learn, 2022-08-15 [D].
 */
export const SURFACE_PROOF = {
  /** "original bill of sale or invoice in PDF format. Screenshots are not accepted." */
  format: 'the original bill of sale or invoice as a PDF; a screenshot is not accepted',
  /** "must include: device serial numbers, company name". */
  contents: 'the serial number of each device, and the name of the school',
} as const

/** What a PDF begins with. */
export const PDF_MARK = '%PDF-'

/** How long Microsoft takes: no source says it [U]. */
export const SURFACE_ANSWER_AFTER = '3d'
