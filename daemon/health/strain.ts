/** Whether the machine is under strain, with hysteresis. Pure: what the machine says goes in, which conditions stand comes out. */
import type { Condition } from '../condition.js'
import type { Power } from './machine.js'

export type Readings = Power & { celsius: number | null; memoryMb: number }

export type Strain = Extract<Condition, 'hot' | 'throttled' | 'undervoltage' | 'memory-high'>

// Source: Raspberry Pi documentation, frequency management: the clock goes down from 80 °C on. Jetson Orin: from about 95 °C.
const HOT_CELSIUS = 78
// Own: far enough below that shedding, which cools by a few degrees, does not end itself.
const COOL_CELSIUS = 70
// Own: the two processes take 200 MB (docs/performance.md); the unit ends them at 600.
const MUCH_MEMORY_MB = 400
const LESS_MEMORY_MB = 330
// Own: a supply that is weak under load comes and goes within seconds.
const CALM_MS = 60_000

type Rule = { condition: Strain; begins(readings: Readings): boolean; isOver(readings: Readings): boolean }

/** What is not known neither begins nor holds a condition. */
const rules: readonly Rule[] = [
  {
    condition: 'hot',
    begins: ({ celsius }) => celsius !== null && celsius >= HOT_CELSIUS,
    isOver: ({ celsius }) => celsius === null || celsius <= COOL_CELSIUS,
  },
  { condition: 'throttled', begins: ({ throttled }) => throttled === true, isOver: ({ throttled }) => throttled !== true },
  { condition: 'undervoltage', begins: ({ undervoltage }) => undervoltage === true, isOver: ({ undervoltage }) => undervoltage !== true },
  {
    condition: 'memory-high',
    begins: ({ memoryMb }) => memoryMb >= MUCH_MEMORY_MB,
    isOver: ({ memoryMb }) => memoryMb <= LESS_MEMORY_MB,
  },
]

/** @returns which conditions stand; one that came stays until it has been over for a minute on end */
export const createStrain = (): ((readings: Readings, nowMs: number) => ReadonlySet<Strain>) => {
  const standing = new Set<Strain>()
  const overSinceMs = new Map<Strain, number>()
  return (readings, nowMs) => {
    for (const { condition, begins, isOver } of rules) {
      if (begins(readings)) standing.add(condition)
      if (!standing.has(condition) || !isOver(readings)) {
        overSinceMs.delete(condition)
        continue
      }
      const sinceMs = overSinceMs.get(condition) ?? nowMs
      overSinceMs.set(condition, sinceMs)
      if (nowMs - sinceMs >= CALM_MS) standing.delete(condition)
    }
    return new Set(standing)
  }
}

/** Of these, the ones that fewer frames help against. */
export const isSlowing = (standing: ReadonlySet<Strain>): boolean =>
  standing.has('hot') || standing.has('throttled') || standing.has('undervoltage')

/** While any of these stands, what the driver does not need waits: aim page, evidence, summaries. */
export const isShedding = (standing: ReadonlySet<Strain>): boolean => standing.size > 0

/** For the log: what came, and what went. */
export const strainSentence: Readonly<Record<Strain, readonly [came: string, went: string]>> = {
  hot: [
    'The processor is hot: frames are fewer, and aim page, evidence and summaries wait, until it is cool.',
    'The processor is cool again.',
  ],
  throttled: [
    'The processor slows itself down: frames are fewer, and aim page, evidence and summaries wait, until it does not.',
    'The processor runs at its full speed again.',
  ],
  undervoltage: [
    'The supply voltage is too low: check cable and converter. Frames are fewer, and aim page, evidence and summaries wait, until it is right.',
    'The supply voltage is right again.',
  ],
  'memory-high': [
    'Both processes take more memory than they should: aim page, evidence and summaries wait. The service is ended at 600 MB.',
    'Memory is as it should be again.',
  ],
}
