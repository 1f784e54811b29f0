/** The real daemon on a drawn driver who falls asleep every 5 s: how long after each closure's threshold the buzzer's line rises. */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, watch, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { monotonicMs } from '../../../daemon/monotonic.js'
import { observation } from '../../../daemon/observation.js'
import { BUZZER, putTree } from '../../../tests/alarm/namespace/tree.js'
import { mountDisk } from '../../chaos/fleet/disk.js'
import { LOOP, makeRecordings } from '../../chaos/road/recording.js'
import { startService } from '../../chaos/road/service.js'
import { fillDisk } from '../../lab/full-disk.js'
import { slowDisk } from '../../lab/slow-disk.js'
import { latenessOf, type Seen } from './truth.js'

/** The disk of the outbox: as it should be, with flushes of 2 s, or without room. */
export const disks = ['sound', 'slow', 'full'] as const
export type Disk = (typeof disks)[number]

const DISK_BYTES = 4 << 20
const START_MS = 30_000
const BUZZER_VALUE = `/sys/class/gpio/gpio${BUZZER}/value`

const configuration = (camera: string): string => `camera: {kind: file, file: {path: ${camera}, loop: true}}
vehicle: {fleet: bench, id: edge}
gpio: {backend: sysfs}
fleet: {url: 'mqtt://127.0.0.1:1'}
log: {format: json}
`

/** Frames out of what `--record` wrote. */
const framesIn = (folder: string): Seen[] =>
  readdirSync(folder)
    .flatMap((name) => readFileSync(path.join(folder, name), 'utf8').split('\n'))
    .flatMap((line) => {
      if (!line.startsWith('{"type":"observation"')) return []
      const { at, left, right } = observation.parse(JSON.parse(line))
      // Drawn eyes are near to 0 or to 1.
      return [{ atMs: at, isClosed: (left?.closed ?? 0) > 0.5 && (right?.closed ?? 0) > 0.5 }]
    })

/** When the line rises, told by the kernel at each write. */
const watchEdges = (): { edges: number[]; close(): void } => {
  const edges: number[] = []
  let wasOn = false
  const watcher = watch(BUZZER_VALUE, () => {
    const atMs = monotonicMs()
    const isOn = readFileSync(BUZZER_VALUE, 'utf8').startsWith('1')
    if (isOn && !wasOn) edges.push(atMs)
    wasOn = isOn
  })
  return { edges, close: () => watcher.close() }
}

/**
 * Runs inside a mount namespace, on a false /sys/class/gpio.
 * @param root folder of the program, compiled
 * @returns one a closure: ms from its threshold to the edge, null where there was none
 */
export const measureEdges = async (root: string, disk: Disk, closures: number): Promise<(number | null)[]> => {
  const recordings = makeRecordings(path.join(root, '.cache/chaos'))
  const folder = mkdtempSync(path.join(tmpdir(), 'kantukd-edge-'))
  const [state, records, config] = [path.join(folder, 'state'), path.join(folder, 'records'), path.join(folder, 'kantukd.yaml')]
  mkdirSync(state)
  const unmount = mountDisk(state, DISK_BYTES)
  if (disk === 'full') fillDisk(state, DISK_BYTES)
  putTree()
  const line = watchEdges()
  writeFileSync(config, configuration(recordings.driver))
  const slow = disk === 'slow' ? slowDisk(path.join(root, '.cache/lab')) : {}
  const program = [process.execPath, path.join(root, 'dist/cli.js'), 'run', '--simulated', '-c', config, '--record', records]
  const service = startService(program, { ...process.env, STATE_DIRECTORY: state, ...slow })
  const isWatching = () => service.said.some(({ message }) => message.startsWith('Watching '))
  for (const endMs = monotonicMs() + START_MS; !isWatching() && monotonicMs() < endMs; ) await sleep(20)
  await sleep((closures * LOOP.seconds + 1) * 1000)
  await service.stop()
  line.close()
  unmount()
  const seen = framesIn(records)
  rmSync(folder, { recursive: true })
  if (seen.length === 0) throw new Error(`the daemon saw nothing: ${service.said.map(({ message }) => message).join(' | ')}`)
  return latenessOf(seen, line.edges)
}
