"""What the school of this server orders, and what a device has to answer to each order."""

import hashlib
import json
from urllib.parse import quote

import hardware
import health
import renewal

DEVICE, USER = "./Device/Vendor/MSFT", "./User/Vendor/MSFT"
DELIMITER = "\uf000"
OK = (200,)
CHUNK = 900


class Order:
    """One command. `allowed` are the statuses that are right; with several items there may be one tuple for each."""

    def __init__(self, kind, uri=None, data=None, form=None, allowed=OK, items=None, children=None, size=None, raw=False,
                 cut=False):
        self.kind = kind
        self.items = items or ([] if uri is None else [(uri, data, form)])
        self.children = children or []
        self.allowed = allowed
        self.size = size
        self.raw = raw
        # Its end never comes: another object begins behind its first chunk.
        self.cut = cut

    @property
    def is_large(self):
        return self.kind in ("Add", "Replace") and len(self.items) == 1 and not self.raw and (
            self.size is not None or len((self.items[0][1] or "").encode()) > CHUNK)


class Batch:
    """Orders of one message; held back until `ready`."""

    def __init__(self, *orders, ready=lambda device: True):
        self.orders = list(orders)
        self.ready = ready


def add(uri, data, form="chr", **more):
    return Order("Add", uri, data, form, **more)


def replace(uri, data, form="chr", **more):
    return Order("Replace", uri, data, form, **more)


def get(uri, **more):
    return Order("Get", uri, **more)


def package_of(app):
    """The stand-in for a Windows Installer file that a simulated device can run."""
    return b"OOBE-SIM-MSI/1\n" + json.dumps({
        "identity": app["product"], "name": app["name"], "publisher": app["publisher"], "version": app["version"],
        "installSeconds": app["installSeconds"], "exitCode": 0, "isDetected": True}).encode()


def product_uri(root, app):
    return f"{root}/EnterpriseDesktopAppManagement/MSI/{quote(app['product'])}"


