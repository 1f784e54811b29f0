/** One vehicle of the simulated fleet: the daemon's own fleet room, over a line of its own that can be cut. */

import { configSha256 } from '../../daemon/birth.js'
import { defaultConfig, locksOf } from '../../daemon/config/index.js'
import { machineClock } from '../../daemon/fleet/clock.js'
import { createFleet, type Fleet } from '../../daemon/fleet/index.js'
import { createMemoryOutbox } from '../../daemon/fleet/outbox/memory.js'
import type { BirthFacts } from '../../daemon/fleet/payloads/birth.js'
import { rules } from '../../daemon/judgement/decision.js'
import { POLICY_VERSION } from '../../daemon/judgement/policy.js'
import { openRoad, type Road } from '../lab/road.js'

export const FLEET = 'sim'

/** What a vehicle on a Pi with all inputs says, so that its messages are as long as real ones. */
const birth: Omit<BirthFacts, 'vehicle'> = {
  versions: { kantukd: '0.1.0', node: '20.20.2' },
  policy: POLICY_VERSION,
  model: { name: 'eye-state.onnx', sha256: '0'.repeat(64) },
  hardware: { machine: 'Raspberry Pi 4 Model B Rev 1.4', arch: 'arm64', cores: 4, memoryMb: 3792, os: 'Linux 6.6.51-v8+' },
  capabilities: {
    rules: [...rules],
    camera: 'usb',
    classifier: 'onnx',
    alarm: 'onoff',
    inputs: { speed: 'pulses', button: 'gpio', ignition: 'gpio' },
  },
  configSha256: '0'.repeat(64),
}

const settings = defaultConfig()
const config = { configSha256: configSha256(settings), file: '/etc/kantukd/kantukd.yaml', locked: locksOf(settings), config: settings }

const health: Parameters<Fleet['health']>[0] = {
  fps: 14.9,
  latencyMs: 3.4,
  temperatureCelsius: 61.2,
  memoryMb: 203,
  coverage: 0.98,
  drowsiness: {
    perclos60: 0.021,
    perclos180: 0.017,
    blinksPerMinute: 16.2,
    blinkMs: 182,
    longBlinkShare: 0.061,
    closureMs: 187,
    nods60: 0,
    calibrating: false,
  },
  vision: 'running',
  inputs: { speed: 'known', button: 'known', ignition: 'known' },
  uptimeSeconds: 360,
}

export interface SimVehicle {
  readonly id: string
  readonly road: Road
  /** Times it was connected, and times its line was cut under it. */
  readonly connects: number
  readonly cuts: number
  readonly isOnline: boolean
  readonly waiting: number
  /** Raises an alert. @returns its id */
  alert(): string
  heartbeat(): void
  /** Its line is cut; the next one comes through after `ms`. Nothing when it is not connected. */
  dropOut(ms: number): void
  /** Stops in order: says offline. */
  stop(): Promise<void>
  /** Its line is cut and stays so: the broker says offline for it. */
  vanish(): void
  close(): Promise<void>
}

/** Connects at once. */
export const startVehicle = async (id: string, brokerPort: number, onComplaint: (line: string) => void): Promise<SimVehicle> => {
  const road = await openRoad(brokerPort)
  const clock = machineClock()
  let isOnline = false
  let connects = 0
  let cuts = 0
  let incident = 0
  const fleet = createFleet(
    { url: `mqtt://127.0.0.1:${road.port}`, keepaliveSeconds: 30, connectTimeoutSeconds: 30 },
    {
      ...{ vehicle: { fleet: FLEET, id }, birth, config, simulated: true, clock, outbox: createMemoryOutbox() },
      log: { debug: () => undefined, info: () => undefined, warn: () => undefined, error: onComplaint },
      onState: ({ state }) => {
        isOnline = state === 'connected'
        if (isOnline) connects += 1
      },
    },
  )
  const cut = () => {
    if (isOnline) cuts += 1
    road.allow(false)
    road.cut()
  }
  return {
    id,
    road,
    get connects() {
      return connects
    },
    get cuts() {
      return cuts
    },
    get isOnline() {
      return isOnline
    },
    get waiting() {
      return fleet.outboxDepth
    },
    alert: () => {
      incident += 1
      const atMs = clock.monotonicMs()
      const decision = { rule: 'microsleep', level: 2, phase: 'raised', incident, atMs, startedMs: atMs - 1040 } as const
      const found = { evidence: { closedMs: 1040, seenShare: 1 }, confidence: 0.94, coverage: 0.98, quiet: false, policy: POLICY_VERSION }
      return fleet.alert({ ...decision, ...found }, clock.wallMs()).id
    },
    heartbeat: () => fleet.health(health),
    dropOut: (ms) => {
      if (!isOnline) return
      cut()
      setTimeout(() => road.allow(true), ms)
    },
    stop: fleet.close,
    vanish: cut,
    close: async () => {
      await fleet.close()
      await road.close()
    },
  }
}
