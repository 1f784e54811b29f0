/** The system calls that a unit's SystemCallFilter lets through, by systemd's own groups. */
import { spawnSync } from 'node:child_process'

/** Every group of `systemd-analyze syscall-filter`: its name and what it holds, calls and further groups. */
const groups = (): Map<string, string[]> => {
  const { stdout } = spawnSync('systemd-analyze', ['syscall-filter'], { encoding: 'utf8' })
  const found = new Map<string, string[]>()
  let current: string[] = []
  for (const line of stdout.split('\n')) {
    const word = line.trim()
    if (/^@\S+$/.test(line)) {
      current = []
      found.set(line, current)
    } else if (/^\s/.test(line) && word !== '' && !word.startsWith('#')) current.push(word)
  }
  return found
}

/** @param filters the values of the SystemCallFilter lines, in their order; `~` takes away */
export const allowedCalls = (filters: readonly string[]): Set<string> => {
  const all = groups()
  const callsOf = (name: string): string[] => (name.startsWith('@') ? (all.get(name) ?? []).flatMap(callsOf) : [name])
  // What a filter of allowed calls always lets through; systemd.exec(5), SystemCallFilter.
  const allowed = new Set(callsOf('@default'))
  for (const filter of filters) {
    const calls = filter.replace('~', '').split(' ').flatMap(callsOf)
    for (const call of calls) {
      if (filter.startsWith('~')) allowed.delete(call)
      else allowed.add(call)
    }
  }
  return allowed
}
