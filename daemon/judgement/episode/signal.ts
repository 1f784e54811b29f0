/** Which of the episodes that stand the driver hears and sees. */
import type { Signal } from '../../signal.js'
import type { Level } from '../decision.js'
import type { Episode } from './episode.js'
import type { Kind } from './kinds.js'

const byLevel: Readonly<Record<Kind, readonly [Signal, Signal, Signal, Signal]>> = {
  drowsy: ['notice', 'warn', 'alarm', 'emergency'],
  distracted: ['distracted', 'distracted-long', 'distracted-long', 'distracted-long'],
  blind: ['cannot-see', 'cannot-see', 'cannot-see', 'cannot-see'],
  degraded: ['degraded', 'degraded', 'degraded', 'degraded'],
}

// Of equal levels: at 1 "cannot see you" outweighs a notice, since it may be all that is left; at 2 closed eyes outweigh a glance.
const ORDER: readonly Kind[] = ['blind', 'drowsy', 'distracted', 'degraded']

/** @returns the highest level that stands, and what is to be heard: the highest that may sound, `quiet` where none may */
export function leading(episodes: Readonly<Record<Kind, Episode>>, atMs: number): { level: Level; signal: Signal } {
  let level: Level = 0
  let audible: Level = 0
  let signal: Signal = 'clear'
  for (const kind of ORDER) {
    const episode = episodes[kind]
    if (episode.level === 0) continue
    if (episode.level > level) level = episode.level
    if (episode.level <= audible || !episode.isAudible(atMs)) continue
    audible = episode.level
    signal = byLevel[kind][audible - 1] ?? 'emergency'
  }
  return { level, signal: level > 0 && audible === 0 ? 'quiet' : signal }
}
