/** What is told by MQTT is heard where the fleet's link is: at the next broker while the first is away, and at the first again. */
import { connectAsync } from 'mqtt'
import { expect, it, onTestFinished } from 'vitest'
import { subscribeTo } from '../../daemon/inputs/subscription.js'
import { keepLog, until } from '../fleet/harness.js'
import { freePort, startMosquitto } from '../fleet/mosquitto.js'

const tell = async (port: number, text: string) => {
  const client = await connectAsync(`mqtt://127.0.0.1:${port}`)
  await client.publishAsync('vehicle/speed', text, { qos: 1 })
  await client.endAsync()
}

it('the speed is heard at the second broker while the first is away, at the first once it is back, and the log says each once', async () => {
  const [first, second] = [await freePort(), await startMosquitto()]
  onTestFinished(() => second.stop())
  const { log, lines } = keepLog()
  const heard: string[] = []
  const subscription = subscribeTo({
    ...{ name: 'speed', clientId: 'speed', topic: 'vehicle/speed', log, retryMs: 50, homeEveryMs: 100 },
    broker: { url: `mqtt://127.0.0.1:${first}`, fallbackUrls: [second.url], keepaliveSeconds: 30, connectTimeoutSeconds: 5 },
    onMessage: (text) => void heard.push(text),
    onLost: () => undefined,
  })
  onTestFinished(() => subscription.close())
  const says = (part: string) =>
    until(
      () => lines.some(({ message }) => message.includes(part)),
      () => lines.map(({ message }) => message).join('\n'),
    )
  await says(`at ${second.url}`)
  await tell(second.port, '50')
  await until(
    () => heard.includes('50'),
    () => 'the second broker is not heard',
  )
  const back = await startMosquitto({ port: first })
  onTestFinished(() => back.stop())
  await says(`at mqtt://127.0.0.1:${first}`)
  await tell(first, '60')
  await until(
    () => heard.includes('60'),
    () => 'the first broker is not heard',
  )
  await back.stop()
  await until(
    () => lines.filter(({ message }) => message.includes(`at ${second.url}`)).length === 2,
    () => 'it does not go to the second again',
  )
  expect(lines.filter(({ level }) => level === 'warn').length).toBeLessThan(3)
})
