const BLOCKS = 'a logo of block characters is drawn in its place; Graph keeps the file'
const NOT_SIMULATED = 'not simulated'
const GUIDANCE = 'guidance for whole fleets: the apps of a school and its network decide'
const FIELD = 'seen in the field, and not in the public file that our look-up answers with'
const NOT_PUBLISHED =
  'the message table names the id; when Windows logs it is not published, or it is of a part that is not simulated'

/** Rows that no test proves, and why. */
export const LEFT = new Map([
  ['1.5/autopilot-client-update', 'exports switch it off; what the update does is not published'],
  ['1.5/feature-update-near-the-end-of', `${NOT_SIMULATED}: the offer of a feature update in the consumer way`],
  ['1.10/chevron-details-control', 'a terminal shows all steps of a category'],
  ['2.6/request-of-microsoft-graph', 'no request is documented'],
  ['2.6/remotewipe-on-se', 'the pages disagree: here it works on every edition'],
  ...['cloudassignedmdmid', 'cloudassignedprivacydiagnostics', 'cloudassignedtelemetrylevel', 'autopilotmode'].map(
    (row) => [`3.1/${row}`, FIELD],
  ),
  ...['aaddeviceid', 'autopilotservicecorrelationid', 'cloudassignedespenabled-cloudassigneddeviceregistration'].map(
    (row) => [`3.1/${row}`, FIELD],
  ),
  ['2.9/states-in-the-portal', `${NOT_SIMULATED}: the portal; Graph has no documented path for associations`],
  ['2.9/capture', `${NOT_SIMULATED}: the export of a device link, whose form is not published`],
  ['2.9/csv', 'the form of a device link is not published'],
  ['2.9/partners-oem', 'a fact of trade'],
  ['3.1/policydownloadcorrelationvector-autopilotcreationdate', FIELD],
  ['4.5/per-user-msi-lob', `${NOT_SIMULATED}: an MSI for the user alone`],
  ['5.2/do-proxy', `${NOT_SIMULATED}: requests for a range of bytes`],
  ['6.5/squarelogo-240-x-240-10-kb', BLOCKS],
  ['6.5/bannerlogo-36-x-245-background-image', BLOCKS],
  ['6.5/addressableusername', 'Graph keeps it; the greeting of an assigned user is on devices of some makers only'],
  ['7.1/availability', 'a fact of trade'],
  ['7.1/still-works', `${NOT_SIMULATED}: scripts run in device preparation alone, which Windows 11 SE does not have`],
  ['7.1/unenrolment-by-user', `${NOT_SIMULATED}: Settings after the first boot`],
  ['7.1/pxe', `${NOT_SIMULATED}: what happens before Windows starts`],
  ...['105-106', '107-108', '113-114-115', '116-117', '150-152', '157-158', '173-175-184', '185-189'].map((row) => [
    `8.1/${row}`,
    NOT_PUBLISHED,
  ]),
  ...['195-197', '200-210', '250-254', '300-303'].map((row) => [`8.1/${row}`, NOT_PUBLISHED]),
  ['8.2/62406-number-inferred', 'the number is inferred, and no event with a name alone is known'],
  ['8.3/system', `${NOT_SIMULATED}: the System log`],
  ['8.3/oobe-state', 'a value that programs on the device ask for: there are none'],
  ['9/network-lookup', GUIDANCE],
  ...['device-phase-2-tiny-apps', 'sign-in-to-hello-page-3', 'device-phase-real-fleets', 'account-phase'].map((row) => [
    `9/${row}`,
    GUIDANCE,
  ]),
  ...['first-generation-whole-run', 'v2'].map((row) => [`9/${row}`, GUIDANCE]),
  ['9/registration-assignment', 'the delays of a tenant are in its file'],
])