class Plan:
    def __init__(self, school, tenant, provider, parcels, care, habits):
        self.school = school
        self.tenant = tenant
        self.parcels = parcels
        self.care = care
        self.habits = habits
        self.provider = quote(provider)
        self.agent = quote(habits["agent"])

    def sync(self, root):
        return f"{root}/DMClient/Provider/{self.provider}/FirstSyncStatus"

    def device(self):
        habits = self.habits
        exam = habits["exam"] == "yes"
        sync = self.sync(DEVICE)
        tracking = f"{DEVICE}/EnrollmentStatusTracking/DevicePreparation/PolicyProviders/{self.agent}"
        is_skipped = {"none": ("true", "1"), "device": ("false", "1"), "both": ("false", "0")}[habits["page"]]
        is_ready = habits["ready"] == "yes"
        return [
            Batch(
                get("./DevDetail/Ext/Microsoft/DeviceName"),
                get("./DevDetail/SwV"),
                Order("Get", items=[("./DevDetail/Ext/Microsoft/SMBIOSSerialNumber", None, None),
                                    ("./DevDetail/LrgObj", None, None)]),
                get("./DevDetail/Ext/DeviceHardwareData"),
                *(get(uri) for uri in hardware.NODES[1:]),
                get(f"{DEVICE}/DMClient/Provider/{self.provider}/EntDMID"),
            ),
            Batch(
                Order("Replace", items=[(f"{sync}/SkipDeviceStatusPage", is_skipped[0], "bool"),
                                        (f"{sync}/SkipUserStatusPage", is_skipped[1], "bool")]),
                replace(f"{sync}/BlockInStatusPage", habits["block"], "int"),
                replace(f"{sync}/AllowCollectLogsButton", "true", "bool"),
                replace(f"{sync}/TimeOutUntilSyncFailure", habits["minutes"], "int"),
                replace(f"{sync}/CustomErrorText", habits["text"]),
                Order("Add", tracking, None, "node"),
                add(f"{tracking}/InstallationState", "1", "int"),
                *([] if habits["limit"] == "" else [add(f"{tracking}/Timeout", habits["limit"], "int")]),
                *self.polls(),
                replace(f"{DEVICE}/Policy/Config/Update/OobeExpeditedUpdate", "1", "int"),
                *([] if habits["hello"] != "off" else [
                    replace(f"{DEVICE}/PassportForWork/{self.tenant}/Policies/UsePassportForWork", "false", "bool")]),
            ),
            *self.phase(DEVICE, "device"),
            *(examination(self) if exam else []),
            *renewal.orders(self.provider, habits["renew"]),
            *(health.orders() if habits["health"] == "yes" else []),
            *([Batch(replace(f"{tracking}/InstallationState", "3", "int"))] if habits["tracked"] else []),
            *self.tracked(),
            Batch(*([replace(f"{tracking}/InstallationState", "3", "int")] if is_ready else []),
                  *self.finish(DEVICE), ready=lambda device: device.has_reported("device")),
            # What is finished stays finished.
            *([Batch(replace(f"{sync}/ServerHasFinishedProvisioning", "false", "bool", allowed=(405,)),
                     get(f"{sync}/ServerHasFinishedProvisioning"))] if exam else []),
        ]

    def user(self):
        account = f"{USER}/DMClient/Provider/{self.provider}"
        return [
            Batch(Order("Add", account, None, "node"), Order("Add", f"{account}/FirstSyncStatus", None, "node")),
            *self.phase(USER, "user"),
            Batch(*self.finish(USER), ready=lambda device: device.has_reported("user")),
            # The same machine as before, after whatever has happened to it.
            Batch(get(hardware.HASH), *(get(uri) for uri in hardware.NODES)),
        ]

    def finish(self, root):
        return [] if self.habits["finish"] == "no" else [
            replace(f"{self.sync(root)}/ServerHasFinishedProvisioning", "true", "bool")]

    def polls(self):
        """COUNT/MINUTES of the first, the second and the remaining set."""
        if self.habits["poll"] == "":
            return []
        names = ["NumberOfFirstRetries", "IntervalForFirstSetOfRetries", "NumberOfSecondRetries",
                 "IntervalForSecondSetOfRetries", "NumberOfRemainingScheduledRetries",
                 "IntervalForRemainingScheduledRetries"]
        numbers = self.habits["poll"].replace("/", " ").split()
        poll = f"{DEVICE}/DMClient/Provider/{self.provider}/Poll"
        return [replace(f"{poll}/{name}", number, "int") for name, number in zip(names, numbers, strict=True)]

    def tracked(self):
        """An agent's list and what becomes of its app, session by session."""
        if self.habits["tracked"] == "":
            return []
        setup = f"{DEVICE}/EnrollmentStatusTracking/Setup/Apps"
        created = f"{setup}/PolicyProviders/{self.agent}/TrackingPoliciesCreated"
        app = f"{setup}/Tracking/{self.agent}/Quiz%20Room"
        batches = [Batch(Order("Add", f"{setup}/PolicyProviders/{self.agent}", None, "node"))]
        if self.habits["tracked"] == "unlisted":
            return batches
        states = {"installed": "23", "failed": "24", "restart": "23"}[self.habits["tracked"]]

        def after(number):
            return lambda device: len(device.sessions) >= number

        batches.append(Batch(add(f"{app}/TrackingUri", "./Vendor/MSFT/Hedgerow/Quiz"),
                             add(f"{app}/InstallationState", "1", "int"),
                             add(created, "true", "bool"), ready=after(8)))
        for place, state in enumerate(states):
            batches.append(Batch(replace(f"{app}/InstallationState", state, "int"),
                                 *([replace(f"{app}/RebootRequired", "2", "int")]
                                   if (self.habits["tracked"], state) == ("restart", "3") else []),
                                 ready=after(9 + place)))
        return batches

    def phase(self, root, scope):
        policies = [(f"{root}/Policy/Config/{name}", value) for name, value in self.school["policies"][scope].items()]
        if scope == "device" and self.habits["restart"] == "yes":
            policies += [(f"{root}/Policy/Config/DeviceGuard/{name}", "1")
                         for name in ("EnableVirtualizationBasedSecurity", "LsaCfgFlags")]
        networks = [(f"{root}/WiFi/Profile/{quote(ssid)}/WlanXml", wlan(ssid)) for ssid in self.school["networks"][scope]]
        apps = [app for app in self.school["apps"] if app["scope"] == scope]
        dummy = [f"{DEVICE}/DMClient/Provider/{self.provider}/EntDMID"] if scope == "device" else []
        sync = self.sync(root)
        letter = "Dear learner & guardian: " + "please read <the school's> rules. \u00e9\u20ac\U0001f393 " * 60
        return [
            Batch(add(f"{sync}/ExpectedPolicies", DELIMITER.join(dummy + [uri for uri, _ in policies])),
                  add(f"{sync}/ExpectedNetworkProfiles", DELIMITER.join(uri for uri, _ in networks)),
                  add(f"{sync}/ExpectedMSIAppPackages",
                      DELIMITER.join(f"{product_uri(root, app)};{7 + place}" for place, app in enumerate(apps)))),
            Batch(Order("Atomic", children=[add(uri, value) for uri, value in policies]),
                  Order("Sequence", children=[add(uri, "<draft/>") for uri, _ in networks]
                        + [replace(uri, value) for uri, value in networks])),
            Batch(add(f"{root}/Policy/Config/Hedgerow/Letter", letter)),
            Batch(*[order for app in apps for order in self.install(root, app)]),
        ]

    def products(self, root, scope):
        return [product_uri(root, app) for app in self.school["apps"] if app["scope"] == scope]

    def install(self, root, app):
        uri = f"{product_uri(root, app)}/DownloadInstall"
        digest = hashlib.sha256(package_of(app)).hexdigest().upper()
        job = (f'<MsiInstallJob id="{app["product"]}">\r\n<Product Version="{app["version"]}">'
               f"<Validation><FileHash>\r\n{digest}</FileHash></Validation><Enforcement><RetryCount>3</RetryCount>"
               "<TimeOut>10</TimeOut><RetryInterval>1</RetryInterval><CommandLine>/quiet</CommandLine></Enforcement>"
               f"<Download><ContentURLList><ContentURL>{self.parcels}/lost.msi</ContentURL>"
               f"<ContentURL>{self.parcels}/{app['product'][1:-1]}.msi</ContentURL></ContentURLList></Download>"
               "</Product></MsiInstallJob>")
        return [Order("Add", uri, None, "xml"), Order("Exec", uri, job, "xml", allowed=(202,), raw=True)]


