/** One part of a chaos run: a daemon of its own from its start to its end, with faults in between. */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { putTree } from '../../../tests/alarm/namespace/tree.js'
import { startBroker } from '../../lab/broker.js'
import { freePort } from '../../lab/free-port.js'
import { openRoad } from '../../lab/road.js'
import { seeded } from '../../train/random.js'
import { mountDisk } from '../fleet/disk.js'
import { listenForAlerts } from './alerts.js'
import { watchEyes } from './eyes.js'
import { faults, type Stage } from './faults.js'
import { type Findings, findingsOf } from './findings.js'
import { watchBuzzer } from './line.js'
import { followLog } from './log.js'
import type { Pictures } from './recording.js'
import { startService } from './service.js'

const DISK_BYTES = 8 << 20
// The daemon keeps its configuration as the last good one after 30 s.
const PROVEN_MS = 35_000
// A drawn closure takes 1.8 s of every 5: between faults there is time for one, and sometimes for two.
const CALM_MS = [1500, 7500] as const
// The last event on its way to the fleet.
const SETTLE_MS = 8000

export type PartOptions = {
  /** Folder of the program. */
  root: string
  recordings: Readonly<Record<Pictures, string>>
  seed: number
  /** So many faults, fewer when `until` says no. */
  faults: number
  mayGoOn(): boolean
  onFault(): void
}

const configuration = (camera: string, port: number): string => `camera: {kind: file, file: {path: ${camera}, loop: true}}
vehicle: {fleet: chaos, id: lorry}
gpio: {backend: sysfs}
fleet: {url: 'mqtt://127.0.0.1:${port}', connectTimeoutSeconds: 2, keepaliveSeconds: 5}
log: {format: json}
`

/** When the daemon had a frame, ms, by what it recorded; a kill may tear the last line of a file. */
const framesIn = (folder: string): number[] =>
  readdirSync(folder)
    .flatMap((name) => readFileSync(path.join(folder, name), 'utf8').split('\n'))
    .flatMap((line) => {
      const at = line.includes('"no-camera"') ? undefined : /^\{"type":"observation","at":([\d.]+)/.exec(line)?.[1]
      return at === undefined ? [] : [Number(at)]
    })
    .sort((a, b) => a - b)

export const runPart = async ({ root, recordings, seed, faults: wanted, mayGoOn, onFault }: PartOptions): Promise<Findings> => {
  const random = seeded(seed)
  const folder = mkdtempSync(path.join(tmpdir(), 'kantukd-chaos-'))
  const state = path.join(folder, 'state')
  const records = path.join(folder, 'records')
  mkdirSync(state)
  const unmount = mountDisk(state, DISK_BYTES)
  putTree()
  const line = watchBuzzer()
  const camera = path.join(folder, 'camera.avi')
  const show: Stage['show'] = (pictures) => {
    if (pictures === null) return rmSync(camera)
    symlinkSync(recordings[pictures], `${camera}.new`)
    renameSync(`${camera}.new`, camera)
  }
  show('driver')
  const port = await freePort()
  const broker = await startBroker(port)
  const alerts = listenForAlerts(port)
  await alerts.subscribe()
  const road = await openRoad(port)
  const config = path.join(folder, 'kantukd.yaml')
  const good = configuration(camera, road.port)
  writeFileSync(config, good)
  const program = [process.execPath, path.join(root, 'dist/cli.js'), 'run', '--simulated', '-c', config, '--record', records]
  const service = startService(program, { ...process.env, STATE_DIRECTORY: state })
  const eyes = watchEyes(service, recordings)
  const log = followLog(service, eyes)
  const stage: Stage = {
    ...{ service, eyes, log, broker, road, alerts, line, show },
    disk: { folder: state, bytes: DISK_BYTES },
    config: { file: config, good },
    ...{ gpioFaults: [], offAfterMs: [], toldMs: [], unsaid: [] },
  }
  const beganMs = performance.now()
  await log.watching()
  await sleep(PROVEN_MS)

  const names = Object.keys(faults)
  const counts: Record<string, number> = {}
  for (let n = 0; n < wanted && mayGoOn(); n++) {
    // Each kind in turn at first, so that a short run has seen them all.
    const name = names[n < names.length ? n : random.below(names.length)] ?? ''
    counts[name] = (counts[name] ?? 0) + 1
    await faults[name]?.(stage, random.between(500, 4000))
    await sleep(random.between(...CALM_MS))
    onFault()
  }
  await log.watching()
  await sleep(SETTLE_MS)
  log.end()
  eyes.close()
  const exitCode = await service.stop()
  const isOnAtEnd = line.isOn()
  line.close()
  const run = { faults: counts, seconds: (performance.now() - beganMs) / 1000, exitCode, isOnAtEnd }
  const findings = findingsOf(stage, run, framesIn(records), path.join(state, 'outbox.sqlite'))
  await alerts.close()
  await broker.kill()
  await road.close()
  unmount()
  rmSync(folder, { recursive: true })
  return findings
}
