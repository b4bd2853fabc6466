/**
 * What may run on Windows 11 SE: the table "Available applications" of Microsoft's "Windows 11 SE Overview" as of 2024-01-09
 * [D] (oobe-autopilot-esp.md section 7.3). The page calls the version "supported version", and only two rows say "+". That
 * an older version is not approved and a newer one is, is our reading [I]: the page says neither.
 */
export interface ApprovedApp {
  name: string
  /** As published, without a trailing dot. */
  version: string
  type: 'store' | 'win32'
  /** The page's column "Vendor", which is not what an administrator types as publisher into Intune. */
  vendor: string
  /** The page itself says "or newer". */
  minimum?: true
}

/** `uwp` and `pwa` are apps of the Store and of the web. */
export interface PreinstalledApp {
  name: string
  type: 'uwp' | 'win32' | 'pwa'
}

/** An app as a tenant names it. */
export interface AppInQuestion {
  name: string
  version?: string
}

export type Approval =
  | { approved: true; app: ApprovedApp | PreinstalledApp }
  /** `name`: not on the list. `version`: on the list, but older than listed, or not a version. */
  | { approved: false; why: 'name' }
  | { approved: false; why: 'version'; app: ApprovedApp }

/**
 * Whether an app is on the list, by its name: upper and lower case and blanks do not count, everything else does. Without
 * a version the name decides. What is preinstalled is approved in any version.
 */
export function approvalOf({ name, version }: AppInQuestion): Approval {
  const key = keyOf(name)
  const app = APPROVED_APPS.find((listed) => keyOf(listed.name) === key)
  if (app && (version === undefined || isAtLeast(version, app.version))) return { approved: true, app }
  const preinstalled = PREINSTALLED_APPS.find((listed) => keyOf(listed.name) === key)
  if (preinstalled) return { approved: true, app: preinstalled }
  return app ? { approved: false, why: 'version', app } : { approved: false, why: 'name' }
}

export const isApproved = (app: AppInQuestion): boolean => approvalOf(app).approved

const keyOf = (name: string): string => name.trim().replace(/\s+/g, ' ').toLowerCase()

/** By the dotted numbers that a version begins with; parts that are missing are zeros. */
function isAtLeast(version: string, listed: string): boolean {
  const [ours, theirs] = [numbersOf(version), numbersOf(listed)]
  if (ours.length === 0) return false
  const length = Math.max(ours.length, theirs.length)
  const differing = Array.from({ length }, (_, part) => (ours[part] ?? 0) - (theirs[part] ?? 0)).find((by) => by !== 0)
  return (differing ?? 0) >= 0
}

/** `5.12.8 (10232)` is 5, 12, 8; `3.6.10-1149` is 3, 6, 10. */
const numbersOf = (version: string): number[] =>
  (/^v?(\d+(?:\.\d+)*)/i.exec(version.trim())?.[1] ?? '')
    .split('.')
    .filter((part) => part !== '')
    .map(Number)

const win32 = (name: string, version: string, vendor: string): ApprovedApp => row(name, version, 'win32', vendor)
const store = (name: string, version: string, vendor: string): ApprovedApp => row(name, version, 'store', vendor)

const row = (name: string, published: string, type: ApprovedApp['type'], vendor: string): ApprovedApp =>
  published.endsWith('+')
    ? { name, version: published.slice(0, -1), type, vendor, minimum: true }
    : { name, version: published, type, vendor }

