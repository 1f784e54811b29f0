import { describe, expect, it } from 'vitest'
import { isNeighbour, urlsOf } from '../../daemon/aim/neighbours.js'
import { where } from '../../daemon/commands/aim.js'

describe('who is answered', () => {
  it.each([
    '127.0.0.1',
    '10.1.2.3',
    '172.16.0.1',
    '172.31.255.254',
    '192.168.4.2',
    '169.254.1.1',
    '::1',
    'fe80::1',
    'fd12::1',
    '::ffff:192.168.4.2',
  ])('%s is', (address) => expect(isNeighbour(address)).toBe(true))
  it.each(['8.8.8.8', '172.32.0.1', '100.64.0.1', '192.169.0.1', '2001:db8::1', '::ffff:8.8.8.8', undefined])('%s is not', (address) =>
    expect(isNeighbour(address)).toBe(false),
  )
})

describe('where the page is', () => {
  const each = (address: string, internal = false) => ({
    ...{ address, internal, netmask: '', mac: '', cidr: null },
    family: 'IPv4' as const,
  })
  it('on every address of the local network, and not on that of the modem', () => {
    const interfaces = { lo: [each('127.0.0.1', true)], wlan0: [each('192.168.4.1')], wwan0: [each('83.12.7.9')] }
    expect(urlsOf('0.0.0.0', 8320, interfaces)).toEqual(['http://192.168.4.1:8320/'])
  })
  it('on this machine alone, where it has no network', () => expect(urlsOf('0.0.0.0', 8320, {})).toEqual(['http://127.0.0.1:8320/']))
  it('is said to be out of reach of a phone where there is no network, with how to get one, and where it is at the machine itself', () => {
    const said = where(urlsOf('0.0.0.0', 8320, { lo: [each('127.0.0.1', true)] }))
    expect(said).toMatch(/^No phone can reach the page/)
    expect(said).toContain('sudo nmcli device wifi hotspot')
    expect(said).toContain('http://127.0.0.1:8320/')
    expect(where(['http://192.168.4.1:8320/', 'http://10.0.0.9:8320/'])).toBe(
      'On a phone in the same network:  http://192.168.4.1:8320/\n                            or:  http://10.0.0.9:8320/',
    )
  })
  it('on the one address that is set', () => expect(urlsOf('10.0.0.1', 8320, {})).toEqual(['http://10.0.0.1:8320/']))
})
