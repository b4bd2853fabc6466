/**
 * A value of a policy without what may name a school: numbers, flags and the words of ADMX stay, the configuration of a kiosk keeps its
 * structure, any other text is replaced.
 */
export function plainPolicyValue(value: string): string {
  if (/^-?\d{1,10}$/.test(value) || /^(true|false)$/i.test(value) || /^<(enabled|disabled)\s*\/>$/.test(value.trim()))
    return value
  if (value.includes('<AssignedAccessConfiguration')) return plainKiosk(value)
  return value === '' ? '' : 'synthetic'
}

const KIOSK_LENGTH_MAX = 64 * 1024

/** Apps and accounts of a kiosk by other names; ids of its profiles refer to each other, and stay. */
const plainKiosk = (xml: string): string =>
  xml
    .slice(0, KIOSK_LENGTH_MAX)
    .replace(/(AppUserModelId|DesktopAppPath|ClassicAppArguments|DisplayName)="[^"]*"/g, (_, name: string) =>
      name === 'AppUserModelId' ? `${name}="Contoso.LibraryCatalogue_1x2y3z!App"` : `${name}="synthetic"`,
    )
    .replace(/<Account>[^<]*<\/Account>/g, '<Account>Kiosk</Account>')
