/** What a line of a configuration may give away, and what must stay to be read. */
import { describe, expect, it } from 'vitest'
import { maskSecrets } from '../../daemon/config/index.js'

describe('a line that is shown to others', () => {
  it.each([
    'password: hunter2',
    '  pasword: "hunter2"',
    'fleet: {username: bus, password: hunter2, keepaliveSeconds: 3}',
    'pwd : hunter2',
    'kata_sandi: hunter2',
    'key: hunter2',
    'evidence: {key: hunter2}',
    'passwordFile: hunter2',
    'passwordFile: [hunter2]',
    'keyFile: {x: hunter2}',
    'apiKey: hunter2',
    'url: mqtts://bus:hunter2@broker.example:8883',
  ])('keeps the secret of: %s', (line) => {
    expect(maskSecrets(line)).not.toContain('hunter2')
    expect(maskSecrets(line)).toHaveLength(line.length)
  })

  it('keeps a key that stands by itself', () => expect(maskSecrets(`- ${'0aB9'.repeat(16)} # key`)).toMatch(/^- \*{64} # key$/))

  it.each([
    'passwordFile: /etc/kantukd/secrets/broker-password',
    'keyFile: "../secrets/key.pem"',
    'fleet: {keyFile: client.key, caFile: ca.pem}',
    'keepaliveSeconds: 60',
    'camera: {kind: usb, device: /dev/video0}',
    'url: mqtts://broker.example:8883',
  ])('shows: %s', (line) => expect(maskSecrets(line)).toBe(line))
})
