/**
 * Lines of the false sysfs that can be made to change, so that the kernel really tells of it.
 *
 * onoff waits for EPOLLPRI on a line's `value`, which no ordinary file gives. Two files of every kernel do: the names of the machine,
 * /proc/sys/kernel/hostname and domainname. In a UTS namespace of our own they may hold a 0 or 1, and stand in for two lines.
 */
import { spawnSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { putLine, putTree } from '../../alarm/namespace/tree.js'

const NAMES = ['hostname', 'domainname'] as const

/** `interrupt`: the kernel tells of a change, and the level is what it was, as after a pulse too short to be seen. */
export type TestLine = {
  wire: { chip: string; line: number; lineName: null; activeLow: boolean }
  number: number
  set(level: 0 | 1): void
  interrupt(): void
}

// On a Pi with kernel 6.6 the numbers of the header's chip begin at 512.
const FIRST = 512
const valueFile = (line: number): string => `/sys/class/gpio/gpio${FIRST + line}/value`

/** A Pi's tree with line 5 and line 6 of it, both low. Undoes what an earlier call, or an earlier file of tests, has mounted. */
export function putChangingLines(): [TestLine, TestLine] {
  for (const line of [5, 6]) spawnSync('umount', [valueFile(line)])
  putTree()
  const make = (name: (typeof NAMES)[number], line: number): TestLine => {
    const number = FIRST + line
    const value = valueFile(line)
    const file = `/proc/sys/kernel/${name}`
    putLine(number)
    writeFileSync(file, '0')
    const { status, stderr } = spawnSync('mount', ['--bind', file, value], { encoding: 'utf8' })
    if (status !== 0) throw new Error(`${file} cannot stand in for a line: ${stderr}`)
    return {
      number,
      wire: { chip: 'pinctrl-bcm2711', line, lineName: null, activeLow: false },
      set: (level) => {
        if (readFileSync(file, 'utf8').trim() !== String(level)) writeFileSync(file, String(level))
      },
      interrupt: () => writeFileSync(file, readFileSync(file, 'utf8').trim()),
    }
  }
  return [make('hostname', 5), make('domainname', 6)]
}
