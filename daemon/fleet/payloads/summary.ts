/** Summaries of a trip and of a day: what a vehicle tells on `trip` and `day`. Pure. */
import { z } from 'zod'
import { rules } from '../../judgement/decision.js'
import { rfc3339, SCHEMA, share, simulated, timestamp } from './common.js'

const count = z.number().int().nonnegative()
const seconds = z.number().nonnegative()

/** What an incident counts as. */
const kind = { rule: z.enum(rules), level: z.number().int().min(1).max(4) }

// Own: a desk that judges a fortnight at once; what is more is told with the next day.
export const MOST_LATE = 100

export const lateVerdict = z.strictObject({
  incident: z.string().describe('the `incident` of its events'),
  date: z.iso.date().describe('the day whose summary counts the incident'),
  ...kind,
  verdict: z.boolean().describe('true: rightly warned; false: a false alarm'),
  before: z.exactOptional(z.boolean()).describe('what a summary had counted it as; left out when that was neither'),
})

export type LateVerdict = z.infer<typeof lateVerdict>

const figures = {
  id: z.uuidv7().describe('UUIDv7; a summary that arrives twice has the same id twice'),
  schema: z.literal(SCHEMA),
  vehicle: z.string().min(1),
  startedAt: timestamp,
  endedAt: timestamp,
  clockSynced: z.boolean().describe('whether the wall clock was known to be right at the beginning and at the end'),
  drivingSeconds: seconds.describe('time in which the vehicle moved at 5 km/h or more, or was not known to stand'),
  speedKnownShare: z.exactOptional(share).describe('share of that time in which the speed was known; left out without any'),
  supervisedShare: z.exactOptional(share).describe("share of that time in which one of the driver's eyes or both were seen"),
  closures: z
    .strictObject({ from500Ms: count, from1000Ms: count, from3000Ms: count, longestMs: z.number().nonnegative() })
    .describe('closures of 0.5–1 s, 1–3 s, 3 s and more, while driving, and the longest'),
  perclos: z
    .exactOptional(
      z.strictObject({
        mean: share,
        highest: share,
        stepMinutes: z.number().int().positive(),
        curve: z.array(share.nullable()).max(96).describe('means over steps of the time driven; null where it was withheld'),
      }),
    )
    .describe('PERCLOS over 60 s; left out when it was never known'),
  blinksPerMinute: z.exactOptional(z.number().nonnegative()).describe('mean; left out when it was never known'),
  incidents: z
    .array(
      z.strictObject({
        ...kind,
        count: count.min(1),
        right: z.exactOptional(count).describe('of these, called rightly told until now'),
        wrong: z.exactOptional(count).describe('of these, called a false alarm until now'),
      }),
    )
    .describe('each by the rule and the level of its highest event'),
  verdicts: z.strictObject({ right: count, wrong: count, none: count }).describe('what people have said of these incidents until now'),
  precision: z.exactOptional(share).describe('right / (right + wrong); left out while nobody has said anything'),
  falseAlarmsPerHour: z
    .exactOptional(z.number().nonnegative())
    .describe('wrong, an hour driven; too low while verdicts are missing; left out while nobody has said anything'),
  simulated,
}

export const trip = z
  .strictObject({
    ...figures,
    cut: z.exactOptional(z.literal(true)).describe('present when a stop or a loss of power ended it, not the ignition'),
  })
  .describe('Summary of a trip: from the ignition on to off, or while the daemon runs.')

export const day = z
  .strictObject({
    ...figures,
    date: z.iso.date().describe("in the vehicle's own time zone"),
    trips: count.describe('trips begun'),
    lateVerdicts: z
      .exactOptional(z.array(lateVerdict).max(MOST_LATE))
      .describe('given since the last summary of a day, on incidents of days that had been told by then; not in `verdicts`'),
  })
  .describe('Summary of a day; told at midnight, or when the vehicle is next awake.')

export type Trip = z.infer<typeof trip>
export type Day = z.infer<typeof day>

/** One that is over, as it is told. */
export type Summary = { kind: 'trip'; payload: Trip } | { kind: 'day'; payload: Day }

/** What a period is told by; sums over the time driven. */
export type PeriodFacts = {
  id: string
  vehicle: string
  startedWallMs: number
  endedWallMs: number
  clockSynced: boolean
  drivingMs: number
  speedKnownMs: number
  supervisedMs: number
  closures: Trip['closures']
  perclos: { sum: number; knownMs: number; highest: number; stepMinutes: number; curve: readonly (number | null)[] }
  blinks: { sum: number; knownMs: number }
  incidents: Trip['incidents']
  verdicts: Trip['verdicts']
  simulated: boolean
}

const rounded = (value: number, digits: number): number => Math.round(value * 10 ** digits) / 10 ** digits
const shareOf = (part: number, whole: number): number => rounded(Math.min(1, part / whole), 3)

const shares = ({ drivingMs, speedKnownMs, supervisedMs }: PeriodFacts) =>
  drivingMs > 0 ? { speedKnownShare: shareOf(speedKnownMs, drivingMs), supervisedShare: shareOf(supervisedMs, drivingMs) } : {}

const perclosOf = ({ sum, knownMs, highest, stepMinutes, curve }: PeriodFacts['perclos']) =>
  knownMs > 0
    ? {
        perclos: {
          mean: rounded(sum / knownMs, 4),
          highest: rounded(highest, 4),
          stepMinutes,
          curve: curve.map((mean) => (mean === null ? null : rounded(mean, 4))),
        },
      }
    : {}

const judged = ({ verdicts: { right, wrong }, drivingMs }: PeriodFacts) =>
  right + wrong > 0
    ? {
        precision: shareOf(right, right + wrong),
        ...(drivingMs > 0 ? { falseAlarmsPerHour: rounded((3_600_000 * wrong) / drivingMs, 3) } : {}),
      }
    : {}

const buildFigures = (facts: PeriodFacts): Trip => ({
  id: facts.id,
  schema: SCHEMA,
  vehicle: facts.vehicle,
  startedAt: rfc3339(facts.startedWallMs),
  endedAt: rfc3339(facts.endedWallMs),
  clockSynced: facts.clockSynced,
  drivingSeconds: Math.round(facts.drivingMs / 1000),
  ...shares(facts),
  closures: { ...facts.closures, longestMs: Math.round(facts.closures.longestMs) },
  ...perclosOf(facts.perclos),
  ...(facts.blinks.knownMs > 0 ? { blinksPerMinute: rounded(facts.blinks.sum / facts.blinks.knownMs, 1) } : {}),
  incidents: facts.incidents,
  verdicts: facts.verdicts,
  ...judged(facts),
  ...(facts.simulated ? { simulated: true as const } : {}),
})

/** @param isCut ended by a stop or a loss of power */
export const buildTrip = (facts: PeriodFacts, isCut: boolean): Trip => ({
  ...buildFigures(facts),
  ...(isCut ? { cut: true as const } : {}),
})

/** @param date "2026-11-24". @param late verdicts on incidents of days before it, at most `MOST_LATE` */
export const buildDay = (facts: PeriodFacts, date: string, trips: number, late: readonly LateVerdict[] = []): Day => ({
  ...buildFigures(facts),
  date,
  trips,
  ...(late.length > 0 ? { lateVerdicts: [...late] } : {}),
})
