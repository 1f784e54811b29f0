/** The position by gpsd: over TCP, with what gpsd 3.22 says (gpsd_json(5)), from a server of the test's. */
import { createServer, type Socket } from 'node:net'
import { describe, expect, it, onTestFinished } from 'vitest'
import { createGpsdPosition } from '../../daemon/inputs/position-gpsd.js'
import { monotonicMs } from '../../daemon/monotonic.js'
import { keepLog, until } from '../fleet/harness.js'
import { freePort } from '../fleet/mosquitto.js'
import { describeInput } from './contract.js'

const VERSION = '{"class":"VERSION","release":"3.22","rev":"3.22","proto_major":3,"proto_minor":14}'
const DEVICES =
  '{"class":"DEVICES","devices":[{"class":"DEVICE","path":"/dev/ttyACM0","driver":"u-blox","activated":"2026-11-24T21:04:05.000Z","flags":1,"native":1,"bps":9600,"parity":"N","stopbits":1,"cycle":1.00}]}'
const WATCHING =
  '{"class":"WATCH","enable":true,"json":true,"nmea":false,"raw":0,"scaled":false,"timing":false,"split24":false,"pps":false}'
const SKY = '{"class":"SKY","device":"/dev/ttyACM0","nSat":0,"uSat":0,"satellites":[]}'
const tpv = (mode: number, place = '"lat":48.137154321,"lon":11.576124123,"altHAE":565.2,"speed":12.3,') =>
  `{"class":"TPV","device":"/dev/ttyACM0","mode":${mode},"time":"2026-11-24T21:04:05.000Z",${place}"track":91.2}`

/** Greets as gpsd does, reports only to who has asked to watch, one line in two pieces. */
const startGpsd = async (port: number, greeting = VERSION) => {
  const watching = new Set<Socket>()
  const all = new Set<Socket>()
  const server = createServer((socket) => {
    all.add(socket)
    socket.on('error', () => socket.destroy()).on('close', () => all.delete(socket) && watching.delete(socket))
    socket.write(`${greeting}\r\n`)
    socket.setEncoding('utf8').on('data', (text: string) => {
      if (text !== '?WATCH={"enable":true,"json":true};\n') return
      socket.write(`${DEVICES}\r\n${WATCHING}\r\n`)
      watching.add(socket)
    })
  })
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  const say = async (line: string) => {
    await until(
      () => watching.size > 0,
      () => 'nobody watches',
    )
    for (const socket of watching) {
      socket.write(line.slice(0, 40))
      socket.write(`${line.slice(40)}\r\n`)
    }
  }
  const stop = async () => {
    for (const socket of all) socket.destroy()
    await new Promise((resolve) => server.close(resolve))
  }
  onTestFinished(stop)
  return { say, stop }
}

const rig = async (staleSeconds = 10) => {
  const port = await freePort()
  const { log, lines } = keepLog()
  const begin = () => {
    const input = createGpsdPosition({ host: '127.0.0.1', port, staleSeconds }, { log, now: monotonicMs }, 50)
    onTestFinished(() => input.close())
    return input
  }
  const warnings = () => lines.filter(({ level }) => level === 'warn').map(({ message }) => message)
  return { port, begin, warnings }
}
const HERE = { latitude: 48.137154321, longitude: 11.576124123 }

let told: { latitude: number; longitude: number } | null = null
describeInput('the position by gpsd', async () => {
  const { port, begin } = await rig()
  const gpsd = await startGpsd(port)
  const input = begin()
  await gpsd.say(tpv(3))
  await until(
    () => input.read(monotonicMs()) !== null,
    () => 'no position',
  )
  told = input.read(monotonicMs())
  return { input, now: monotonicMs, tell: () => told }
})

describe('the position by gpsd', () => {
  it('is known with a fix, unknown at once without one, and not moved by what else gpsd says', async () => {
    const { port, begin } = await rig()
    const gpsd = await startGpsd(port)
    const input = begin()
    const reads = (place: object | null) =>
      until(
        () => JSON.stringify(input.read(monotonicMs())) === JSON.stringify(place),
        () => `reads ${JSON.stringify(input.read(monotonicMs()))}`,
      )
    expect(input.read(monotonicMs())).toBeNull()
    await gpsd.say(tpv(2))
    await reads(HERE)
    await gpsd.say(SKY)
    await gpsd.say(tpv(1, ''))
    await reads(null)
    await gpsd.say(tpv(3))
    await reads(HERE)
    await gpsd.say(tpv(3, '"lat":148.1,"lon":11.5,'))
    await reads(null)
  })

  it('is unknown once it is older than staleSeconds, and not before', async () => {
    const { port, begin } = await rig(2)
    const gpsd = await startGpsd(port)
    const input = begin()
    await gpsd.say(tpv(3))
    await until(
      () => input.read(monotonicMs()) !== null,
      () => 'no position',
    )
    const nowMs = monotonicMs()
    expect([input.read(nowMs + 1900), input.read(nowMs + 2000)]).toEqual([HERE, null])
  })

  it('names a gpsd that is away once, and listens when it is there', async () => {
    const { port, begin, warnings } = await rig()
    const input = begin()
    await until(
      () => warnings().length > 0,
      () => 'nothing said',
    )
    const gpsd = await startGpsd(port)
    await gpsd.say(tpv(3))
    await until(
      () => input.read(monotonicMs()) !== null,
      () => 'no position',
    )
    expect(warnings()).toEqual([expect.stringMatching(/gpsd at 127.0.0.1:\d+ is not there .*ECONNREFUSED/)])
    await gpsd.stop()
    await until(
      () => warnings().length === 2,
      () => warnings().join('\n'),
    )
  })

  it.each([
    ['another program', 'SSH-2.0-OpenSSH_9.2p1 Debian-2'],
    ['a line without an end', `{"class":"${'x'.repeat(20_000)}`],
    ['JSON that is not gpsd’s', '[1,2,3]'],
  ])('names %s that answers there', async (_, greeting) => {
    const { port, begin, warnings } = await rig()
    await startGpsd(port, greeting)
    const input = begin()
    await until(
      () => warnings().length > 0,
      () => 'nothing said',
    )
    expect(warnings()[0]).toContain('is not gpsd')
    expect(input.read(monotonicMs())).toBeNull()
  })
})
