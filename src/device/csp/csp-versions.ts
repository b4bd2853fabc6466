import { addressesOf } from './find-rule.ts'
import { CSPS } from './rules/index.ts'

/** The document of `DeviceManageability/Capabilities/CSPVersions` (mdm-protocols.md, 3.4 [O]): the CSPs that this device has. */
export const cspVersions = (): string =>
  [
    '<?xml version="1.0" encoding="utf-8"?>',
    '<DeviceManageability Version="com.microsoft/1.1/MDM/DeviceManageability"><Capabilities><CSPVersions>',
    ...roots().map(({ uri, version }) => `<CSP Node="${uri}" Version="${version}"></CSP>`),
    '</CSPVersions></Capabilities></DeviceManageability>',
  ].join('')

const roots = (): { uri: string; version: string }[] =>
  CSPS.flatMap(({ name, version, rules }) => {
    const uris = rules.flatMap(addressesOf).map((uri) => uri.slice(0, uri.indexOf(`/${name}`) + name.length + 1))
    return [...new Set(uris)].map((uri) => ({ uri, version }))
  }).sort((a, b) => (a.uri < b.uri ? -1 : 1))
