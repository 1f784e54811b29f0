/** Who is on the local network, and under which addresses this box is there. A lorry's modem may have an address of the open internet. */
import { BlockList, isIPv6 } from 'node:net'
import { networkInterfaces } from 'node:os'

// Source: RFC 1918, RFC 3927, RFC 4193, RFC 4291; loopback.
const PRIVATE: readonly [network: string, prefix: number, family: 'ipv4' | 'ipv6'][] = [
  ['127.0.0.0', 8, 'ipv4'],
  ['10.0.0.0', 8, 'ipv4'],
  ['172.16.0.0', 12, 'ipv4'],
  ['192.168.0.0', 16, 'ipv4'],
  ['169.254.0.0', 16, 'ipv4'],
  ['fc00::', 7, 'ipv6'],
  ['fe80::', 10, 'ipv6'],
  ['::1', 128, 'ipv6'],
]

const neighbours = new BlockList()
for (const [network, prefix, family] of PRIVATE) neighbours.addSubnet(network, prefix, family)

/** Whether an address is one of a local network. IPv4 in IPv6 (`::ffff:…`) counts as what it is. */
export function isNeighbour(address: string | undefined): boolean {
  if (address === undefined) return false
  const plain = address.replace(/^::ffff:/, '')
  return neighbours.check(plain, isIPv6(plain) ? 'ipv6' : 'ipv4')
}

/** Whether only this machine itself reaches an address: no phone does. */
export const isOwnOnly = (url: string): boolean => /^(127\..*|localhost|\[::1\])$/.test(new URL(url).hostname)

/** Where a page on `port` is reached. @param address on which it listens; 0.0.0.0: all */
export function urlsOf(address: string, port: number, interfaces = networkInterfaces()): string[] {
  if (address !== '0.0.0.0') return [`http://${address}:${port}/`]
  const own = Object.values(interfaces)
    .flatMap((addresses) => addresses ?? [])
    .filter(({ family, internal, address: each }) => family === 'IPv4' && !internal && isNeighbour(each))
    .map(({ address: each }) => each)
  return (own.length > 0 ? own : ['127.0.0.1']).map((each) => `http://${each}:${port}/`)
}
