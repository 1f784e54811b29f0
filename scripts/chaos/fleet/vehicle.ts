/**
 * The fleet room of one vehicle as a process that can be killed: `vehicle.ts <broker url> <outbox file> <outbox thread>`.
 * Raises alerts all the time. On stdout, a line each: `kept ID` when an event is on disk, `held ID` when it is in memory, since the disk refuses (`kept` once
 * it takes it), `waiting N` once it is quiet.
 * On stdin, a line each: `jump MS` moves its wall clock, `synced true|false`, `quiet` ends the alerts.
 */
import { createInterface } from 'node:readline'
import { machineClock } from '../../../daemon/fleet/clock.js'
import { createFleet } from '../../../daemon/fleet/index.js'
import { openDiskOutbox } from '../../../daemon/fleet/outbox/disk.js'

const ALERTS_EVERY_MS = 60

const [url, file, threadFile] = process.argv.slice(2)
if (url === undefined || file === undefined || threadFile === undefined) {
  throw new Error('usage: vehicle.ts <broker url> <outbox file> <compiled outbox thread>')
}

const complain = (message: string) => process.stderr.write(`vehicle: ${message}\n`)
const machine = machineClock()
let jumpedMs = 0
let isSynced = true
const clock = { ...machine, wallMs: () => machine.wallMs() + jumpedMs, synced: () => isSynced }

const print = (verb: string, ids: readonly string[]) => process.stdout.write(ids.map((id) => `${verb} ${id}\n`).join(''))
let isRefusing = false
let held: string[] = []
/** What the disk has refused is on it by now. */
const keepHeld = () => {
  print('kept', held)
  held = []
}

const outbox = await openDiskOutbox({
  file,
  budget: { bytes: 20e6, ageMs: 30 * 86_400_000 },
  onNews: (news) => {
    complain(JSON.stringify(news))
    if (news.what === 'disk-refuses') isRefusing = true
    if (news.what !== 'disk-accepts') return
    isRefusing = false
    keepHeld()
  },
  onThreadDeath: (error) => complain(`the outbox's thread died: ${error.message}`),
  onKept: (ids) => {
    if (isRefusing) held.push(...ids)
    print(isRefusing ? 'held' : 'kept', ids)
  },
  nowWallMs: () => (isSynced ? clock.wallMs() : null),
  threadFile,
})
const fleet = createFleet(
  { url, keepaliveSeconds: 5, connectTimeoutSeconds: 2 },
  {
    vehicle: { fleet: 'chaos', id: 'lorry' },
    birth: {
      versions: {},
      policy: 'chaos',
      model: { name: 'none', sha256: '0'.repeat(64) },
      hardware: { machine: 'none', arch: 'none', cores: 1, memoryMb: 1, os: 'none' },
      capabilities: { rules: [], camera: 'none', classifier: 'none', alarm: 'none' },
      configSha256: '0'.repeat(64),
    },
    simulated: true,
    clock,
    log: { debug: () => undefined, info: () => undefined, warn: () => undefined, error: complain },
    outbox,
    retry: { firstMs: 100, longestMs: 500 },
  },
)

let events = 0
/** Begins an incident, and ends it with the next call: a kill in between cuts it. */
const raise = () => {
  events += 1
  const atMs = clock.monotonicMs()
  const phase = events % 2 === 1 ? 'raised' : 'ended'
  const decision = { rule: 'microsleep', level: 2, phase, incident: Math.ceil(events / 2), atMs, startedMs: atMs - 1000 } as const
  fleet.alert({ ...decision, evidence: { closedMs: 1000 }, confidence: 1, coverage: 1, quiet: false, policy: 'chaos' }, clock.wallMs())
}
const raising = setInterval(raise, ALERTS_EVERY_MS)

createInterface({ input: process.stdin }).on('line', (line) => {
  const [verb, value] = line.split(' ')
  if (verb === 'jump') jumpedMs += Number(value)
  else if (verb === 'synced') isSynced = value === 'true'
  else if (verb === 'quiet') {
    clearInterval(raising)
    setInterval(() => process.stdout.write(`waiting ${fleet.outboxDepth}\n`), 100)
  }
})
