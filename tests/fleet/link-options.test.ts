/** What the client is told for one connection. */
import { expect, it } from 'vitest'
import { clientOptions } from '../../daemon/fleet/link-options.js'

const config = { url: 'mqtt://broker', keepaliveSeconds: 30, connectTimeoutSeconds: 5 }

it('a line that only listens leaves no last will, one that speaks does; the client neither queues nor reconnects', async () => {
  const will = {
    topic: 'status',
    payload: '{}',
    properties: { contentType: 'a', payloadFormatIndicator: true, userProperties: { vehicle: 'v' } },
  }
  expect(await clientOptions(config, 'bus-12', 5, null)).not.toHaveProperty('will')
  expect(await clientOptions(config, 'bus-12', 5, will)).toMatchObject({
    ...{ clientId: 'bus-12', clean: true, reconnectPeriod: 0, queueQoSZero: false, keepalive: 30, connectTimeout: 5000 },
    will: { topic: 'status', qos: 1, retain: true, properties: { contentType: 'a' } },
  })
  expect((await clientOptions(config, 'bus-12', 4, will)).will).not.toHaveProperty('properties')
})

it('a file whose name is none at all is named with its key', async () => {
  await expect(clientOptions({ ...config, passwordFile: 'a\0b' }, 'bus-12', 5, null)).rejects.toMatchObject({
    code: 'file-unreadable',
    message: expect.stringContaining('fleet.passwordFile'),
  })
})
