/**
 * `npm run measure-writes`: how much the daemon writes in a day, counted by strace at the system calls; a memory card wears by it.
 * Bytes are those handed to the kernel; each flush makes a card write at least one of its own pages more.
 */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../..', import.meta.url))
const CALL = /^\d+\s+(\w+)\((\d+)(?:<([^>]*)>)?.*= (\d+)$/

type Written = { bytes: number; writes: number; flushes: number }

/** Runs one day under strace; only what is written below its folder counts. */
const measure = (what: string): Written => {
  const folder = mkdtempSync(path.join(tmpdir(), 'kantukd-writes-'))
  const trace = path.join(folder, 'trace')
  const state = path.join(folder, 'state')
  try {
    execFileSync('mkdir', [state])
    const calls = 'trace=write,pwrite64,pwritev,writev,fsync,fdatasync'
    const program = [process.execPath, '--import', 'tsx', path.join(root, 'scripts/measure/writes/day.ts'), what, state, root]
    execFileSync('strace', ['-f', '-y', '-e', calls, '-o', trace, ...program], { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] })
    const sum: Written = { bytes: 0, writes: 0, flushes: 0 }
    for (const line of readFileSync(trace, 'utf8').split('\n')) {
      const [, call = '', , file = '', result = '0'] = CALL.exec(line) ?? []
      if (!file.startsWith(state)) continue
      if (call.endsWith('sync')) sum.flushes += 1
      else {
        sum.writes += 1
        sum.bytes += Number(result)
      }
    }
    if (sum.flushes === 0) throw new Error('strace has seen no flush: may this user trace?')
    return sum
  } finally {
    rmSync(folder, { recursive: true })
  }
}

const rows = [
  ['outbox, 60 events an hour, each acknowledged', 'online'],
  ['outbox, 60 events an hour, a day offline', 'offline'],
  ['summaries, every 5 minutes, 20 incidents', 'summaries'],
  ['50 commands, all of them verdicts', 'commands'],
] as const
console.log('| in a day | MB written | writes | flushes |\n|---|---|---|---|')
for (const [name, what] of rows) {
  const { bytes, writes, flushes } = measure(what)
  console.log(`| ${name} | ${(bytes / 1e6).toFixed(bytes < 1e5 ? 2 : 1)} | ${writes} | ${flushes} |`)
}
