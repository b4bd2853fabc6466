/** `escapeLinkHidden` hides the way to another account. It works on a page with the tenant's branding (oobe-autopilot-esp.md, 1.6 [D]). */
export const mayChangeAccount = (page: {
  tenant?: { hidesOtherAccount: boolean } | undefined
  branding: object | null
}): boolean => !(page.tenant?.hidesOtherAccount && page.branding)