def wlan(ssid):
    return f'<WLANProfile xmlns="http://www.microsoft.com/networking/WLAN/profile/v1"><name>{ssid}</name></WLANProfile>'


def examination(plan):
    """Orders that a device has to refuse, each with the status that is right for it."""
    area = f"{DEVICE}/Policy/Config/Hedgerow"
    sync = plan.sync(DEVICE)
    inside = (507,)
    return [
        Batch(
            get(f"{DEVICE}/DeviceStatus/Nothing", allowed=(404,)),
            get("/DevInfo/Man", allowed=(400,)),
            get("./DevDetail?list=TNDS", allowed=(406,)),
            get(f"{DEVICE}/DMClient/Provider/Somebody%20Else/EntDMID", allowed=(425,)),
            replace("./DevInfo/Man", "Hedgerow", allowed=(405,)),
            replace(f"{sync}/BlockInStatusPage", "many", "int", allowed=(415,)),
            replace(f"{sync}/SkipUserStatusPage", "false", "chr", allowed=(415,)),
            add(f"{sync}/ExpectedPolicies", "again", allowed=(418,)),
            Order("Delete", f"{area}/Nobody", allowed=(404,)),
            add(f"{USER}/Policy/Config/Hedgerow/Early", "1", allowed=(405,)),
            Order("Transform", f"{area}/Odd", allowed=(400,)),
            Order("Alert", allowed=OK),
        ),
        Batch(
            add(f"{area}/B%20%2F%20C", "kept"),
            Order("Add", items=[(f"{area}/A", "1", "chr"), (f"{area}/B%20%2F%20C", "2", "chr")], allowed=[(200,), (418,)]),
            get(area),
            get("./DevDetail/URI?list=StructData"),
            Order("Delete", items=[(f"{area}/A", None, None), (f"{area}/B%20%2F%20C", None, None)]),
        ),
        Batch(
            Order("Atomic", allowed=inside, children=[
                add(f"{area}/First", "1", allowed=(216,)), replace("./DevInfo/Mod", "x", allowed=(405,)),
                add(f"{area}/Third", "3", allowed=(215,))]),
            get(f"{area}/First", allowed=(404,)),
            Order("Atomic", allowed=inside, children=[add(f"{area}/Fourth", "4", allowed=(216,)),
                                                      get(f"{area}/Fourth", allowed=(500,))]),
            Order("Atomic", allowed=inside, children=[
                add(f"{area}/Fifth", "5", allowed=(216,)),
                Order("Atomic", allowed=(500,), children=[add(f"{area}/Sixth", "6", allowed=(215,))])]),
            get(f"{area}/Fifth", allowed=(404,)),
        ),
        Batch(add(f"{area}/Long", "x" * 2_000, size=2_001, allowed=(424,))),
        Batch(add(f"{area}/Cut", "y" * 2_000, cut=True)),
        Batch(add(f"{area}/Whole", "1")),
        Batch(get(f"{area}/Cut", allowed=(404,))),
        Batch(replace(f"{sync}/ServerHasFinishedProvisioning", "maybe", "bool", allowed=(415,)),
              replace(f"{sync}/TimeOutUntilSyncFailure", "0", "int", allowed=(400,)),
              # No process listens at the first of the two.
              replace(f"{DEVICE}/DMClient/Provider/{plan.provider}/ManagementServerAddressList",
                      f"<https://127.0.0.1:9/gone><{plan.care}>"),
              get(f"{sync}/IsSyncDone"), get(f"{sync}/WasDeviceSuccessfullyProvisioned")),
    ]
