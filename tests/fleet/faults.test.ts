import { describe, expect, it } from 'vitest'
import { connectionFault, placeOf, publishFault } from '../../daemon/fleet/faults.js'

const withCode = (code: string | number, message = 'words of the library') => Object.assign(new Error(message), { code })
const url = 'mqtts://broker.example:8883'

describe('what is said of a fault', () => {
  it.each([
    ['ECONNREFUSED', 'refused'],
    ['EAI_AGAIN', 'name-unknown'],
    ['ENETUNREACH', 'unreachable'],
    ['CERT_HAS_EXPIRED', 'tls-expired'],
    ['CERT_NOT_YET_VALID', 'tls-expired'],
    ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'tls-untrusted'],
    ['ERR_SSL_WRONG_VERSION_NUMBER', 'tls-handshake'],
    ['ECONNRESET', 'closed'],
    [4, 'login'],
    [135, 'login'],
    [132, 'protocol'],
    [142, 'taken-over'],
    ['EWHATEVER', 'unknown'],
  ])('%s is told as %s, in one line that names the broker', (code, expected) => {
    const fault = connectionFault(withCode(code, 'several\n  lines'), url)
    expect(fault.code).toBe(expected)
    expect(fault.message).toContain(url)
    expect(fault.message).not.toContain('\n')
    expect(fault.cause).toBeInstanceOf(Error)
  })

  it.each([
    [new Error('connack timeout'), 'timeout'],
    [new Error('Keepalive timeout'), 'timeout'],
    [new Error('words'), 'unknown'],
    [withCode('ERR_OSSL_WRONG'), 'tls-handshake'],
    [withCode(200), 'unknown'],
    [new AggregateError(['a word']), 'unknown'],
  ])('%o, which has no code of its own: %s', (error, code) => expect(connectionFault(error, url).code).toBe(code))

  it('a fault without words is told by its name', () =>
    expect(connectionFault(new TypeError(''), url).message).toContain('failed (TypeError): '))

  it('looks into the first of several failed addresses', () => {
    const all = new AggregateError([withCode('ECONNREFUSED'), withCode('ECONNREFUSED')])
    expect(connectionFault(all, url).code).toBe('refused')
  })

  it('tells the third connection lost at once from the first', () => {
    expect(connectionFault(null, url, { wasUp: true, shortLived: 2 }).code).toBe('closed')
    expect(connectionFault(null, url, { wasUp: true, shortLived: 3 }).code).toBe('taken-over')
  })

  it('names an address that is none as it stands', () => expect(placeOf('broker')).toBe('broker'))

  it('never shows a password that someone put into the address', () => {
    expect(placeOf('mqtt://bus:secret@broker.example:1883')).toBe('mqtt://broker.example:1883')
    expect(connectionFault(withCode('ECONNREFUSED'), 'mqtt://bus:secret@broker.example').message).not.toContain('secret')
  })

  it('tells a message that is not allowed from one that is not liked and from a line that broke', () => {
    const codes = [withCode(135), withCode(153), new Error('Connection closed')].map((error) => publishFault(error, 'a/b', url).code)
    expect(codes).toEqual(['forbidden', 'publish-refused', 'closed'])
  })
})