/** In the order of the page. */
export const APPROVED_APPS: readonly ApprovedApp[] = [
  win32('3d builder', '18.0.1931.0', 'Microsoft'),
  win32('Absolute Software Endpoint Agent', '7.20.0.1', 'Absolute Software Corporation'),
  win32('AirSecure', '8.0.0', 'AIR'),
  win32('Alertus Desktop', '5.4.48.0', 'Alertus technologies'),
  win32('AristotleK12 Borderless Classroom', '3.0.11', 'Sergeant Laboratories'),
  win32('AristotleK12 Analytics', '10.0.6', 'Sergeant Laboratories'),
  win32('AristotleK12 Network filter', '3.1.10', 'Sergeant Laboratories'),
  win32('Bluebook', '0.9.203', 'Collegeboard'),
  win32('Brave Browser', '106.0.5249.119', 'Brave'),
  store('Bulb Digital Portfolio', '0.0.7.0', 'Bulb'),
  win32('CA Secure Browser', '15.0.0', 'Cambium Development'),
  win32('Cisco Umbrella', '3.0.466.0', 'Cisco'),
  win32('CKAuthenticator', '3.6+', 'ContentKeeper'),
  win32('Class Policy', '116.0.0', 'Class Policy'),
  win32('Classroom.cloud', '1.40.0004', 'NetSupport'),
  store('Clipchamp', '2.5.2', 'Microsoft'),
  win32('CoGat Secure Browser', '11.0.0.19', 'Riverside Insights'),
  win32('ColorVeil', '4.0.0.175', 'East-Tec'),
  win32('ContentKeeper Cloud', '9.01.45', 'ContentKeeper Technologies'),
  win32('DigiExam', '14.1.0', 'Digiexam'),
  win32('Digital Secure testing browser', '15.0.0', 'Digiexam'),
  win32('Dolphin Guide Connect', '1.27', 'Dolphin Guide Connect'),
  win32('Dragon Professional Individual', '16.00.200.121', 'Nuance Communications'),
  store('DRC INSIGHT Online Assessments', '14.0.0.0', 'Data recognition Corporation'),
  win32('Duo from Cisco', '6.3.0', 'Cisco'),
  win32('Dyknow', '7.9.13.7', 'Dyknow'),
  win32('e-Speaking Voice and Speech recognition', '4.4.0.11', 'e-speaking'),
  win32('EasyReader', '10.0.4.498', 'Dolphin Computer Access'),
  win32('Easysense 2', '1.32.0001', 'Data Harvest'),
  win32('Epson iProjection', '3.31', 'Epson'),
  win32('ESET Endpoint Security', '10.1.2046.0', 'ESET'),
  win32('ESET Remote Administrator Agent', '10.0.1126.0', 'ESET'),
  win32('eTests', '4.0.25', 'CASAS'),
  win32('Exam Writepad', '24.4.1.1200', 'Sheldnet'),
  win32('FirstVoices Keyboard', '15.0.270', 'SIL International'),
  win32('FortiClient', '7.2.0.4034+', 'Fortinet'),
  win32('Free NaturalReader', '16.1.2', 'Natural Soft'),
  win32('Ghotit Real Writer & Reader', '10.14.2.3', 'Ghotit Ltd'),
  win32('GoGuardian', '1.4.4', 'GoGuardian'),
  win32('Google Chrome', '110.0.5481.178', 'Google'),
  win32('GuideConnect', '1.24', 'Dolphin Computer Access'),
  win32('Illuminate Lockdown Browser', '2.0.5', 'Illuminate Education'),
  win32('Immunet', '7.5.8.21178', 'Immunet'),
  win32('Impero Backdrop Client', '5.0.151', 'Impero Software'),
  win32('IMT Lazarus', '2.86.0', 'IMTLazarus'),
  win32('Inprint', '3.7.6', 'Inprint'),
  win32('Inspiration 10', '10.11', 'TechEdology Ltd'),
  win32('Instashare', '1.3.13.0', 'Instashare'),
  win32('JAWS for Windows', '2024.2312.53', 'Freedom Scientific'),
  win32('Kite Student Portal', '9.0.0.0', 'Dynamic Learning Maps'),
  win32('Keyman', '16.0.142', 'SIL International'),
  store('Kortext', '2.3.433.0', 'Kortext'),
  win32('Kurzweil 3000 Assistive Learning', '20.13.0000', 'Kurzweil Educational Systems'),
  win32('LanSchool Classic', '9.1.0.46', 'Stoneware, Inc.'),
  win32('LanSchool Air', '2.0.13312', 'Stoneware, Inc.'),
  win32('Lexibar', '3.07.02', 'Lexibar'),
  win32('LGfL HomeProtect', '8.3.44.11', 'LGFL'),
  win32('Lightspeed Smart Agent', '1.9.1', 'Lightspeed Systems'),
  win32('Lightspeed Classroom', '3.4.5.0', 'Lightspeed Systems'),
  win32('Lightspeed Filter Agent', '2.5.2', 'Lightspeed Systems'),
  win32('Lightspeed Digital', '3.12.3.11', 'Lightspeed Systems'),
  win32('Linewize Authentication agent', '1.4.1', 'Linewize'),
  store('MetaMoJi ClassRoom', '3.12.4.0', 'MetaMoJi Corporation'),
  store('Microsoft Connect', '10.0.22000.1', 'Microsoft'),
  win32('Mind+ Desktop', '1.8.0', 'Mind+Desktop'),
  win32('Mozilla Firefox', '116.0.2', 'Mozilla'),
  store('Mobile Plans', '5.1911.3171.0', 'Microsoft Corporation'),
  win32('Musescore', '4.1.1.232071203', 'Musescore'),
  win32('NAPLAN', '5.2.2', 'NAP'),
  win32('Netref Student', '23.1.0', 'NetRef'),
  win32('NetSupport DNA', '4.80.0000', 'NetSupport'),
  win32('NetSupport Manager', '14.00.0012', 'NetSupport'),
  win32('NetSupport Notify', '5.10.1.223', 'NetSupport'),
  win32('NetSupport School', '14.00.0012', 'NetSupport'),
  win32('NextUp Talker', '1.0.49', 'NextUp Technologies'),
  win32('Netsweeper Workstation Agent', '4.50.54.54', 'Netsweeper'),
  win32('NonVisual Desktop Access', '2023.3', 'NV Access'),
  win32('NWEA Secure Testing Browser', '5.4.387.0', 'NWEA'),
  win32('PC Talker Neo', '2209', 'Kochi System Development'),
  win32('PC Talker Neo Plus', '2209', 'Kochi System Development'),
  win32('PaperCut', '22.0.6', 'PaperCut Software International Pty Ltd'),
  store('Pearson TestNav', '1.11.3', 'Pearson'),
  store('Project Monarch Outlook', '1.2023.831.400', 'Microsoft'),
  win32('Questar Secure Browser', '5.0.5.536', 'Questar, Inc'),
  win32('ReadAndWriteForWindows', '12.0.78', 'Texthelp Ltd.'),
  win32('Remote Desktop client (MSRDC)', '1.2.4487.0', 'Microsoft'),
  win32('Remote Help', '5.0.1311.0', 'Microsoft'),
  win32('Respondus Lockdown Browser', '2.1.1.05', 'Respondus'),
  win32('Safe Exam Browser', '3.5.0.544', 'Safe Exam Browser'),
  win32('SchoolYear', '3.7.10', 'SchoolYear'),
  win32('School Manager', '3.6.10-1149', 'Linewize'),
  win32('Schoolnet Secure Tester', '2.1.0', 'School Net'),
  win32('Scratch', '3.0', 'MIT'),
  win32('Senso.Cloud', '2021.11.15.0', 'Senso.Cloud'),
  win32('Skoolnext', '2.19', 'Skool.net'),
  win32('Smoothwall Monitor', '2.9.2', 'Smoothwall Ltd'),
  win32('SuperNova Magnifier & Screen Reader', '22.04', 'Dolphin Computer Access'),
  win32('SuperNova Magnifier & Speech', '21.03', 'Dolphin Computer Access'),
  win32('Snapplify', '6.9.7', 'Snapplify'),
  win32('TX Secure Browser', '16.0.0', 'Cambium Development'),
  win32('VitalSourceBookShelf', '10.2.26.0', 'VitalSource Technologies Inc'),
  win32('WA Secure Browser', '16.0.0', 'Cambium Development'),
  win32('Winbird', '19', 'Winbird Co., Ltd.'),
  win32('WordQ', '5.4.29', 'WordQ'),
  win32('Windows SEB', '3.4.0', 'Illinois Stateboard of Education'),
  store('Windows Notepad', '12.0.78', 'Microsoft Corporation'),
  win32('Zoom', '5.12.8 (10232)', 'Zoom'),
  win32('ZoomText Fusion', '2024.2403.1.400', 'Freedom Scientific'),
  win32('ZoomText Magnifier/Reader', '2024.2402.66.400', 'Freedom Scientific'),
]

