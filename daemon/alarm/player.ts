/** Plays the pattern of a signal on an output. */
import type { Signal } from '../signal.js'
import { type Pattern, patterns, SELF_TEST } from './patterns.js'

import { type AlarmOutput, OFF } from './types.js'

/** What a test plays on. */
export type TestPart = 'buzzer' | 'led' | 'both'

export interface Alarm {
  /**
   * The signal from now on. Its first step is on the lines when this returns; the signal that is playing goes on undisturbed.
   * Never throws: an output that refuses is told to `onFault`, and tried again at the next step.
   */
  show(signal: Signal): void
  /**
   * Plays the test pattern once, on both lines or on one, if nothing is shown; whatever is shown from then on takes its place at once.
   * @returns false: something is shown, and nothing was done
   */
  test(part?: TestPart): boolean
  /** What the output said when it last refused; null since it took a step again. */
  fault(): string | null
  /** Lines off and given back, for good; called on every way out. */
  close(): void
}

export type AlarmOptions = {
  /** Told once for each change of what is wrong; unless given, it is a warning on stderr. */
  onFault?: (fault: Error) => void
  /** Told when the output takes a step again. */
  onGood?: () => void
  /** For tests. */
  timers?: Timers
}

/** Starts a timer and returns how to stop it. */
export type Timers = (run: () => void, ms: number) => () => void

const realTimers: Timers = (run, ms) => {
  const timer = setTimeout(run, ms)
  return () => clearTimeout(timer)
}

// Own: where "off" is refused nothing else comes that would try it again; a step of a pattern is about as long.
const OFF_AGAIN_MS = 1000

/** One player owns its output. */
export const createAlarm = (
  output: AlarmOutput,
  { onFault = (fault) => process.emitWarning(fault), onGood = () => undefined, timers = realTimers }: AlarmOptions = {},
): Alarm => {
  let showing: Signal | null = null
  let cancel = () => {}
  let closed = false
  let lastFault: string | null = null

  const set = (lines: typeof OFF): void => {
    try {
      output.set({ buzzer: lines.buzzer, led: lines.led })
      if (lastFault !== null) onGood()
      lastFault = null
    } catch (thrown) {
      const fault = thrown instanceof Error ? thrown : new Error(String(thrown))
      if (fault.message !== lastFault) onFault(fault)
      lastFault = fault.message
    }
  }

  const play = ({ once, loop }: Pattern, index: number): void => {
    const step = index < once.length ? once[index] : loop[(index - once.length) % loop.length]
    if (step === undefined) return
    set(step)
    // even a step that stays is set again: a line that someone else switched off comes back
    cancel = timers(() => play({ once, loop }, index + 1), step.ms)
  }

  const rest = (): void => {
    set(OFF)
    if (lastFault !== null) cancel = timers(rest, OFF_AGAIN_MS)
  }

  const playTest = (index: number, part: TestPart): void => {
    const step = SELF_TEST[index]
    if (step === undefined) {
      rest()
      return
    }
    set({ buzzer: step.buzzer && part !== 'led', led: step.led && part !== 'buzzer' })
    cancel = timers(() => playTest(index + 1, part), step.ms)
  }

  // process.exit() and the end of the event loop pass by here, whoever calls them
  const atExit = () => output.close()
  process.once('exit', atExit)

  return {
    show(signal) {
      if (closed || signal === showing) return
      showing = signal
      cancel()
      if (signal === 'clear') rest()
      else play(patterns[signal], 0)
    },
    test(part = 'both') {
      if (closed || (showing !== null && showing !== 'clear')) return false
      showing = 'clear'
      cancel()
      playTest(0, part)
      return true
    },
    fault: () => lastFault,
    close() {
      if (closed) return
      closed = true
      cancel()
      process.off('exit', atExit)
      output.close()
    },
  }
}
