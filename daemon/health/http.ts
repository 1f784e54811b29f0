/** Health for a local agent: /healthz and Prometheus' /metrics, on loopback only. */
import { createServer } from 'node:http'
import { collectDefaultMetrics, Gauge, Registry } from 'prom-client'
import { type Condition, conditions } from '../condition.js'
import { HEALTH_HOST } from './place.js'

export type Reading = {
  fps: number
  latencyMs: number
  coverage: number
  memoryMb: number
  temperatureCelsius: number | null
  outboxDepth: number
  /** The eyes give observations. */
  isWatching: boolean
  /** The judgement advances. */
  isAdvancing: boolean
  /** Whether pictures around alarms are kept. */
  evidence: 'off' | 'on' | 'paused'
  conditions: readonly Condition[]
}

export interface HealthServer {
  readonly port: number
  close(): Promise<void>
}

const gauges = (registry: Registry, read: () => Reading): void => {
  const gauge = (name: string, help: string, of: (reading: Reading) => number | null): void => {
    const made: Gauge = new Gauge({
      ...{ name: `kantukd_${name}`, help, registers: [registry] },
      collect() {
        const value = of(read())
        // Not `reset`: it sets 0, which would be told as a figure.
        if (value === null) made.remove()
        else made.set(value)
      },
    })
  }
  gauge('frames_per_second', 'Frames judged a second, over the last 10 s', ({ fps }) => fps)
  gauge('latency_seconds', 'Median time from frame to verdict, over the last 10 s', ({ latencyMs }) => latencyMs / 1000)
  gauge('coverage_ratio', 'Share of the last 60 s with the eyes seen', ({ coverage }) => coverage)
  gauge('memory_bytes', 'Resident memory of both processes', ({ memoryMb }) => memoryMb * 1024 * 1024)
  gauge('temperature_celsius', 'Temperature of the processor', ({ temperatureCelsius }) => temperatureCelsius)
  gauge('outbox_events', 'Events that wait for the broker', ({ outboxDepth }) => outboxDepth)
  gauge('watching', '1 while the eyes give observations', ({ isWatching }) => Number(isWatching))
  gauge('evidence', '1 while pictures around alarms are kept', ({ evidence }) => Number(evidence === 'on'))
  const standing: Gauge<'condition'> = new Gauge({
    ...{ name: 'kantukd_condition', help: '1 while it stands', labelNames: ['condition'] as const, registers: [registry] },
    collect() {
      const now = read().conditions
      for (const condition of conditions) standing.set({ condition }, Number(now.includes(condition)))
    },
  })
}

/**
 * @param read what is so now; called at each request
 * Rejects when the port is taken.
 */
export const serveHealth = async (port: number, read: () => Reading): Promise<HealthServer> => {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  gauges(registry, read)
  const server = createServer(async (request, response) => {
    const answer = (status: number, type: string, body: string) => response.writeHead(status, { 'content-type': type }).end(body)
    if (request.method !== 'GET') answer(405, 'text/plain', 'GET only\n')
    else if (request.url === '/metrics') answer(200, registry.contentType, await registry.metrics())
    else if (request.url === '/healthz') {
      const { isWatching, isAdvancing, evidence, conditions: standing } = read()
      answer(
        isWatching && isAdvancing ? 200 : 503,
        'application/json',
        `${JSON.stringify({ isWatching, isAdvancing, evidence, conditions: standing })}\n`,
      )
    } else answer(404, 'text/plain', '/healthz or /metrics\n')
  })
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(port, HEALTH_HOST, resolve))
  const address = server.address()
  return {
    port: typeof address === 'object' && address !== null ? address.port : port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