/** The table "Applications included in Windows 11 SE" of the same page [D]. */
export const PREINSTALLED_APPS: readonly PreinstalledApp[] = [
  { name: 'Alarm & Clock', type: 'uwp' },
  { name: 'Calculator', type: 'uwp' },
  { name: 'Camera', type: 'uwp' },
  { name: 'Microsoft Edge', type: 'win32' },
  { name: 'Excel', type: 'win32' },
  { name: 'Feedback Hub', type: 'uwp' },
  { name: 'File Explorer', type: 'win32' },
  { name: 'FlipGrid', type: 'pwa' },
  { name: 'Get Help', type: 'uwp' },
  { name: 'Media Player', type: 'uwp' },
  { name: 'Maps', type: 'uwp' },
  { name: 'Minecraft: Education Edition', type: 'uwp' },
  { name: 'Movies & TV', type: 'uwp' },
  { name: 'News', type: 'uwp' },
  { name: 'Notepad', type: 'win32' },
  { name: 'OneDrive', type: 'win32' },
  { name: 'OneNote', type: 'win32' },
  { name: 'Outlook', type: 'pwa' },
  { name: 'Paint', type: 'win32' },
  { name: 'Photos', type: 'uwp' },
  { name: 'PowerPoint', type: 'win32' },
  { name: 'Settings', type: 'uwp' },
  { name: 'Snip & Sketch', type: 'uwp' },
  { name: 'Sticky Notes', type: 'uwp' },
  { name: 'Teams', type: 'win32' },
  { name: 'To Do', type: 'uwp' },
  { name: 'Whiteboard', type: 'uwp' },
  { name: 'Word', type: 'win32' },
]
