/** A line that we listen to, by libgpiod's gpiomon. */
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { createInterface } from 'node:readline'
import type { InputLine, InputOptions, Part, Wire } from '../types.js'
import { findPlace } from './places.js'
import { describe, refused } from './refusals.js'
import { commandsHere, runTool } from './tools.js'

// util-linux; its process becomes gpiomon, which the kernel then kills when we die, so that the line is free for our next start.
const SETPRIV = '/usr/bin/setpriv'
const diesWithUs = (command: readonly string[]): string[] =>
  existsSync(SETPRIV) ? [SETPRIV, '--pdeathsig', 'KILL', ...command] : [...command]

/**
 * Takes a line as an input and listens to it. A change within the few ms between the first reading and the listening shows at the next one.
 * @throws GpioError when it cannot be had
 */
export const takeInput = (part: Part, wire: Wire, { edge, debounceMs, onChange, onFault }: InputOptions): InputLine => {
  const commands = commandsHere(part.key)
  const place = findPlace(commands, part, wire)
  const first = runTool(commands.get(place, wire.activeLow))
  if (!first.ok) throw refused(describe(part, wire), first.complaint)
  let isOn = first.said.trim() === '1'
  let told = isOn
  let quiet: NodeJS.Timeout | null = null
  let closed = false

  const tell = (): void => {
    quiet = null
    const isNews = isOn !== told
    told = isOn
    if (isNews && (isOn || edge === 'both')) onChange(isOn)
  }
  const hear = (word: string): void => {
    if (closed) return
    isOn = word.trim() === '1'
    if (debounceMs === 0) {
      onChange(isOn)
      return
    }
    if (quiet !== null) clearTimeout(quiet)
    quiet = setTimeout(tell, debounceMs)
  }

  // A bounce has falls too: to know when it is over, both edges must be heard.
  const [program = '', ...args] = diesWithUs(commands.listen(place, { activeLow: wire.activeLow, edge: debounceMs === 0 ? edge : 'both' }))
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, LC_ALL: 'C' } })
  let complaint = ''
  createInterface({ input: child.stdout }).on('line', hear)
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    complaint = (complaint + text).slice(0, 500)
  })
  const ended = (why: string) => {
    if (!closed) onFault(refused(describe(part, wire), why.trim()))
    closed = true
  }
  child.once('error', (fault) => ended(fault.message))
  child.once('close', () => ended(complaint))

  return {
    isOn: () => isOn,
    close() {
      closed = true
      if (quiet !== null) clearTimeout(quiet)
      child.kill('SIGKILL')
    },
  }
}
