import { once } from 'node:events'
import { connect } from 'node:net'
import { networkInterfaces } from 'node:os'
import { afterEach, expect, it } from 'vitest'
import { type HealthServer, type Reading, serveHealth } from '../../daemon/health/http.js'

const well: Reading = {
  fps: 15,
  latencyMs: 3.5,
  coverage: 0.9,
  memoryMb: 200,
  temperatureCelsius: 61.2,
  outboxDepth: 2,
  isWatching: true,
  isAdvancing: true,
  evidence: 'off',
  conditions: ['undervoltage'],
}
let server: HealthServer | null = null
afterEach(async () => {
  await server?.close()
  server = null
})
const serve = async (reading: Partial<Reading> = {}) => {
  server = await serveHealth(0, () => ({ ...well, ...reading }))
  return `http://127.0.0.1:${server.port}`
}

it('/healthz is 200 while the eyes give observations and the judgement advances, and says what stands', async () => {
  const answer = await fetch(`${await serve()}/healthz`)
  expect([answer.status, await answer.json()]).toEqual([
    200,
    { isWatching: true, isAdvancing: true, evidence: 'off', conditions: ['undervoltage'] },
  ])
})

it.each([{ isWatching: false }, { isAdvancing: false }])('/healthz is 503 where not: %o', async (reading) => {
  expect((await fetch(`${await serve(reading)}/healthz`)).status).toBe(503)
})

it('/metrics has the figures in the base units of Prometheus', async () => {
  const text = await (await fetch(`${await serve()}/metrics`)).text()
  for (const line of [
    'kantukd_frames_per_second 15',
    'kantukd_latency_seconds 0.0035',
    'kantukd_memory_bytes 209715200',
    'kantukd_temperature_celsius 61.2',
    'kantukd_outbox_events 2',
    'kantukd_watching 1',
    'kantukd_evidence 0',
    'kantukd_condition{condition="undervoltage"} 1',
    'kantukd_condition{condition="hot"} 0',
  ]) {
    expect(text).toContain(`\n${line}\n`)
  }
  expect(text).toContain('process_resident_memory_bytes')
})

it('/metrics has no temperature where the board tells none, rather than 0', async () => {
  const reading: Reading = { ...well }
  server = await serveHealth(0, () => reading)
  const samples = async () => {
    const text = await (await fetch(`http://127.0.0.1:${server?.port}/metrics`)).text()
    return text.split('\n').filter((line) => line.startsWith('kantukd_temperature_celsius'))
  }
  expect(await samples()).toEqual(['kantukd_temperature_celsius 61.2'])
  reading.temperatureCelsius = null
  expect(await samples()).toEqual([])
})

it('answers nothing else, and no other method', async () => {
  const url = await serve()
  expect([(await fetch(url)).status, (await fetch(`${url}/metrics`, { method: 'POST' })).status]).toEqual([404, 405])
})

it('is not there for other machines', async ({ skip }) => {
  await serve()
  const outside = Object.values(networkInterfaces())
    .flat()
    .find((one) => one !== undefined && !one.internal && one.family === 'IPv4')
  if (outside === undefined) skip('this machine has no address but loopback')
  const socket = connect({ host: outside?.address ?? '', port: server?.port ?? 0 })
  const [fault] = await once(socket, 'error')
  expect(fault).toMatchObject({ code: 'ECONNREFUSED' })
})

it('says that the port is taken', async () => {
  await serve()
  await expect(serveHealth(server?.port ?? 0, () => well)).rejects.toMatchObject({ code: 'EADDRINUSE' })
})
