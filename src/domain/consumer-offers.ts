/** What a person may say that the device is for. The page is documented, its list is not (oobe-autopilot-esp.md, 1.1 [D], [U]). */
export const EXPERIENCES = ['entertainment', 'gaming', 'school', 'creativity', 'business', 'family'] as const
