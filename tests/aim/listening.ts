/** What a process listens on, as the kernel knows it. */
import { readdirSync, readFileSync, readlinkSync } from 'node:fs'

const LISTEN = '0A'

/** TCP ports, IPv4 and IPv6, in order. */
export function listeningPorts(pid: number): number[] {
  const inodes = new Set(
    readdirSync(`/proc/${pid}/fd`).flatMap((fd) => {
      try {
        return /^socket:\[(\d+)\]$/.exec(readlinkSync(`/proc/${pid}/fd/${fd}`))?.[1] ?? []
      } catch {
        // Closed since it was listed.
        return []
      }
    }),
  )
  const rows = ['tcp', 'tcp6'].flatMap((table) => readFileSync(`/proc/${pid}/net/${table}`, 'utf8').split('\n').slice(1))
  const ports = rows
    .map((row) => row.trim().split(/\s+/))
    .filter((columns) => columns[3] === LISTEN && inodes.has(columns[9] ?? ''))
    .map((columns) => Number.parseInt(columns[1]?.split(':')[1] ?? '', 16))
  return [...new Set(ports)].sort((a, b) => a - b)
}
