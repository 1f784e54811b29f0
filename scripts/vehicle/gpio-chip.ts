/** The emulated board's GPIO chip: found by its kind, its outputs told over qtest from the first moment, then the processor begins. */
import type { Socket } from 'node:net'
import { createInterface } from 'node:readline'
import { z } from 'zod'

const answer = z.union([z.object({ return: z.unknown() }), z.object({ error: z.object({ desc: z.string() }) })])
const parts = z.array(z.object({ name: z.string(), type: z.string() }))

const PARTS = '/machine/unattached'

/** Speaks QMP over the monitor: one question at a time. @throws Error with what the emulator answered */
const questions = async (monitor: Socket): Promise<(execute: string, args?: object) => Promise<unknown>> => {
  const lines = createInterface({ input: monitor })[Symbol.asyncIterator]()
  // the greeting
  await lines.next()
  const ask = async (execute: string, args: object = {}): Promise<unknown> => {
    monitor.write(`${JSON.stringify({ execute, arguments: args })}\n`)
    for (;;) {
      const { value, done } = await lines.next()
      if (done === true) throw new Error(`the emulator ended before it answered ${execute}`)
      const read = answer.safeParse(JSON.parse(value))
      // else an event, which nobody waits for
      if (!read.success) continue
      if ('error' in read.data) throw new Error(`the emulator refuses ${execute}: ${read.data.error.desc}`)
      return read.data.return
    }
  }
  await ask('qmp_capabilities')
  return ask
}

/** @returns the chip's name for qtest */
export const intercept = async (monitor: Socket, qtest: Socket): Promise<string> => {
  const ask = await questions(monitor)
  const chip = parts.parse(await ask('qom-list', { path: PARTS })).find(({ type }) => type === 'child<pl061>')
  if (chip === undefined) throw new Error('the emulated board has no PL061: qemu-system-aarch64 7.2 and its board "virt" have one')
  const name = `${PARTS}/${chip.name}`
  qtest.write(`irq_intercept_out ${name}\n`)
  await ask('cont')
  return name
}
