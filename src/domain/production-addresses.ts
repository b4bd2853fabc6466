import { type Address, isWithin, type Network, parseNetwork } from './ip-address.ts'

/** Addresses that belong to one production service alone. Any name may lead there. */
export interface ProductionAddresses {
  service: string
  source: string
  networks: readonly string[]
}

const words = (text: string): string[] => text.trim().split(/\s+/)

/** Addresses that Microsoft publishes for one service alone. Those of all of Azure are not here: customers have servers there. */
export const PRODUCTION_ADDRESSES: readonly ProductionAddresses[] = [
  {
    service: 'Entra sign-in of the global cloud',
    source: 'Microsoft Learn, Microsoft 365 URLs and IP address ranges, ID 56, and Additional endpoints, row 23',
    networks: words(`
      20.20.32.0/19 20.190.128.0/18 20.231.128.0/19 40.126.0.0/18 2603:1006:2000::/48 2603:1007:200::/48
      2603:1016:1400::/48 2603:1017::/48 2603:1026:3000::/48 2603:1027:1::/48 2603:1036:3000::/48 2603:1037:1::/48
      2603:1046:2000::/48 2603:1047:1::/48 2603:1056:2000::/48 2603:1057:2::/48`),
  },
  {
    service: 'Entra sign-in of the US Government',
    source: 'Microsoft Learn, Microsoft 365 URLs and IP address ranges: US Government GCC High and DoD, ID 13',
    networks: words('20.140.232.0/23 52.126.194.0/23 2001:489a:3500::/50'),
  },
  {
    service: 'Entra sign-in in China',
    source:
      'Microsoft Learn, URLs and IP address ranges for Office 365 operated by 21Vianet, ID 17, and Additional endpoints, row 23',
    networks: words(`
      40.72.70.0/23 42.159.87.106/32 42.159.92.96/32 52.130.2.32/27 52.130.3.64/27 52.130.17.192/27 52.130.18.32/27
      139.217.115.121/32 139.217.118.25/32 139.217.118.46/32 139.217.118.54/32 139.217.228.95/32 139.217.231.198/32
      139.217.231.208/32 139.217.231.219/32 139.219.132.56/32 139.219.133.182/32 2406:e500:5500::/48`),
  },
  {
    service: 'Intune of the global cloud',
    source: 'Microsoft Learn, Network endpoints for Microsoft Intune, ID 163',
    networks: words(`
      104.46.162.96/27 13.67.13.176/28 13.67.15.128/27 13.69.231.128/28 13.69.67.224/28 13.70.78.128/28 13.70.79.128/27
      13.74.111.192/27 13.77.53.176/28 13.86.221.176/28 13.89.174.240/28 13.89.175.192/28 20.189.229.0/25
      20.191.167.0/25 20.37.153.0/24 20.37.192.128/25 20.38.81.0/24 20.41.1.0/24 20.42.1.0/24 20.42.130.0/24
      20.42.224.128/25 20.43.129.0/24 20.44.19.224/27 40.119.8.128/25 40.67.121.224/27 40.70.151.32/28 40.71.14.96/28
      40.74.25.0/24 40.78.245.240/28 40.78.247.128/27 40.79.197.64/27 40.79.197.96/28 40.80.180.208/28 40.80.180.224/27
      40.80.184.128/25 40.82.248.224/28 40.82.249.128/25 52.150.137.0/25 52.162.111.96/28 52.168.116.128/27
      52.182.141.192/27 52.236.189.96/27 52.240.244.160/27 20.204.193.12/30 20.204.193.10/31 20.192.174.216/29
      20.192.159.40/29 104.208.197.64/27 172.160.217.160/27 172.201.237.160/27 172.202.86.192/27 172.205.63.0/25
      172.212.214.0/25 172.215.131.0/27 20.168.189.128/27 20.199.207.192/28 20.204.194.128/31 20.208.149.192/27
      20.208.157.128/27 20.214.131.176/29 20.91.147.72/29 4.145.74.224/27 4.150.254.64/27 4.154.145.224/27
      4.200.254.32/27 4.207.244.0/27 4.213.25.64/27 4.213.86.128/25 4.216.205.32/27 4.237.143.128/25 40.84.70.128/25
      48.218.252.128/25 57.151.0.192/27 57.153.235.0/25 57.154.140.128/25 57.154.195.0/25 57.155.45.128/25
      68.218.134.96/27 74.224.214.64/27 74.242.35.0/25 172.208.170.0/25 74.241.231.0/25 74.242.184.128/25`),
  },
  {
    service: 'Intune of the US Government',
    source: 'Microsoft Learn, US government endpoints for Microsoft Intune',
    networks: words(`
      52.227.99.114/32 20.141.108.112/32 13.72.17.166/32 52.126.185.115/32 52.227.211.91/32 23.97.10.212/32
      52.227.29.124/32 52.247.174.16/32 52.227.29.244/32 52.227.208.144/32 52.227.1.233/32 20.141.104.221/32
      52.247.134.218/32 20.141.78.227/32 13.77.236.201/32 62.10.86.128/25 62.10.87.128/25 20.159.110.0/25
      20.159.111.0/25 13.72.188.239/32 13.72.55.179/32`),
  },
  {
    service: 'Intune in China',
    source: 'Microsoft Learn, China endpoints for Microsoft Intune',
    networks: words(`
      40.73.38.143/32 139.217.97.81/32 52.130.80.24/32 40.73.41.162/32 40.73.58.153/32 139.217.95.85/32
      143.64.196.128/25 40.162.2.128/25 139.219.250.128/25 163.228.221.128/25`),
  },
]

let parsed: { service: string; networks: Network[] }[] | undefined

/** The production service that an address belongs to; undefined for every other address. */
export function productionServiceAt(address: Address): string | undefined {
  // Read with the first connection: most runs never make one.
  parsed ??= PRODUCTION_ADDRESSES.map(({ service, networks }) => ({ service, networks: networks.map(parseNetwork) }))
  return parsed.find(({ networks }) => networks.some((network) => isWithin(address, network)))?.service
}
