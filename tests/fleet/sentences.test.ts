import { expect, it } from 'vitest'
import { buildEvent } from '../../daemon/fleet/payloads/event.js'
import { eventSentence } from '../../daemon/fleet/sentences.js'
import { type Decision, rules } from '../../daemon/judgement/decision.js'
import { decision, eventFacts } from './examples.js'

const said = (changes: Partial<Decision>) => eventSentence(buildEvent(decision(changes), eventFacts()))

const examples: readonly (readonly [Partial<Decision>, string])[] = [
  [
    { rule: 'slow-closures', level: 1, evidence: { closures: 3 } },
    'slow-closures (level 1, notice): 3 slow closures of the eyes within a minute',
  ],
  [{ rule: 'microsleep', level: 2, evidence: { closedMs: 1040 } }, 'microsleep (level 2, warn): eyes closed for 1.0 s'],
  [{ rule: 'sleep', level: 3, evidence: { closedMs: 3020 } }, 'sleep (level 3, alarm): eyes closed for 3.0 s'],
  [
    { rule: 'unresponsive', level: 4, evidence: { cause: 'closed', closedMs: 6000 } },
    'unresponsive (level 4, emergency): eyes closed for 6.0 s',
  ],
  [
    { rule: 'unresponsive', level: 4, evidence: { cause: 'slumped', slumpedMs: 6000 } },
    'unresponsive (level 4, emergency): no reaction and out of sight, 6.0 s after it began',
  ],
  [
    { rule: 'unresponsive', level: 4, evidence: { cause: 'no-answer', unansweredMs: 3000 } },
    'unresponsive (level 4, emergency): no answer 3.0 s after the alarm',
  ],
  [
    { rule: 'slump', level: 2, evidence: { after: 'nod', slumpedMs: 4000 } },
    'slump (level 2, warn): sight of the driver lost after the head fell, for 4.0 s',
  ],
  [
    { rule: 'slump', level: 3, evidence: { after: 'closure', slumpedMs: 3000 } },
    'slump (level 3, alarm): sight of the driver lost while the eyes were closed, for 3.0 s',
  ],
  [{ rule: 'long-blinks', level: 1, evidence: { longShare: 0.31 } }, 'long-blinks (level 1, notice): 31.0 % of the blinks were long'],
  [{ rule: 'distraction', level: 1, evidence: { awayMs: 3540 } }, 'distraction (level 1, notice): eyes off the road for 3.5 s'],
  [
    { rule: 'eyes-not-seen', level: 1, evidence: { unseenMs: 8000, reason: 'too-dark' } },
    'eyes-not-seen (level 1, notice): eyes not seen for 8.0 s: too-dark',
  ],
  [{ rule: 'camera-unavailable', level: 1, evidence: { absentMs: 5000 } }, 'camera-unavailable (level 1, notice): no camera for 5.0 s'],
  [
    { rule: 'camera-unavailable', level: 1, evidence: { absentMs: 5000, cause: 'camera-missing' } },
    'camera-unavailable (level 1, notice): no camera for 5.0 s (camera-missing)',
  ],
  [{ rule: 'degraded', level: 1, evidence: { reason: 'few-frames' } }, 'degraded (level 1, notice): sees less than it should: few-frames'],
  [{ rule: 'sleep', level: 3, quiet: true, evidence: { closedMs: 3000 } }, 'sleep (level 3, alarm, quiet): eyes closed for 3.0 s'],
  [{ rule: 'sleep', level: 3, phase: 'ended', evidence: { durationMs: 64_000 } }, 'sleep (level 3, alarm): over after 1 min 4 s'],
]

it.each(examples)('an event reads as a sentence: %j', (changes, sentence) => expect(said(changes)).toBe(sentence))

it.each(rules)('%s has words even without its numbers', (rule) => expect(said({ rule, evidence: {} })).not.toMatch(/undefined|NaN|null/))
