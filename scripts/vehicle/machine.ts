/** One power-on of the box: the emulator and its disk, what it says, its wires, and a shell inside. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createWriteStream, existsSync, mkdtempSync, rmSync } from 'node:fs'
import { connect, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import { endWithProgram, kill } from '../lab/child.js'
import { type Numbered, numberedOf } from './account.js'
import { type Edge, edgeOf, wires } from './edges.js'
import { intercept } from './gpio-chip.js'

/** A line of the console. `bootSeconds`: on the box's own clock. */
export type Said = { atMs: number; bootSeconds: number | null; text: string }

export interface Machine {
  /** When the processor began. */
  readonly onMs: number
  readonly said: readonly Said[]
  readonly edges: readonly Edge[]
  /** What was seen in the outbox's file, in order, each as often as it was seen. */
  readonly witnessed: readonly Numbered[]
  /** The first line since `fromMs` that matches; null where none came within the time, or the machine ended. */
  hears(pattern: RegExp, withinMs: number, fromMs?: number): Promise<Said | null>
  /** Runs a command as root inside. @returns what it printed; null where no answer came within the time */
  command(line: string, withinMs: number): Promise<string | null>
  /** The button, from outside. */
  press(isDown: boolean): void
  /** The power goes: emulator and disk die together; what the disk had not flushed is lost. */
  cut(): Promise<void>
}

/** `console`: where what it says is kept, of all power-ons. */
export type MachineFiles = { kernel: string; initrd: string; disk: string; console: string }

// Without the page-table isolation that this processor does not need: each system call would empty the emulator's cache of addresses.
const KERNEL_LINE = 'console=ttyAMA0 rw kpti=0 mitigations=off systemd.show_status=0 loglevel=7'

// The kernel's own stamp, where the line has one.
const stamp = /^\[\s*(\d+\.\d+)\] /

const TRIES = 400
const notThere = (socket: string): Error =>
  new Error(`nobody listens on ${socket}: the emulator or its disk did not start, and stderr says why`)

const appears = async (socket: string): Promise<void> => {
  for (let tries = 0; !existsSync(socket); tries++) {
    if (tries === TRIES) throw notThere(socket)
    await sleep(50)
  }
}

const answering = async (socket: string): Promise<Socket> => {
  await appears(socket)
  for (let tries = 0; tries < TRIES; tries++) {
    const line = connect(socket)
    // it may be there, and not listen yet
    const isThere = await once(line, 'connect').then(
      () => true,
      () => false,
    )
    if (isThere) return line.on('error', () => undefined)
    await sleep(50)
  }
  throw notThere(socket)
}

/**
 * Powers the box on.
 *
 * The box's clock counts instructions (`-icount`: 2 ns each, 500 million a second): however slow the emulation is, the box sees a processor
 * of that speed, and what takes time inside takes it on that clock. The disk is one that loses what was not flushed (`nbdkit`, cache in memory).
 */
export const powerOn = async ({ kernel, initrd, disk, console: file }: MachineFiles): Promise<Machine> => {
  const folder = mkdtempSync(path.join(tmpdir(), 'kantukd-box-'))
  const at = (name: string): string => path.join(folder, name)
  const children: ChildProcess[] = []
  const start = (program: string, args: readonly string[]): ChildProcess => {
    const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'inherit'] })
    endWithProgram(child)
    children.push(child)
    return child
  }
  const forget = () => rmSync(folder, { recursive: true, force: true })
  process.once('exit', forget)

  start('nbdkit', ['-f', '-U', at('disk'), '--filter=cache', 'file', disk, 'cache=writeback'])
  await appears(at('disk'))
  const port = (name: string) => [
    ...['-chardev', `socket,id=${name},path=${at(name)},server=on,wait=off`],
    ...['-device', `virtserialport,chardev=${name},name=${name}`],
  ]
  const emulator = start('qemu-system-aarch64', [
    ...['-M', 'virt', '-cpu', 'cortex-a72', '-m', '1024', '-accel', 'tcg', '-icount', 'shift=1,sleep=on', '-S', '-display', 'none'],
    ...['-kernel', kernel, '-initrd', initrd, '-append', KERNEL_LINE],
    ...['-drive', `if=none,id=disk,format=raw,file=nbd+unix:///?socket=${at('disk')}`, '-device', 'virtio-blk-device,drive=disk'],
    ...['-netdev', 'user,id=net', '-device', 'virtio-net-device,netdev=net'],
    ...['-device', 'virtio-serial-device', ...port('agent'), ...port('witness')],
    ...['-serial', 'stdio', '-qmp', `unix:${at('monitor')},server=on,wait=off`],
    ...['-qtest', `unix:${at('qtest')},server=on,wait=off`, '-qtest-log', '/dev/null'],
  ])

  let onMs = performance.now()
  const said: Said[] = []
  const kept = createWriteStream(file, { flags: 'a' })
  const keep = (atMs: number, text: string) => kept.write(`${((atMs - onMs) / 1000).toFixed(1).padStart(7)} ${text}\n`)
  const edges: Edge[] = []
  const witnessed: Numbered[] = []
  const answers: string[] = []
  const listen = (from: NodeJS.ReadableStream, take: (text: string, atMs: number) => void) =>
    createInterface({ input: from }).on('line', (text) => take(text, performance.now()))
  if (emulator.stdout !== null) {
    listen(emulator.stdout, (text, atMs) => {
      const seconds = stamp.exec(text)?.[1]
      keep(atMs, text)
      said.push({ atMs, bootSeconds: seconds === undefined ? null : Number(seconds), text })
    })
  }
  const qtest = await answering(at('qtest'))
  listen(qtest, (text, atMs) => {
    const edge = edgeOf(text, atMs)
    if (edge === null) return
    edges.push(edge)
    keep(atMs, `wire ${edge.line} ${edge.isOn ? 'on' : 'off'}`)
  })
  const agent = await answering(at('agent'))
  listen(agent, (text) => answers.push(text))
  listen(await answering(at('witness')), (text) => {
    const seen = numberedOf(text)
    if (seen !== null) witnessed.push(seen)
  })
  const chip = await intercept(await answering(at('monitor')), qtest)
  const press = (isDown: boolean): void => void qtest.write(`set_irq_in ${chip} unnamed-gpio-in ${wires.button} ${isDown ? 1 : 0}\n`)
  press(false)
  onMs = performance.now()
  let asked = 0

  const until = async <T>(find: () => T | undefined, withinMs: number): Promise<T | null> => {
    for (const endMs = performance.now() + withinMs; performance.now() < endMs && emulator.exitCode === null; await sleep(20)) {
      const found = find()
      if (found !== undefined) return found
    }
    return null
  }
  return {
    get onMs() {
      return onMs
    },
    ...{ said, edges, witnessed, press },
    hears: (pattern, withinMs, fromMs = 0) => until(() => said.find(({ atMs, text }) => atMs >= fromMs && pattern.test(text)), withinMs),
    async command(line, withinMs) {
      asked += 1
      const mark = `<answered ${asked}>`
      const from = answers.length
      agent.write(`${line}; echo '${mark}'\n`)
      const end = await until(() => answers.indexOf(mark, from) + 1 || undefined, withinMs)
      return end === null ? null : answers.slice(from, end - 1).join('\n')
    },
    async cut() {
      await Promise.all(children.map(kill))
      kept.end()
      process.off('exit', forget)
      forget()
    },
  }
}
