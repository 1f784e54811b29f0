/**
 * `npm run chaos`: random faults on the whole daemon while a drawn driver falls asleep every 5 s. Afterwards every closure that was
 * wholly seen must have raised its alarm, at the buzzer and at the fleet; every restart of the eyes was short; nothing was lost.
 * `-- --faults N --seed S`; exit code 1 when anything was. Needs Mosquitto, and root or user namespaces (lines and disks of its own).
 */
import { mkdirSync, mkdtempSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { putTree } from '../../../tests/alarm/namespace/tree.js'
import { startBroker } from '../../lab/broker.js'
import { freePort } from '../../lab/free-port.js'
import { openRoad } from '../../lab/road.js'
import { seeded } from '../../train/random.js'
import { mountDisk } from '../fleet/disk.js'
import { listenForAlerts } from './alerts.js'
import { faults, type Stage } from './faults.js'
import { watchBuzzer } from './line.js'
import { followLog } from './log.js'
import { enterNamespace } from './namespace.js'
import { makeRecordings } from './recording.js'
import { report } from './report.js'
import { startService } from './service.js'

const root = fileURLToPath(new URL('../../..', import.meta.url))
const DISK_BYTES = 8 << 20
// The daemon keeps its configuration as the last good one after 30 s.
const PROVEN_MS = 35_000
// A drawn closure takes 1.8 s of every 5: between faults there is time for one, and sometimes for two.
const CALM_MS = [1500, 9000] as const

enterNamespace(fileURLToPath(import.meta.url))

const say = (line: string): void => void process.stdout.write(`${line}\n`)
const { values } = parseArgs({ options: { faults: { type: 'string', default: '50' }, seed: { type: 'string', default: '1' } } })
const wanted = Number(values.faults)
const random = seeded(Number(values.seed))

const recordings = makeRecordings(path.join(root, '.cache/chaos'))
const folder = mkdtempSync(path.join(tmpdir(), 'kantukd-chaos-'))
const state = path.join(folder, 'state')
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
const good = `camera: {kind: file, file: {path: ${camera}, loop: true}}
vehicle: {fleet: chaos, id: lorry}
gpio: {backend: sysfs}
fleet: {url: 'mqtt://127.0.0.1:${road.port}', connectTimeoutSeconds: 2, keepaliveSeconds: 5}
log: {format: json}
`
writeFileSync(config, good)
const service = startService([process.execPath, path.join(root, 'dist/cli.js'), 'run', '--simulated', '-c', config], {
  ...process.env,
  STATE_DIRECTORY: state,
})
const log = followLog(service)
const stage: Stage = {
  ...{ service, log, broker, road, alerts, line, show },
  disk: { folder: state, bytes: DISK_BYTES },
  config: { file: config, good },
  gpioFaults: [],
  offAfterMs: [],
  unsaid: [],
}
say(`chaos: ${wanted} faults, seed ${values.seed}; a closure of 1.8 s every 5 s`)
await log.watching()
await sleep(PROVEN_MS)

const names = Object.keys(faults)
const counts = new Map(names.map((name) => [name, 0]))
const beganMs = performance.now()
for (let n = 0; n < wanted; n++) {
  // Each kind in turn at first, so that a short run has seen them all.
  const name = names[n < names.length ? n : random.below(names.length)] ?? ''
  const fault = faults[name]
  if (fault === undefined) throw new Error(`no fault ${name}`)
  counts.set(name, (counts.get(name) ?? 0) + 1)
  await fault(stage, random.between(500, 4000))
  await sleep(random.between(...CALM_MS))
  if ((n + 1) % 10 === 0) say(`  ${n + 1} faults in ${Math.round((performance.now() - beganMs) / 1000)} s`)
}
await log.watching()
await sleep(15_000)
log.end()
const exitCode = await service.stop()
const isOnAtEnd = line.isOn()
line.close()
const isWell = report({ stage, counts, exitCode, isOnAtEnd, outbox: path.join(state, 'outbox.sqlite') }, say)
await alerts.close()
await broker.kill()
await road.close()
unmount()
rmSync(folder, { recursive: true })
process.exitCode = isWell ? 0 : 1
